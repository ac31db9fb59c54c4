import KataKit

extension CorrectAnswers {
  static let learningRateFinder = CorrectAnswers(
    kata: "learning-rate-finder",
    variants: [
      LogFinder.self, ProductFinder.self, ExponentialFinder.self, LoopFinder.self,
      DifferenceFinder.self, RecursiveFinder.self,
    ])
}

/// Straight lines between the logarithms of base 10.
private struct LogFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    let (start, end) = (log10(lowest), log10(highest))
    return (0..<count).map { i in
      let x = Double(i) / Double(count - 1)
      return pow(10, start * (1 - x) + end * x)
    }
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    var losses: [Double] = []
    for rate in rates {
      losses.append(trainingStep(rate))
      let smallest = losses.dropLast().min() ?? losses[0]
      if losses[losses.count - 1].isFinite, losses[losses.count - 1] <= 4 * smallest { continue }
      losses.removeLast()
      return losses
    }
    return losses
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    let logs = rates.map { log10($0) }
    var (best, slope) = (0, Double.infinity)
    for i in 1..<losses.count {
      let next = (losses[i] - losses[i - 1]) / (logs[i] - logs[i - 1])
      if next < slope { (best, slope) = (i - 1, next) }
    }
    return rates[best]
  }
}

/// A factor from rate to rate.
private final class ProductFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    let factor = pow(highest / lowest, 1 / Double(count - 1))
    var rates = [lowest]
    while rates.count < count { rates.append(rates[rates.count - 1] * factor) }
    return rates
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    var losses: [Double] = []
    var limit = Double.greatestFiniteMagnitude
    for rate in rates {
      let loss = trainingStep(rate)
      if !(loss <= limit) { break }
      limit = min(limit, 4 * loss)
      losses.append(loss)
    }
    return losses
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    zip(rates, zip(losses, losses.dropFirst()))
      .map { rate, pair in (rate, pair.0 - pair.1) }
      .max { $0.1 < $1.1 }?.0 ?? rates[0]
  }
}

private struct ExponentialFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    (0..<count).map { i in
      exp(log(lowest) + Double(i) * (log(highest) - log(lowest)) / Double(count - 1))
    }
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    var index = 0
    var losses: [Double] = []
    while index < rates.count {
      let loss = trainingStep(rates[index])
      if loss.isNaN || loss.isInfinite { return losses }
      if let smallest = losses.min(), loss / smallest > 4 { return losses }
      losses.append(loss)
      index += 1
    }
    return losses
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    let slopes = losses.indices.dropLast().map { i in
      (losses[i] - losses[i + 1]) / log(rates[i + 1] / rates[i])
    }
    return rates[slopes.firstIndex(of: slopes.max() ?? 0) ?? 0]
  }
}

private struct LoopFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    var rates = Array(repeating: highest, count: count)
    for i in 0..<count - 1 {
      let x = Double(i) / (Double(count) - 1)
      rates[i] = pow(lowest, 1 - x) * pow(highest, x)
    }
    return rates
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    var losses: [Double] = []
    var (smallest, isDone) = (0.0, false)
    for rate in rates where !isDone {
      let loss = trainingStep(rate)
      isDone = !loss.isFinite || (!losses.isEmpty && loss > smallest * 4)
      if isDone { continue }
      smallest = losses.isEmpty ? loss : min(smallest, loss)
      losses += [loss]
    }
    return losses
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    var best = 0
    for i in 0..<losses.count - 1
    where losses[i + 1] - losses[i] < losses[best + 1] - losses[best] { best = i }
    return rates[best]
  }
}

/// Slopes by differences alone: the logarithms are the same distance apart.
private struct DifferenceFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    let factor = exp(log(highest / lowest) / Double(count - 1))
    return (0..<count).map { lowest * pow(factor, Double($0)) }
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    var losses: [Double] = []
    _ = rates.first { rate in
      let loss = trainingStep(rate)
      let isStable = loss.isFinite && losses.allSatisfy { loss <= 4 * $0 }
      if isStable { losses.append(loss) }
      return !isStable
    }
    return losses
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    let differences = zip(losses.dropFirst(), losses).map { $0 - $1 }
    let row = Matrix(rows: 1, columns: differences.count, elements: differences)
    return rates[(-row).argmax(axis: 1)[0]]
  }
}

private struct RecursiveFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    if count == 2 { return [lowest, highest] }
    let second = lowest * pow(highest / lowest, 1 / Double(count - 1))
    return [lowest] + rates(from: second, to: highest, count: count - 1)
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    sweep(rates[...], smallest: .infinity, trainingStep)
  }

  private func sweep(
    _ rates: ArraySlice<Double>, smallest: Double, _ trainingStep: (Double) -> Double
  ) -> [Double] {
    guard let rate = rates.first else { return [] }
    let loss = trainingStep(rate)
    guard loss < .infinity, loss <= smallest * 4 else { return [] }
    return [loss] + sweep(rates.dropFirst(), smallest: min(loss, smallest), trainingStep)
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    if losses.count == 2 { return rates[0] }
    let rest = suggestion(rates: Array(rates.dropFirst()), losses: Array(losses.dropFirst()))
    let k = rates.firstIndex(of: rest) ?? 0
    return losses[1] - losses[0] <= losses[k + 1] - losses[k] ? rates[0] : rest
  }
}

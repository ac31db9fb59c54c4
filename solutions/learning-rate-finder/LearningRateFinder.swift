import KataKit

struct LearningRateFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    // solution:begin
    // There are count − 1 gaps between count rates.
    // bug highest-missing: (0..<count).map { lowest * pow(highest / lowest, Double($0) / Double(count)) }
    // bug rates-linear: (0..<count).map { lowest + (highest - lowest) * Double($0) / Double(count - 1) }
    (0..<count).map { lowest * pow(highest / lowest, Double($0) / Double(count - 1)) }
    // solution:end
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    // solution:begin
    var losses: [Double] = []
    var best = Double.infinity
    for rate in rates {
      let loss = trainingStep(rate)
      // Every comparison with NaN is false, so check for it by name.
      // bug stops-at-first-rise: guard loss.isFinite, loss <= best else { break }
      // bug nan-missed: if loss > 4 * best { break }
      // bug diverged-loss-skipped: guard loss.isFinite, loss <= 4 * best else { continue }
      // bug four-times-ends: guard loss.isFinite, loss < 4 * best else { break }
      // bug diverged-loss-kept: losses.append(loss)
      // bug diverged-loss-kept: guard loss.isFinite, loss <= 4 * best else { break }
      guard loss.isFinite, loss <= 4 * best else { break }
      losses.append(loss)
      // bug compared-to-previous: best = loss
      best = min(best, loss)
    }
    return losses
    // solution:end
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    // solution:begin
    let slopes = zip(losses, losses.dropFirst()).enumerated().map { i, pair in
      // bug slope-by-rate: (pair.1 - pair.0) / (rates[i + 1] - rates[i])
      // bug relative-fall: log(pair.1 / pair.0) / log(rates[i + 1] / rates[i])
      (pair.1 - pair.0) / log(rates[i + 1] / rates[i])
    }
    // bug largest-move: let steepest = slopes.indices.max { abs(slopes[$0]) < abs(slopes[$1]) } ?? 0
    // bug steepest-rise: let steepest = slopes.indices.max { slopes[$0] < slopes[$1] } ?? 0
    let steepest = slopes.indices.min { slopes[$0] < slopes[$1] } ?? 0
    // bug end-of-fall: return rates[min(steepest + 1, rates.count - 1)]
    return rates[steepest]
    // solution:end
  }
}

import KataKit

struct LearningRateFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    // solution:begin
    // There are count − 1 gaps between count rates.
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
      guard loss.isFinite, loss <= 4 * best else { break }
      losses.append(loss)
      best = min(best, loss)
    }
    return losses
    // solution:end
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    // solution:begin
    let slopes = zip(losses, losses.dropFirst()).enumerated().map { i, pair in
      (pair.1 - pair.0) / log(rates[i + 1] / rates[i])
    }
    let steepest = slopes.indices.min { slopes[$0] < slopes[$1] } ?? 0
    return rates[steepest]
    // solution:end
  }
}

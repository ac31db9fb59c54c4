import KataKit

struct LearningRateFinder: LearningRateFinderKata {
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double] {
    todo()
  }

  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double] {
    todo()
  }

  func suggestion(rates: [Double], losses: [Double]) -> Double {
    todo()
  }
}

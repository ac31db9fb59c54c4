/// The learning rate range test (Smith 2017): train while the rate rises, and look where the loss falls.
public protocol LearningRateFinderKata {
  init()

  /// `count` learning rates from `lowest` to `highest`, both included, each the same factor above the
  /// one before it.
  ///
  /// 0 < lowest < highest, and `count` is at least 2.
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double]

  /// The losses of a training whose learning rate changes at every step.
  ///
  /// `trainingStep` takes one step at the rate that it is given and returns a loss. It is called once
  /// for each of `rates`, in their order. The sweep ends at the first loss that is not finite, or more
  /// than 4 times the smallest before it: that loss is left out, and no further step is taken.
  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double]

  /// The rate from which on the loss falls fastest, against the logarithm of the rate.
  ///
  /// That is rateᵢ for the i at which (lossᵢ₊₁ − lossᵢ) / (ln rateᵢ₊₁ − ln rateᵢ) is smallest.
  ///
  /// - Parameters:
  ///   - rates: as `rates(from:to:count:)` makes them; there may be more of them than losses.
  ///   - losses: at least 2, the first one that of the first rate.
  func suggestion(rates: [Double], losses: [Double]) -> Double
}

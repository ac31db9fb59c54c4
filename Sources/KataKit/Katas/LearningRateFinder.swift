/// The learning rate finder of fast.ai, after Smith 2017: train while the rate rises, and see where the
/// loss falls.
public protocol LearningRateFinderKata {
  init()

  /// `count` learning rates from `lowest` to `highest`, both included, each the same factor above the
  /// one before it.
  ///
  /// 0 < lowest < highest, and `count` is at least 2.
  func rates(from lowest: Double, to highest: Double, count: Int) -> [Double]

  /// The losses of a training run whose learning rate changes at every step.
  ///
  /// `trainingStep` takes one step at the rate that it is given and returns a loss. It is called once
  /// for each of `rates`, in their order. The sweep ends at the first loss that is not finite, or more
  /// than 4 times the smallest before it: that loss is left out, and no further step is taken.
  func losses(over rates: [Double], trainingStep: (Double) -> Double) -> [Double]

  /// The rate at which the steepest fall of the loss, over the logarithm of the rate, begins.
  ///
  /// That is rateᵢ for the i at which (lossᵢ₊₁ − lossᵢ) / (ln rateᵢ₊₁ − ln rateᵢ) is smallest.
  ///
  /// - Parameters:
  ///   - rates: as `rates(from:to:count:)` makes them; there may be more of them than losses.
  ///   - losses: at least 2, the first of which belongs to the first rate.
  func suggestion(rates: [Double], losses: [Double]) -> Double
}

/// The mean squared error over all entries, and its gradient.
public protocol MeanSquaredErrorKata {
  init()

  /// (1/(n·m))·Σᵢⱼ (yᵢⱼ − tᵢⱼ)²: the mean over all n × m entries.
  ///
  /// `predictions` and `targets` are n × m.
  func loss(predictions: Matrix, targets: Matrix) -> Double

  /// The gradient of that loss with respect to the predictions; n × m.
  func gradient(predictions: Matrix, targets: Matrix) -> Matrix
}

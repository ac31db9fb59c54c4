/// Leaky ReLU, its slope, and the step of backpropagation through it; all elementwise (Maas, Hannun & Ng
/// 2013, "Rectifier Nonlinearities Improve Neural Network Acoustic Models").
public protocol LeakyReLUKata {
  /// - Parameter negativeSlope: α, the slope below 0; 0 < α < 1.
  init(negativeSlope: Double)

  /// z where z > 0 and αz elsewhere, for every entry of `z`; the same shape as `z`.
  func value(at z: Matrix) -> Matrix

  /// The slope at every entry of the pre-activation `z`: 1 above 0, α below, and at exactly 0 any value
  /// in [α, 1]; the same shape as `z`.
  func slope(at z: Matrix) -> Matrix

  /// ∂L/∂Z from `upstream`, which is ∂L/∂A for A = LeakyReLU(Z): the chain rule, entry by entry.
  ///
  /// `upstream` and `z` have the same shape, and so has the result.
  func backward(upstream: Matrix, z: Matrix) -> Matrix
}

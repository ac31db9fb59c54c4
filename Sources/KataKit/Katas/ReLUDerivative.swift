/// ReLU, its slope, and the step of backpropagation through it; all elementwise.
public protocol ReLUDerivativeKata {
  init()

  /// max(0, z) for every entry of `z`; the same shape as `z`.
  func value(at z: Matrix) -> Matrix

  /// The slope of ReLU at every entry of the pre-activation `z`: 1 above 0, 0 below, and at exactly 0
  /// any value in [0, 1]; the same shape as `z`.
  func slope(at z: Matrix) -> Matrix

  /// ∂L/∂Z from `upstream`, which is ∂L/∂A for A = ReLU(Z): the chain rule, entry by entry.
  ///
  /// `upstream` and `z` have the same shape, and so has the result.
  func backward(upstream: Matrix, z: Matrix) -> Matrix
}

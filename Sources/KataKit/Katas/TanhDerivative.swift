/// The hyperbolic tangent, its slope, and the step of backpropagation from the cached activation; all
/// elementwise.
public protocol TanhDerivativeKata {
  init()

  /// tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) for every entry of `z`; the same shape as `z`.
  ///
  /// A number for entries as large as ±1000, where it is ±1.
  func value(at z: Matrix) -> Matrix

  /// The slope 1 − tanh²(z) at every entry of the pre-activation `z`; the same shape as `z`.
  ///
  /// A number for entries as large as ±1000, where it is 0.
  func slope(at z: Matrix) -> Matrix

  /// ∂L/∂Z from `upstream`, which is ∂L/∂A for A = tanh(Z), and from A alone: the forward pass kept
  /// `activation` A, and not Z.
  ///
  /// `upstream` and `activation` have the same shape, and so has the result.
  func backward(upstream: Matrix, activation: Matrix) -> Matrix
}

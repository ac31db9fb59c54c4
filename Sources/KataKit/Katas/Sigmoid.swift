/// The logistic sigmoid and its slope; both elementwise, for entries of any size.
public protocol SigmoidKata {
  init()

  /// σ(z) = 1 / (1 + e⁻ᶻ) for every entry of `z`; the same shape as `z`.
  ///
  /// A number for entries as large as ±1000, where it is 1 or 0 up to 1e-7.
  func value(at z: Matrix) -> Matrix

  /// The slope σ′(z) = σ(z)·(1 − σ(z)) at every entry of the pre-activation `z`; the same shape as `z`.
  ///
  /// A number for entries as large as ±1000, where it is 0 up to 1e-7.
  func slope(at z: Matrix) -> Matrix
}

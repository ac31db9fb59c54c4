/// The Gaussian error linear unit in its exact form, and its slope; both elementwise (Hendrycks & Gimpel
/// 2016, "Gaussian Error Linear Units").
///
/// Φ is the distribution function of the standard normal distribution and φ its density:
///
///     Φ(z) = ½·(1 + erf(z/√2))
///     φ(z) = e^(−z²/2) / √(2π)
public protocol GELUKata {
  init()

  /// z·Φ(z) for every entry of `z`; the same shape as `z`. Not the tanh approximation of it.
  func value(at z: Matrix) -> Matrix

  /// The slope Φ(z) + z·φ(z) at every entry of the pre-activation `z`; the same shape as `z`.
  func slope(at z: Matrix) -> Matrix
}

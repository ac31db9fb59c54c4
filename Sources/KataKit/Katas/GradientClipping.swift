/// Gradient clipping by the global norm (Pascanu, Mikolov & Bengio 2013, algorithm 1).
public protocol GradientClippingKata {
  init()

  /// The gradients, scaled down together so that their norm is at most `maximumNorm`.
  ///
  /// With ‖g‖ = √Σ gᵢ² over every entry of every matrix: the gradients unchanged if
  /// ‖g‖ ≤ maximumNorm, and multiplied by maximumNorm / ‖g‖ if it is larger.
  ///
  /// - Parameters:
  ///   - gradients: one matrix or more, of any shapes; they may be all zeros.
  ///   - maximumNorm: above 0.
  func clipped(_ gradients: [Matrix], toNorm maximumNorm: Double) -> [Matrix]
}

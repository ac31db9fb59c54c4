/// Gradient descent on the bowl L(w) = (w₁ − 2)² + 2(w₂ + 1)², whose lowest point is (2, −1).
///
/// A point w is a row, 1 × 2.
public protocol GradientDescentKata {
  init()

  /// L(w).
  func loss(at w: Matrix) -> Double

  /// ∂L/∂w at `w`; 1 × 2.
  func gradient(at w: Matrix) -> Matrix

  /// Every point on the way, the start first: wₜ₊₁ = wₜ − learningRate · ∂L/∂w at wₜ.
  ///
  /// - Parameter steps: 0 or more.
  /// - Returns: `steps` + 1 points.
  func path(from start: Matrix, learningRate: Double, steps: Int) -> [Matrix]
}

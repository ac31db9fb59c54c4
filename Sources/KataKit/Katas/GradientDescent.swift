/// Gradient descent on any function, and the gradient of a bowl to walk down:
/// L(w) = (w₁ − 2)² + 2(w₂ + 1)², whose lowest point is (2, −1).
public protocol GradientDescentKata {
  init()

  /// L(w) of the bowl, for a point w that is a row, 1 × 2.
  func loss(at w: Matrix) -> Double

  /// ∂L/∂w of the bowl at `w`; 1 × 2.
  func gradient(at w: Matrix) -> Matrix

  /// Every point on the way down some function, the start first:
  /// wₜ₊₁ = wₜ − learningRate · gradient(wₜ).
  ///
  /// - Parameters:
  ///   - start: w₀, of any shape.
  ///   - gradient: that function's gradient at a point, with the shape of the point.
  ///   - steps: 0 or more.
  /// - Returns: `steps` + 1 points.
  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix]
}

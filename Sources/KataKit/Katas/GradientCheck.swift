/// A checker of gradients: is what somebody claims the gradient of a loss at a point?
public protocol GradientCheckKata {
  init()

  /// The gradient of `loss` at `point` by central differences, one entry of the point at a time.
  ///
  /// Gᵢⱼ = (loss(point + step·Eᵢⱼ) − loss(point − step·Eᵢⱼ)) / (2·step), where Eᵢⱼ is 1 at (i, j) and
  /// 0 elsewhere; G has the shape of `point`.
  ///
  /// - Parameter step: how far to go to either side, the same for every entry.
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix

  /// Whether `gradient` is the gradient of `loss` at `point`.
  ///
  /// With G the true gradient and ‖·‖ the root of the sum of squares, a claim is right where it is G
  /// but for rounding, ‖gradient − G‖ ≤ 1e-9·‖G‖, and wrong where ‖gradient − G‖ ≥ 0.05·‖G‖ and it is
  /// not G, or where one of its entries is not a number. Nothing in between is asked. ‖G‖ is 0 or
  /// between 1e-6 and 1e6. Where an entry of G is 0, that entry of the point makes no difference to
  /// `loss`.
  ///
  /// - Parameter gradient: the claim; of the shape of `point`.
  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool
}

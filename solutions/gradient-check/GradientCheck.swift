import KataKit

struct GradientCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    // solution:begin
    var gradient = Matrix(rows: point.rows, columns: point.columns)
    var moved = point
    for row in 0..<point.rows {
      for column in 0..<point.columns {
        let center = point[row, column]
        moved[row, column] = center + step
        let above = loss(moved)
        moved[row, column] = center - step
        let below = loss(moved)
        moved[row, column] = center
        gradient[row, column] = (above - below) / (2 * step)
      }
    }
    return gradient
    // solution:end
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    // solution:begin
    let numerical = numericalGradient(of: loss, at: point, step: 1e-5)
    let error = gradient - numerical
    // The relative error without its division: 0 ≤ 0 holds where both are 0, and NaN ≤ … does not.
    return (error * error).sum() <= 1e-8 * (numerical * numerical).sum()
    // solution:end
  }
}

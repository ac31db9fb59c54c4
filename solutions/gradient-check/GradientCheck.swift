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
        // bug half-one-sided: moved[row, column] = center
        moved[row, column] = center - step
        let below = loss(moved)
        // bug not-restored:
        moved[row, column] = center
        // bug half-times-step: gradient[row, column] = (above - below) / 2 * step
        // bug half-missing: gradient[row, column] = (above - below) / step
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
    // bug absolute-too-lax: return (error * error).sum() <= 1e-8
    // bug signed-errors-cancel: return abs(error.sum()) <= 1e-4 * sqrt((numerical * numerical).sum())
    // bug nan-passes: return !((error * error).sum() > 1e-8 * (numerical * numerical).sum())
    // bug zero-over-zero: return (error * error).sum() / (numerical * numerical).sum() <= 1e-8
    return (error * error).sum() <= 1e-8 * (numerical * numerical).sum()
    // solution:end
  }
}

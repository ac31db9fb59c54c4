import KataKit

struct GradientCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    todo()
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    todo()
  }
}

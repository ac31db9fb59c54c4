import KataKit

struct GradientDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    todo()
  }

  func gradient(at w: Matrix) -> Matrix {
    todo()
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    todo()
  }
}

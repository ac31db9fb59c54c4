import KataKit

struct MeanSquaredError: MeanSquaredErrorKata {
  func loss(predictions: Matrix, targets: Matrix) -> Double {
    todo()
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    todo()
  }
}

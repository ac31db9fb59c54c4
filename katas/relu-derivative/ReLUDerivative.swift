import KataKit

struct ReLUDerivative: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    todo()
  }

  func slope(at z: Matrix) -> Matrix {
    todo()
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    todo()
  }
}

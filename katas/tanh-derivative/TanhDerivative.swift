import KataKit

struct TanhDerivative: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    todo()
  }

  func slope(at z: Matrix) -> Matrix {
    todo()
  }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    todo()
  }
}

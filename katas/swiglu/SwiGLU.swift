import KataKit

struct SwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix {
    todo()
  }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    todo()
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    todo()
  }
}

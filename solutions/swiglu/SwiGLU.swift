import KataKit

struct SwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix {
    // solution:begin
    z / (1 + exp(-z))
    // solution:end
  }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    // solution:begin
    let gate = silu(x.matmul(w1))
    let value = x.matmul(w3)
    return (gate * value).matmul(w2)
    // solution:end
  }
}

import KataKit

struct SwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix {
    // solution:begin
    // bug silu-mirrored: z / (1 + exp(z))
    // bug silu-sigmoid: 1 / (1 + exp(-z))
    // bug silu-overflow-above: z * exp(z) / (1 + exp(z))
    z / (1 + exp(-z))
    // solution:end
  }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    // solution:begin
    // bug silu-of-inputs: let gate = silu(x).matmul(w1)
    // bug silu-of-product: let gate = x.matmul(w1)
    // bug silu-of-product: let value = x.matmul(w3)
    // bug silu-of-product: return silu(gate * value).matmul(w2)
    let gate = silu(x.matmul(w1))
    // bug both-activated: let value = silu(x.matmul(w3))
    // bug gate-for-value: let value = x.matmul(w1)
    let value = x.matmul(w3)
    // bug added-for-multiplied: return (gate + value).matmul(w2)
    // bug output-activated: return silu((gate * value).matmul(w2))
    return (gate * value).matmul(w2)
    // solution:end
  }
}

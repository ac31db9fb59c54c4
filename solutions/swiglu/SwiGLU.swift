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
    // bug silu-of-inputs-not-in-backward: let gate = silu(x).matmul(w1)
    // bug silu-of-product-not-in-backward: let gate = x.matmul(w1)
    // bug silu-of-product-not-in-backward: let value = x.matmul(w3)
    // bug silu-of-product-not-in-backward: return silu(gate * value).matmul(w2)
    let gate = silu(x.matmul(w1))
    // bug both-activated-not-in-backward: let value = silu(x.matmul(w3))
    let value = x.matmul(w3)
    // bug added-for-multiplied-not-in-backward: return (gate + value).matmul(w2)
    // bug output-activated: return silu((gate * value).matmul(w2))
    return (gate * value).matmul(w2)
    // solution:end
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    // solution:begin
    let z = x.matmul(w1)
    let value = x.matmul(w3)
    let hidden = silu(z) * value

    let dHidden = upstream.matmul(w2.transposed)
    // Each factor of the product gets dHidden times the other one.
    let dValue = dHidden * silu(z)
    let sigma = 1 / (1 + exp(-z))
    // bug slope-sigmoid: let dZ = dHidden * value * sigma
    // bug value-missing-in-gate: let dZ = dHidden * (sigma + z * sigma * (1 - sigma))
    let dZ = dHidden * value * (sigma + z * sigma * (1 - sigma))
    return (
      // X was used twice, so the gradients of both uses add.
      // bug gate-path-lost: x: dValue.matmul(w3.transposed),
      // bug paths-crossed: x: dZ.matmul(w3.transposed) + dValue.matmul(w1.transposed),
      x: dZ.matmul(w1.transposed) + dValue.matmul(w3.transposed),
      w1: x.transposed.matmul(dZ),
      w3: x.transposed.matmul(dValue),
      w2: hidden.transposed.matmul(upstream)
    )
    // solution:end
  }
}

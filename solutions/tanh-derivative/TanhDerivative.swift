import KataKit

struct TanhDerivative: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    tanh(z)
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    let a = tanh(z)
    return 1 - a * a
    // solution:end
  }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    // solution:begin
    // ∂L/∂Z = ∂L/∂A ⊙ (1 − A²); A is tanh(Z) already.
    upstream * (1 - activation * activation)
    // solution:end
  }
}

import KataKit

struct ReLUDerivative: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    maximum(z, 0)
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    z .> 0
    // solution:end
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    // solution:begin
    // ∂L/∂Z = ∂L/∂A ⊙ ReLU′(Z).
    upstream * slope(at: z)
    // solution:end
  }
}

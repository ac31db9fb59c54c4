import KataKit

struct ReLUDerivative: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    // bug value-absolute: abs(z)
    // bug value-clipped-at-one: z.clamped(to: 0...1)
    maximum(z, 0)
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    // bug slope-one: value(at: z) .>= 0
    // bug slope-inverted: z .< 0
    z .> 0
    // solution:end
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    // solution:begin
    // ∂L/∂Z = ∂L/∂A ⊙ ReLU′(Z).
    // bug mask-of-product: upstream * z .> 0
    // bug slope-at-upstream: upstream * slope(at: upstream)
    // bug value-for-slope-in-backward: upstream * value(at: z)
    upstream * slope(at: z)
    // solution:end
  }
}

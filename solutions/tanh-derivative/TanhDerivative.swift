import KataKit

struct TanhDerivative: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    // bug value-sigmoid-not-in-slope: 1 / (1 + exp(-z))
    // bug value-overflow-not-in-slope: (exp(z) - exp(-z)) / (exp(z) + exp(-z))
    tanh(z)
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    // bug slope-of-activation: return 1 - z * z
    // bug slope-of-activation:
    let a = tanh(z)
    // bug slope-not-squared-not-in-backward: return 1 - a
    // bug slope-of-sigmoid-not-in-backward: return a * (1 - a)
    return 1 - a * a
    // solution:end
  }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    // solution:begin
    // ∂L/∂Z = ∂L/∂A ⊙ (1 − A²); A is tanh(Z) already.
    // bug activation-activated-again: upstream * slope(at: activation)
    // bug slope-plus-in-backward: upstream * (1 + activation * activation)
    // bug slope-of-sigmoid-in-backward: upstream * activation * (1 - activation)
    upstream * (1 - activation * activation)
    // solution:end
  }
}

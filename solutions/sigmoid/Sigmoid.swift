import KataKit

struct Sigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    // Far below 0 the exponential is infinite, and 1/∞ is 0 as it should be.
    // bug value-mirrored: 1 / (1 + exp(z))
    // bug value-minus-for-plus: 1 / (1 - exp(-z))
    // bug value-overflow-above: exp(z) / (1 + exp(z))
    1 / (1 + exp(-z))
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    // bug slope-of-activation: return z * (1 - z)
    // bug slope-of-activation:
    let s = value(at: z)
    // bug slope-zero: return s * 1 - s
    // bug slope-of-tanh: return 1 - s * s
    // bug slope-plus: return s * (1 + s)
    return s * (1 - s)
    // solution:end
  }
}

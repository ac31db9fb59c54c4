import KataKit

struct Sigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix {
    // solution:begin
    // Far below 0 the exponential is infinite, and 1/∞ is 0 as it should be.
    1 / (1 + exp(-z))
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    let s = value(at: z)
    return s * (1 - s)
    // solution:end
  }
}

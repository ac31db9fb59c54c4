import KataKit

struct LeakyReLU: LeakyReLUKata {
  private let negativeSlope: Double

  init(negativeSlope: Double) {
    self.negativeSlope = negativeSlope
  }

  func value(at z: Matrix) -> Matrix {
    // solution:begin
    // bug alpha-hard-coded-not-in-slope: z.map { $0 > 0 ? $0 : 0.01 * $0 }
    // bug value-swapped: z.map { $0 < 0 ? $0 : negativeSlope * $0 }
    // bug value-minus-alpha: z.map { $0 > 0 ? $0 : $0 - negativeSlope }
    z.map { $0 > 0 ? $0 : negativeSlope * $0 }
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    // bug slope-alpha-z: z.map { $0 > 0 ? 1 : negativeSlope * $0 }
    // bug slope-of-relu: z.map { $0 > 0 ? 1 : 0 }
    z.map { $0 > 0 ? 1 : negativeSlope }
    // solution:end
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    // solution:begin
    // ∂L/∂Z = ∂L/∂A ⊙ LeakyReLU′(Z).
    // bug slope-at-upstream: upstream * slope(at: upstream)
    // bug value-for-slope-in-backward: upstream * value(at: z)
    upstream * slope(at: z)
    // solution:end
  }
}

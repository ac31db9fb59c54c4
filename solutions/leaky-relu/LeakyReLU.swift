import KataKit

struct LeakyReLU: LeakyReLUKata {
  private let negativeSlope: Double

  init(negativeSlope: Double) {
    self.negativeSlope = negativeSlope
  }

  func value(at z: Matrix) -> Matrix {
    // solution:begin
    z.map { $0 > 0 ? $0 : negativeSlope * $0 }
    // solution:end
  }

  func slope(at z: Matrix) -> Matrix {
    // solution:begin
    z.map { $0 > 0 ? 1 : negativeSlope }
    // solution:end
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    // solution:begin
    // ∂L/∂Z = ∂L/∂A ⊙ LeakyReLU′(Z).
    upstream * slope(at: z)
    // solution:end
  }
}

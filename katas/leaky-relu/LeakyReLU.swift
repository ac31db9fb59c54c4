import KataKit

struct LeakyReLU: LeakyReLUKata {
  private let negativeSlope: Double

  init(negativeSlope: Double) {
    self.negativeSlope = negativeSlope
  }

  func value(at z: Matrix) -> Matrix {
    todo()
  }

  func slope(at z: Matrix) -> Matrix {
    todo()
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    todo()
  }
}

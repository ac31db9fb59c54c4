import KataKit

struct BatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  private(set) var runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double

  // What backward has to know of the forward pass goes here.

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    (runningMean, runningVariance) = (beta, gamma)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    todo()
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    todo()
  }
}

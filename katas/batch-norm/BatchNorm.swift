import KataKit

struct BatchNorm: BatchNormKata {
  var gamma: Matrix
  var beta: Matrix
  private(set) var runningMean: Matrix
  private(set) var runningVariance: Matrix
  private let momentum: Double
  private let epsilon: Double

  // What backward has to know of the forward pass goes here.

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    runningMean = Matrix(rows: 1, columns: features)
    runningVariance = Matrix(rows: 1, columns: features, repeating: 1)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    todo()
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    todo()
  }
}

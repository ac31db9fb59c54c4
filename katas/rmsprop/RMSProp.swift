import KataKit

struct RMSProp: RMSPropKata {
  private let learningRate: Double
  private let rho: Double
  private let epsilon: Double

  // What the optimizer remembers from step to step goes here.

  init(learningRate: Double, rho: Double, epsilon: Double) {
    self.learningRate = learningRate
    self.rho = rho
    self.epsilon = epsilon
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    todo()
  }
}

import KataKit

struct AdamW: AdamWKata {
  private let learningRate: Double
  private let beta1, beta2: Double
  private let epsilon: Double
  private let weightDecay: Double

  // What the optimizer remembers from step to step goes here.

  init(
    learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    todo()
  }
}

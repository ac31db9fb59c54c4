import KataKit

struct Momentum: MomentumKata {
  private let learningRate: Double
  private let momentum: Double

  // What the optimizer remembers from step to step goes here.

  init(learningRate: Double, momentum: Double) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    todo()
  }
}

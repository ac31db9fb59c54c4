import KataKit

struct Momentum: MomentumKata {
  private let learningRate: Double
  private let momentum: Double

  // solution:begin What the optimizer remembers from step to step goes here.
  /// The velocity of every parameter.
  private var v: [Matrix] = []
  // solution:end

  init(learningRate: Double, momentum: Double) {
    self.learningRate = learningRate
    self.momentum = momentum
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    // solution:begin
    if v.isEmpty { v = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) } }

    for (k, g) in gradients.enumerated() {
      v[k] = momentum * v[k] + g
      parameters[k] -= learningRate * v[k]
    }
    // solution:end
  }
}

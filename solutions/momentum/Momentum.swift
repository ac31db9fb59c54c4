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
    // bug velocity-forgotten: v = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
    if v.isEmpty { v = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) } }

    for (k, g) in gradients.enumerated() {
      // bug dampened: v[k] = momentum * v[k] + (1 - momentum) * g
      // bug velocity-subtracted: v[k] = g - momentum * v[k]
      // bug velocity-too-late: parameters[k] -= learningRate * v[k]
      // bug velocity-too-late: v[k] = momentum * v[k] + g
      // bug learning-rate-fades: v[k] = momentum * learningRate * v[k] + g
      // bug state-shared: v[0] = momentum * v[0] + g
      // bug state-shared: parameters[k] -= learningRate * v[0]
      // bug never-fades: v[k] += g
      v[k] = momentum * v[k] + g
      // bug nesterov: parameters[k] -= learningRate * (momentum * v[k] + g)
      // bug gradient-twice: parameters[k] -= learningRate * (v[k] + g)
      parameters[k] -= learningRate * v[k]
    }
    // solution:end
  }
}

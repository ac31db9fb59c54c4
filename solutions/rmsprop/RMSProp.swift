import KataKit

struct RMSProp: RMSPropKata {
  private let learningRate: Double
  private let rho: Double
  private let epsilon: Double

  // solution:begin What the optimizer remembers from step to step goes here.
  /// The moving average of every parameter's squared gradient.
  private var v: [Matrix] = []
  // solution:end

  init(learningRate: Double, rho: Double, epsilon: Double) {
    self.learningRate = learningRate
    self.rho = rho
    self.epsilon = epsilon
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    // solution:begin
    // bug starts-at-one: if v.isEmpty { v = parameters.map { Matrix(rows: $0.rows, columns: $0.columns, repeating: 1) } }
    if v.isEmpty { v = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) } }

    for (k, g) in gradients.enumerated() {
      // bug average-of-gradient: v[k] = rho * v[k] + (1 - rho) * g
      // bug weights-swapped: v[k] = (1 - rho) * v[k] + rho * g * g
      // bug sum: v[k] += g * g
      // bug average-too-late: parameters[k] -= learningRate * g / (sqrt(v[k]) + epsilon)
      // bug average-too-late: v[k] = rho * v[k] + (1 - rho) * g * g
      v[k] = rho * v[k] + (1 - rho) * g * g
      // bug root-missing: parameters[k] -= learningRate * g / (v[k] + epsilon)
      // bug epsilon-behind-quotient: parameters[k] -= learningRate * g / sqrt(v[k]) + epsilon
      parameters[k] -= learningRate * g / (sqrt(v[k]) + epsilon)
    }
    // solution:end
  }
}

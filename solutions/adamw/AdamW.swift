import KataKit

struct AdamW: AdamWKata {
  private let learningRate: Double
  private let beta1, beta2: Double
  private let epsilon: Double
  private let weightDecay: Double

  // solution:begin What the optimizer remembers from step to step goes here.
  /// The steps taken.
  private var t = 0
  /// The first and second moment of every parameter's gradient.
  private var m: [Matrix] = []
  private var v: [Matrix] = []
  // solution:end

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
    // solution:begin
    if t == 0 {
      m = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
      v = m
    }
    t += 1
    let correction1 = 1 - pow(beta1, Double(t))
    let correction2 = 1 - pow(beta2, Double(t))

    for (k, g) in gradients.enumerated() {
      // bug first-moment-adds-whole-gradient: m[k] = beta1 * m[k] + g
      m[k] = beta1 * m[k] + (1 - beta1) * g
      // bug second-moment-of-gradient: v[k] = beta2 * v[k] + (1 - beta2) * g
      v[k] = beta2 * v[k] + (1 - beta2) * g * g
      // bug decay-in-quotient: let root = sqrt(v[k] / correction2) + epsilon
      // bug decay-in-quotient: parameters[k] -= learningRate * (m[k] / correction1 + weightDecay * parameters[k]) / root
      // bug root-missing: let adam = (m[k] / correction1) / (v[k] / correction2 + epsilon)
      // bug epsilon-added-to-step: let adam = (m[k] / correction1) / sqrt(v[k] / correction2) + epsilon
      let adam = (m[k] / correction1) / (sqrt(v[k] / correction2) + epsilon)
      // bug decay-without-learning-rate: parameters[k] -= learningRate * adam + weightDecay * parameters[k]
      // bug decay-added: parameters[k] -= learningRate * (adam - weightDecay * parameters[k])
      // bug decay-of-gradient: parameters[k] -= learningRate * (adam + weightDecay * g)
      parameters[k] -= learningRate * (adam + weightDecay * parameters[k])
    }
    // solution:end
  }
}

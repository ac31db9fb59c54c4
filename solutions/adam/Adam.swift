import KataKit

struct Adam: AdamKata {
  private let learningRate: Double
  private let beta1, beta2: Double
  private let epsilon: Double

  // solution:begin What the optimizer remembers from step to step goes here.
  /// The steps taken.
  private var t = 0
  /// The first and second moment of every parameter's gradient.
  private var m: [Matrix] = []
  private var v: [Matrix] = []
  // solution:end

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    // solution:begin
    // bug moments-forgotten:
    // bug moments-forgotten: m = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
    // bug moments-forgotten: v = m
    // bug moments-forgotten:
    if t == 0 {
      m = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
      v = m
    }
    // bug time-from-zero: let correction1 = 1 - pow(beta1, Double(t))
    // bug time-from-zero: let correction2 = 1 - pow(beta2, Double(t))
    // bug time-from-zero: t += 1
    // bug time-from-zero:
    // bug time-from-zero:
    t += 1

    // m and v start at 0: after t steps their weights add up to only 1 − βᵗ.
    // bug beta-not-raised: let correction1 = 1 - beta1
    // bug beta-not-raised: let correction2 = 1 - beta2
    let correction1 = 1 - pow(beta1, Double(t))
    // bug beta1-corrects-both: let correction2 = 1 - pow(beta1, Double(t))
    let correction2 = 1 - pow(beta2, Double(t))

    for (k, g) in gradients.enumerated() {
      // bug first-moment-adds-whole-gradient: m[k] = beta1 * m[k] + g
      // bug first-moment-weights-swapped: m[k] = (1 - beta1) * m[k] + beta1 * g
      m[k] = beta1 * m[k] + (1 - beta1) * g
      // bug second-moment-of-gradient: v[k] = beta2 * v[k] + (1 - beta2) * g
      // bug second-moment-weights-swapped: v[k] = (1 - beta2) * v[k] + beta2 * g * g
      v[k] = beta2 * v[k] + (1 - beta2) * g * g
      // bug root-missing: let root = v[k] / correction2
      let root = sqrt(v[k] / correction2)
      // bug epsilon-behind-quotient: parameters[k] -= learningRate * (m[k] / correction1) / root + epsilon
      parameters[k] -= learningRate * (m[k] / correction1) / (root + epsilon)
    }
    // solution:end
  }
}

import KataKit

extension CorrectAnswers {
  static let adamW = CorrectAnswers(
    kata: "adamw",
    variants: [
      LoopAdamW.self, PyTorchAdamW.self, OptaxAdamW.self, TensorFlowAdamW.self,
      InsideRootAdamW.self, ReferenceAdamW.self, ExplicitSumAdamW.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopAdamW: AdamWKata {
  let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var t = 0
  private var state: [[(m: Double, v: Double)]] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    t += 1
    if t == 1 { state = parameters.map { Array(repeating: (0, 0), count: $0.count) } }
    let (rest1, rest2) = (1 - pow(beta1, Double(t)), 1 - pow(beta2, Double(t)))
    for k in parameters.indices {
      let columns = parameters[k].columns
      for i in state[k].indices {
        let (row, column) = (i / columns, i % columns)
        let (g, old) = (gradients[k][row, column], parameters[k][row, column])
        state[k][i].m = beta1 * state[k][i].m + (1 - beta1) * g
        state[k][i].v = beta2 * state[k][i].v + (1 - beta2) * g * g
        let root = sqrt(state[k][i].v / rest2) + epsilon
        parameters[k][row, column] -= learningRate * state[k][i].m / rest1 / root
        parameters[k][row, column] -= learningRate * weightDecay * old
      }
    }
  }
}

/// As torch.optim writes it: the parameters shrink first, then Adam moves them.
private struct PyTorchAdamW: AdamWKata {
  let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var step = 0
  private var expAvg: [Matrix] = []
  private var expAvgSq: [Matrix] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if step == 0 {
      expAvg = gradients.map { $0 * 0 }
      expAvgSq = expAvg
    }
    step += 1
    let bias1 = 1 - pow(beta1, Double(step))
    let bias2 = sqrt(1 - pow(beta2, Double(step)))
    for k in parameters.indices {
      parameters[k] *= 1 - learningRate * weightDecay
      expAvg[k] += (1 - beta1) * (gradients[k] - expAvg[k])
      expAvgSq[k] *= beta2
      expAvgSq[k] += (1 - beta2) * gradients[k] * gradients[k]
      parameters[k] -= learningRate / bias1 * expAvg[k] / (sqrt(expAvgSq[k]) / bias2 + epsilon)
    }
  }
}

/// As optax chains it: scale by Adam, add the decayed weights, scale by −learningRate.
private struct OptaxAdamW: AdamWKata {
  let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var t = 0.0
  private var m: [Matrix]?
  private var v: [Matrix]?

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    t += 1
    let zeros = gradients.map { $0 - $0 }
    let means = zip(m ?? zeros, gradients).map { beta1 * $0 + (1 - beta1) * $1 }
    let squares = zip(v ?? zeros, gradients).map { beta2 * $0 + (1 - beta2) * $1 * $1 }
    var updates = zip(means, squares).map { mean, square in
      let root = sqrt(square / (1 - pow(beta2, t)))
      return mean / (1 - pow(beta1, t)) / (root + epsilon)
    }
    updates = zip(updates, parameters).map { $0 + weightDecay * $1 }
    updates = updates.map { -learningRate * $0 }
    parameters = zip(parameters, updates).map(+)
    (m, v) = (means, squares)
  }
}

/// ε̂: the two corrections in the learning rate of Adam's step, not in that of the decay.
private struct TensorFlowAdamW: AdamWKata {
  let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var power1 = 1.0
  private var power2 = 1.0
  private var slots: [(m: Matrix, v: Matrix)] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if slots.isEmpty { slots = gradients.map { ($0 * 0, $0 * 0) } }
    power1 *= beta1
    power2 *= beta2
    let rate = learningRate * sqrt(1 - power2) / (1 - power1)
    for (k, g) in gradients.enumerated().reversed() {
      slots[k].m = beta1 * slots[k].m + (1 - beta1) * g
      slots[k].v = beta2 * slots[k].v + (1 - beta2) * pow(g, 2)
      let decayed = parameters[k] - learningRate * weightDecay * parameters[k]
      parameters[k] = decayed - rate * slots[k].m / (sqrt(slots[k].v) + epsilon)
    }
  }
}

/// √(v̂ + ε).
private struct InsideRootAdamW: AdamWKata {
  let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var t = 0
  private var m: [Matrix] = []
  private var v: [Matrix] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    while m.count < parameters.count {
      m.append(Matrix(rows: parameters[m.count].rows, columns: parameters[m.count].columns))
      v.append(m[v.count])
    }
    t += 1
    for k in parameters.indices {
      m[k] = m[k] * beta1 + gradients[k] * (1 - beta1)
      v[k] = v[k] * beta2 + gradients[k] * gradients[k] * (1 - beta2)
      let mHat = m[k] / (1 - pow(beta1, Double(t)))
      let vHat = v[k] / (1 - pow(beta2, Double(t)))
      parameters[k] -= learningRate * (mHat / sqrt(vHat + epsilon) + parameters[k] * weightDecay)
    }
  }
}

/// A class, with a state of its own for every parameter.
private final class ReferenceAdamW: AdamWKata {
  private final class Moments {
    var t = 0.0
    var m, v: Matrix
    init(like parameter: Matrix) {
      m = parameter.map { _ in 0 }
      v = m
    }
  }

  private let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var moments: [Moments] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if moments.isEmpty { moments = parameters.map(Moments.init) }
    for ((k, own), g) in zip(moments.enumerated(), gradients) {
      own.t += 1
      own.m = own.m * beta1 + g * (1 - beta1)
      own.v = own.v * beta2 + g * g * (1 - beta2)
      let length = sqrt(own.v / (1 - pow(beta2, own.t))) + epsilon
      let adam = own.m / length * (learningRate / (1 - pow(beta1, own.t)))
      parameters[k] = (1 - learningRate * weightDecay) * parameters[k] - adam
    }
  }
}

/// No moving average at all: every gradient is kept, and weighted anew at each step.
private struct ExplicitSumAdamW: AdamWKata {
  let learningRate, beta1, beta2, epsilon, weightDecay: Double
  private var history: [[Matrix]] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double) {
    (self.learningRate, self.epsilon, self.weightDecay) = (learningRate, epsilon, weightDecay)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    history.append(gradients)
    let (weights1, weights2) = (weights(beta1), weights(beta2))
    for k in parameters.indices {
      var (mHat, vHat) = (parameters[k] * 0, parameters[k] * 0)
      for (past, g) in history.map({ $0[k] }).enumerated() {
        mHat += weights1[past] * g
        vHat += weights2[past] * g * g
      }
      let update = mHat / (sqrt(vHat) + epsilon) + weightDecay * parameters[k]
      parameters[k] -= learningRate * update
    }
  }

  /// βᵗ⁻ⁱ over their sum, i = 1 … t, which is what the bias correction comes to.
  private func weights(_ beta: Double) -> [Double] {
    let powers = history.indices.reversed().map { pow(beta, Double($0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }
}

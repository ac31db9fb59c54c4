import KataKit

extension CorrectAnswers {
  static let adam = CorrectAnswers(
    kata: "adam",
    variants: [
      LoopAdam.self, ReferenceAdam.self, RunningPowerAdam.self, TensorFlowAdam.self,
      InsideRootAdam.self, PyTorchAdam.self, ExplicitSumAdam.self, FlatAdam.self,
      CorrectedMomentsAdam.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  var t = 0
  var state: [[(m: Double, v: Double)]]?

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    t += 1
    var (power1, power2) = (1.0, 1.0)
    for _ in 0..<t {
      power1 *= beta1
      power2 *= beta2
    }
    var state = self.state ?? parameters.map { Array(repeating: (0, 0), count: $0.count) }
    for k in parameters.indices {
      let columns = parameters[k].columns
      for i in 0..<parameters[k].count {
        let g = gradients[k][i / columns, i % columns]
        state[k][i].m += (1 - beta1) * (g - state[k][i].m)
        state[k][i].v += (1 - beta2) * (g * g - state[k][i].v)
        let mHat = state[k][i].m / (1 - power1)
        let vHat = state[k][i].v / (1 - power2)
        parameters[k][i / columns, i % columns] -= learningRate * mHat / (sqrt(vHat) + epsilon)
      }
    }
    self.state = state
  }
}

/// A class, with a state of its own for every parameter.
private final class ReferenceAdam: AdamKata {
  private final class Moments {
    var m, v: Matrix
    init(like parameter: Matrix) {
      m = parameter.map { _ in 0 }
      v = m
    }
  }

  private let learningRate, beta1, beta2, epsilon: Double
  private var steps = 0.0
  private var moments: [Int: Moments] = [:]

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    steps += 1
    parameters = zip(parameters, gradients).enumerated().map { k, pair in
      let (parameter, g) = pair
      let own = moments[k] ?? Moments(like: parameter)
      moments[k] = own
      own.m = own.m * beta1 + g * (1 - beta1)
      own.v = own.v * beta2 + pow(g, 2) * (1 - beta2)
      let length = sqrt(own.v * (1 / (1 - pow(beta2, steps)))) + epsilon
      return parameter - own.m / length * (learningRate / (1 - pow(beta1, steps)))
    }
  }
}

/// βᵗ as a running product.
private struct RunningPowerAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var beta1ToT = 1.0
  private var beta2ToT = 1.0
  private var m: [Matrix] = []
  private var v: [Matrix] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    while m.count < parameters.count {
      m.append(parameters[m.count] * 0)
      v.append(m[v.count])
    }
    beta1ToT *= beta1
    beta2ToT *= beta2
    for k in stride(from: parameters.count - 1, through: 0, by: -1) {
      m[k] *= beta1
      m[k] += (1 - beta1) * gradients[k]
      v[k] *= beta2
      v[k] += (1 - beta2) * gradients[k] * gradients[k]
      parameters[k] +=
        -learningRate / (1 - beta1ToT) * m[k]
        / (sqrt(v[k] / (1 - beta2ToT)) + epsilon)
    }
  }
}

/// ε̂: the two corrections in the learning rate, ε beside the root of the uncorrected v.
private struct TensorFlowAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var iterations = 0
  private var slots: [(m: Matrix, v: Matrix)] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if slots.isEmpty { slots = gradients.map { ($0 - $0, $0 - $0) } }
    iterations += 1
    let t = Double(iterations)
    let rate = learningRate * sqrt(1 - pow(beta2, t)) / (1 - pow(beta1, t))
    for k in parameters.indices {
      slots[k].m += (gradients[k] - slots[k].m) * (1 - beta1)
      slots[k].v += (gradients[k] * gradients[k] - slots[k].v) * (1 - beta2)
      parameters[k] -= rate * slots[k].m / (sqrt(slots[k].v) + epsilon)
    }
  }
}

/// √(v̂ + ε).
private struct InsideRootAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var t = 0
  private var m: [Matrix] = []
  private var v: [Matrix] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if m.isEmpty {
      m = gradients.map { Matrix(rows: $0.rows, columns: $0.columns) }
      v = m
    }
    t += 1
    for k in parameters.indices {
      m[k] = beta1 * m[k] + (1 - beta1) * gradients[k]
      v[k] = beta2 * v[k] + (1 - beta2) * gradients[k].map { $0 * $0 }
      let mHat = m[k] / (1 - pow(beta1, Double(t)))
      let vHat = v[k] / (1 - pow(beta2, Double(t)))
      parameters[k] = parameters[k] - learningRate * mHat / sqrt(vHat + epsilon)
    }
  }
}

/// As torch.optim writes it: √v / √(1 − β₂ᵗ) + ε.
private struct PyTorchAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var step = 0
  private var expAvg: [Matrix]?
  private var expAvgSq: [Matrix]?

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    step += 1
    let zeros = gradients.map { $0 * 0 }
    let averages = zip(expAvg ?? zeros, gradients).map { $0 + (1 - beta1) * ($1 - $0) }
    let squares = zip(expAvgSq ?? zeros, gradients).map { beta2 * $0 + (1 - beta2) * $1 * $1 }
    let bias1 = 1 - pow(beta1, Double(step))
    let bias2 = sqrt(1 - pow(beta2, Double(step)))
    for k in parameters.indices {
      parameters[k] -= learningRate / bias1 * averages[k] / (sqrt(squares[k]) / bias2 + epsilon)
    }
    (expAvg, expAvgSq) = (averages, squares)
  }
}

/// No moving average at all: every gradient is kept, and weighted anew at each step.
private struct ExplicitSumAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var history: [[Matrix]] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    history.append(gradients)
    let weights1 = weights(beta1)
    let weights2 = weights(beta2)
    for k in parameters.indices {
      var mHat = parameters[k] * 0
      var vHat = parameters[k] * 0
      for (past, g) in history.map({ $0[k] }).enumerated() {
        mHat += weights1[past] * g
        vHat += weights2[past] * g * g
      }
      parameters[k] -= learningRate * mHat / (sqrt(vHat) + epsilon)
    }
  }

  /// βᵗ⁻ⁱ over their sum, i = 1 … t, which is what the bias correction comes to.
  private func weights(_ beta: Double) -> [Double] {
    let powers = history.indices.reversed().map { pow(beta, Double($0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }
}

/// All parameters as one long row.
private struct FlatAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var t = 0
  private var m = Matrix(rows: 1, columns: 0)
  private var v = Matrix(rows: 1, columns: 0)

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    let all = gradients.flatMap(\.elements)
    let g = Matrix(rows: 1, columns: all.count, elements: all)
    t += 1
    if t == 1 { (m, v) = (g * 0, g * 0) }
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    let decay1 = exp(Double(t) * log(beta1))
    let decay2 = exp(Double(t) * log(beta2))
    let moves = (learningRate * m / (1 - decay1) / (sqrt(v / (1 - decay2)) + epsilon)).elements
    var start = 0
    for k in parameters.indices {
      let count = parameters[k].count
      parameters[k] -= Matrix(
        rows: parameters[k].rows, columns: parameters[k].columns,
        elements: Array(moves[start..<start + count]))
      start += count
    }
  }
}

/// Keeps m̂ and v̂ themselves, as averages whose newest weight is (1 − β)/(1 − βᵗ).
private struct CorrectedMomentsAdam: AdamKata {
  let learningRate, beta1, beta2, epsilon: Double
  private var t = 0
  private var mHat: [Matrix] = []
  private var vHat: [Matrix] = []

  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
    (self.learningRate, self.epsilon) = (learningRate, epsilon)
    (self.beta1, self.beta2) = (beta1, beta2)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    t += 1
    if t == 1 {
      mHat = gradients
      vHat = gradients.map { $0 * $0 }
    }
    let newest1 = (1 - beta1) / (1 - pow(beta1, Double(t)))
    let newest2 = (1 - beta2) / (1 - pow(beta2, Double(t)))
    for (k, g) in gradients.enumerated() {
      mHat[k] += newest1 * (g - mHat[k])
      vHat[k] += newest2 * (g * g - vHat[k])
      parameters[k] -= learningRate * mHat[k] / (sqrt(vHat[k]) + epsilon)
    }
  }
}

import KataKit

extension CorrectAnswers {
  static let rmsProp = CorrectAnswers(
    kata: "rmsprop",
    variants: [
      LoopRMSProp.self, InsideRootRMSProp.self, DifferenceRMSProp.self, ReferenceRMSProp.self,
      ExplicitSumRMSProp.self, RootStateRMSProp.self, FlatRMSProp.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopRMSProp: RMSPropKata {
  let learningRate, rho, epsilon: Double
  private var v: [[Double]] = []

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if v.isEmpty { v = parameters.map { Array(repeating: 0, count: $0.count) } }
    for k in parameters.indices {
      let columns = parameters[k].columns
      for i in v[k].indices {
        let g = gradients[k][i / columns, i % columns]
        v[k][i] = rho * v[k][i] + (1 - rho) * g * g
        parameters[k][i / columns, i % columns] -= learningRate * g / (sqrt(v[k][i]) + epsilon)
      }
    }
  }
}

/// √(v + ε), as TensorFlow and optax have it.
private struct InsideRootRMSProp: RMSPropKata {
  let learningRate, rho, epsilon: Double
  private var v: [Matrix] = []

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if v.isEmpty { v = gradients.map { $0 * 0 } }
    for k in parameters.indices {
      v[k] = rho * v[k] + (1 - rho) * pow(gradients[k], 2)
      parameters[k] -= learningRate * gradients[k] / sqrt(v[k] + epsilon)
    }
  }
}

/// v ← v + (1 − ρ)·(g² − v).
private struct DifferenceRMSProp: RMSPropKata {
  let learningRate, rho, epsilon: Double
  private var v: [Matrix]?

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    let squares = gradients.map { $0 * $0 }
    let old = v ?? squares.map { Matrix(rows: $0.rows, columns: $0.columns) }
    let new = zip(old, squares).map { $0 + (1 - rho) * ($1 - $0) }
    parameters = parameters.indices.map { k in
      parameters[k] - gradients[k] * learningRate / (epsilon + sqrt(new[k]))
    }
    v = new
  }
}

/// A class, with an average of its own for every parameter.
private final class ReferenceRMSProp: RMSPropKata {
  private let learningRate, rho, epsilon: Double
  private var averages: [Int: Matrix] = [:]

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    for (k, g) in gradients.enumerated().reversed() {
      var v = averages[k, default: g * 0] * rho
      v += g * g * (1 - rho)
      averages[k] = v
      let scale = sqrt(v).map { self.learningRate / ($0 + self.epsilon) }
      parameters[k] += -g * scale
    }
  }
}

/// No moving average: every gradient is kept, and weighted anew at each step.
private struct ExplicitSumRMSProp: RMSPropKata {
  let learningRate, rho, epsilon: Double
  private var history: [[Matrix]] = []

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    history.append(gradients)
    for k in parameters.indices {
      var v = gradients[k] * 0
      for (age, g) in history.reversed().map({ $0[k] }).enumerated() {
        v += (1 - rho) * pow(rho, Double(age)) * g * g
      }
      parameters[k] -= learningRate * (gradients[k] / (sqrt(v) + epsilon))
    }
  }
}

/// Keeps √v, and squares it to go on.
private struct RootStateRMSProp: RMSPropKata {
  let learningRate, rho, epsilon: Double
  private var roots: [Matrix] = []

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if roots.isEmpty { roots = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) } }
    for (k, g) in gradients.enumerated() {
      roots[k] = sqrt(rho * roots[k] * roots[k] + (1 - rho) * g * g)
      parameters[k] -= learningRate * g / (roots[k] + epsilon)
    }
  }
}

/// All parameters as one long row.
private struct FlatRMSProp: RMSPropKata {
  let learningRate, rho, epsilon: Double
  private var v = Matrix(rows: 1, columns: 1)

  init(learningRate: Double, rho: Double, epsilon: Double) {
    (self.learningRate, self.rho, self.epsilon) = (learningRate, rho, epsilon)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    let g = Matrix([gradients.flatMap(\.elements)])
    // The 1 × 1 zero of the beginning broadcasts.
    v = rho * v + (1 - rho) * g * g
    let moves = learningRate * g / (sqrt(v) + epsilon)
    var start = 0
    for k in parameters.indices {
      for row in 0..<parameters[k].rows {
        for column in 0..<parameters[k].columns {
          parameters[k][row, column] -= moves[0, start]
          start += 1
        }
      }
    }
  }
}

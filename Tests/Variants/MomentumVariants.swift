import KataKit

extension CorrectAnswers {
  static let momentum = CorrectAnswers(
    kata: "momentum",
    variants: [
      LoopMomentum.self, DisplacementMomentum.self, ScaledMomentum.self, ReferenceMomentum.self,
      ExplicitSumMomentum.self, FlatMomentum.self, AverageMomentum.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopMomentum: MomentumKata {
  let learningRate, momentum: Double
  private var velocity: [[Double]] = []

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if velocity.isEmpty { velocity = parameters.map { Array(repeating: 0, count: $0.count) } }
    for k in parameters.indices {
      let columns = parameters[k].columns
      for i in velocity[k].indices {
        velocity[k][i] = momentum * velocity[k][i] + gradients[k][i / columns, i % columns]
        parameters[k][i / columns, i % columns] -= learningRate * velocity[k][i]
      }
    }
  }
}

/// The velocity is the move itself, sign and learning rate in it: v ← μv − learningRate·g, θ ← θ + v.
private struct DisplacementMomentum: MomentumKata {
  let learningRate, momentum: Double
  private var moves: [Matrix]?

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    let old = moves ?? gradients.map { $0 * 0 }
    let new = zip(old, gradients).map { momentum * $0 - learningRate * $1 }
    parameters = zip(parameters, new).map(+)
    moves = new
  }
}

/// The first velocity is the first gradient.
private struct ScaledMomentum: MomentumKata {
  let learningRate, momentum: Double
  private var v: [Matrix] = []
  private var isMoving = false

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    if isMoving {
      for k in v.indices {
        v[k] *= momentum
        v[k] += gradients[k]
      }
    } else {
      (v, isMoving) = (gradients, true)
    }
    for k in stride(from: v.count - 1, through: 0, by: -1) { parameters[k] -= v[k] * learningRate }
  }
}

/// A class, with a velocity of its own for every parameter.
private final class ReferenceMomentum: MomentumKata {
  private final class Velocity {
    var v: Matrix
    init(like parameter: Matrix) { v = parameter - parameter }
  }

  private let learningRate, momentum: Double
  private var velocities: [Int: Velocity] = [:]

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    for (k, g) in gradients.enumerated() {
      let own = velocities[k] ?? Velocity(like: parameters[k])
      velocities[k] = own
      own.v = g + own.v * momentum
      parameters[k] = parameters[k] + own.v * -learningRate
    }
  }
}

/// No velocity at all: every gradient is kept, and weighted anew at each step.
private struct ExplicitSumMomentum: MomentumKata {
  let learningRate, momentum: Double
  private var history: [[Matrix]] = []

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    history.append(gradients)
    for k in parameters.indices {
      var v = gradients[k] * 0
      for (past, g) in history.map({ $0[k] }).enumerated() {
        v += pow(momentum, Double(history.count - 1 - past)) * g
      }
      parameters[k] -= learningRate * v
    }
  }
}

/// All parameters as one long row.
private struct FlatMomentum: MomentumKata {
  let learningRate, momentum: Double
  private var v = Matrix(rows: 1, columns: 0)

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    let all = gradients.flatMap(\.elements)
    let g = Matrix(rows: 1, columns: all.count, elements: all)
    v = v.isEmpty ? g : momentum * v + g
    let moves = (learningRate * v).elements
    var start = 0
    for k in parameters.indices {
      let end = start + parameters[k].count
      parameters[k] -= Matrix(
        rows: parameters[k].rows, columns: parameters[k].columns,
        elements: Array(moves[start..<end]))
      start = end
    }
  }
}

/// An average of the gradients, and a learning rate that undoes its weight.
private struct AverageMomentum: MomentumKata {
  let learningRate, momentum: Double
  private var average: [Matrix] = []

  init(learningRate: Double, momentum: Double) {
    (self.learningRate, self.momentum) = (learningRate, momentum)
  }

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    while average.count < gradients.count { average.append(gradients[average.count] * 0) }
    for k in parameters.indices {
      average[k] += (1 - momentum) * (gradients[k] - average[k])
      parameters[k] -= learningRate / (1 - momentum) * average[k]
    }
  }
}

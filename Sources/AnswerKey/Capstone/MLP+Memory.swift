import KataKit

extension MLPSuite.Reference {
  /// What an optimizer remembers of the steps that it has taken.
  struct Memory {
    private var t = 0.0
    /// The velocity, where there is momentum.
    private var m: [Matrix]
    private var v: [Matrix]
    private let epsilon: Double

    init(for network: MLPSuite.Reference, epsilon: Double = 1e-8) {
      self.epsilon = epsilon
      m = network.layers.flatMap { [$0.weights * 0, $0.biases * 0] }
      v = m
    }

    /// Whether ε is small beside all of √v̂ that is not 0.
    var isFirm: Bool {
      if t == 0 { return true }
      let least = v.reduce(.infinity) { Swift.min($0, $1.map { $0 == 0 ? .infinity : $0 }.min()) }
      return (least / (1 - pow(0.999, t))).squareRoot() >= 1.5e-3
    }

    /// What a step knows.
    struct Step {
      let gradients: [Matrix]
      let rule: UpdateRule
      let rate: Double
      let memory: Memory
      let network: MLPSuite.Reference
      let isFirstOfEpoch: Bool
      /// Whether it is the first of this call of `fit`.
      let isFirst: Bool

      /// The memory before any step.
      var fresh: Memory { Memory(for: network) }

      /// The memory of this call of `fit`.
      var memoryOfCall: Memory { isFirst ? fresh : memory }
    }

    /// The options beside `isVelocityAMean` are about Adam.
    func moves(
      _ step: Step, by rule: UpdateRule, isVelocityAMean: Bool = false, correcting: Bool = true,
      betas: (m: Double, v: Double) = (0.9, 0.999), takesRoot: Bool = true, isCounted: Bool = true
    ) -> (moves: [Matrix], memory: Memory) {
      switch rule {
      case .sgd: return (step.gradients.map { step.rate * $0 }, self)
      case .momentum(let momentum):
        var memory = self
        let share = isVelocityAMean ? 1 - momentum : 1
        memory.m = zip(m, step.gradients).map { momentum * $0 + share * $1 }
        return (memory.m.map { step.rate * $0 }, memory)
      case .adam:
        return adam(
          step, correcting: correcting, betas: betas, takesRoot: takesRoot, isCounted: isCounted)
      }
    }

    /// Kingma & Ba 2015, algorithm 1, with the defaults.
    private func adam(
      _ step: Step, correcting: Bool, betas: (m: Double, v: Double), takesRoot: Bool,
      isCounted: Bool
    ) -> (moves: [Matrix], memory: Memory) {
      var memory = self
      if isCounted { memory.t += 1 }
      let first = correcting ? 1 - pow(betas.m, memory.t) : 1
      let second = correcting ? 1 - pow(betas.v, memory.t) : 1
      let moves = step.gradients.enumerated().map { k, g in
        memory.m[k] = betas.m * m[k] + (1 - betas.m) * g
        memory.v[k] = betas.v * v[k] + (1 - betas.v) * g * g
        let size = memory.v[k] / second
        let divisor = takesRoot ? sqrt(size) : size
        return step.rate * (memory.m[k] / first) / (divisor + epsilon)
      }
      return (moves, memory)
    }
  }
}

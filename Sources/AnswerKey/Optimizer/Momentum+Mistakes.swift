import Exam
package import Grading
import KataKit

extension MomentumSuite {
  package static let mistakes = MistakeCatalogue(
    at: [velocities, directions, settings] + StepSites.ofStateless + [StepSites.memorySharing])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyOptimizer(Rule(at: at, settings: at(settings, $0))) }
  }

  /// v.
  private struct Rule: UpdateRule {
    static let memories = 2

    let at: Computation<MomentumSuite>
    let settings: MomentumExam.Settings

    var learningRate: Double { settings.learningRate }

    func move(
      _ gradient: Matrix, from parameter: Matrix, remembering memory: [Matrix], in turn: Turn
    ) -> StepMove {
      let velocity = Velocity(
        v: memory[0], g: gradient, mu: settings.momentum, rate: learningRate, t: turn.t,
        displacement: memory[1] - parameter)
      let next = at(velocities, velocity)
      let step = at(directions, (velocity, next.step))
      return StepMove(step: step, memory: [next.velocity, parameter])
    }
  }
}

private let settings = Site<MomentumExam.Settings, MomentumExam.Settings>("settings") {
  $0
} mistakes: {
  Mistake("momentum-fixed", "You used μ = 0.9, whatever your optimizer was made with.") {
    var settings = $0
    settings.momentum = 0.9
    return settings
  }
  StepSites.learningRateFixed()
  Mistake("settings-swapped", "You swapped the learning rate and μ.") {
    var settings = $0
    (settings.momentum, settings.learningRate) = ($0.learningRate, $0.momentum)
    return settings
  }
}

/// v ← μ·v + g, and the step along it.
private let velocities = Site<Velocity, (velocity: Matrix, step: Matrix)>("velocity") {
  ($0.next, $0.next)
} mistakes: {
  wrongVelocity(
    "velocity-forgotten",
    "You stepped along the gradient alone; the velocity lives on from call to call."
  ) { $0.g }
  wrongVelocity(
    "dampened", "You added (1 − μ)·g to the velocity, an average; here it is g, whole."
  ) { $0.mu * $0.v + (1 - $0.mu) * $0.g }
  wrongVelocity(
    "dampened-after-first",
    "You added (1 − μ)·g to the velocity from the second step on; add g, whole."
  ) { $0.t == 1 ? $0.next : $0.mu * $0.v + (1 - $0.mu) * $0.g }
  wrongVelocity(
    "weights-swapped", "You kept 1 − μ of the velocity and added μ·g; keep μ of it and add g."
  ) { (1 - $0.mu) * $0.v + $0.mu * $0.g }
  wrongVelocity(
    "gradient-scaled", "You multiplied the gradient by μ, too; multiply only the old velocity."
  ) { $0.mu * ($0.v + $0.g) }
  wrongVelocity(
    "coefficient-on-gradient",
    "You multiplied the gradient by μ, and kept the whole velocity; v ← μ·v + g."
  ) { $0.v + $0.mu * $0.g }
  wrongVelocity(
    "gradient-dampened-velocity-whole",
    "You kept the whole velocity and added (1 − μ)·g; keep μ of it and add g."
  ) { $0.v + (1 - $0.mu) * $0.g }
  wrongVelocity(
    "complement-kept", "You kept 1 − μ of the velocity at every step; keep μ of it."
  ) { (1 - $0.mu) * $0.v + $0.g }
  wrongVelocity(
    "coefficient-twice", "You multiplied the old velocity by μ twice; once is enough."
  ) { $0.mu * $0.mu * $0.v + $0.g }
  wrongVelocity(
    "starts-at-gradient",
    "Your velocity starts at the first gradient, which is then added again; start it at 0."
  ) { $0.t == 1 ? (1 + $0.mu) * $0.g : $0.next }
  Mistake(
    "last-gradient-only",
    "Your velocity is only the last gradient; keep the new velocity, μ·v + g, for the next step."
  ) { ($0.g, $0.next) }
  Mistake(
    "old-velocity-whole",
    "You stepped along g and the whole old velocity; step along the new one, μ·v + g."
  ) { ($0.next, $0.v + $0.g) }
  wrongVelocity("never-fades", "You kept the whole velocity at every step; keep μ of it.") {
    $0.v + $0.g
  }
  wrongVelocity(
    "learning-rate-fades",
    "You multiplied the old velocity by the learning rate at every step; v ← μ·v + g."
  ) { $0.rate * $0.mu * $0.v + $0.g }
  wrongVelocity("velocity-subtracted", "You subtracted μ·v from the gradient; v ← μ·v + g.") {
    $0.g - $0.mu * $0.v
  }
  wrongVelocity(
    "from-displacement",
    "You took the velocity from how the parameters changed; others change them, too: keep v."
  ) { $0.t == 1 ? $0.next : $0.mu * $0.displacement / $0.rate + $0.g }
  Mistake("nesterov", "You stepped along g + μ·v, as Nesterov does; the step is along v.") {
    ($0.next, $0.g + $0.mu * $0.next)
  }
  Mistake("gradient-twice", "You stepped along v + g; the new velocity has g in it already.") {
    ($0.next, $0.g + $0.next)
  }
}

private let directions = Site<(before: Velocity, step: Matrix), Matrix>("direction") {
  $0.step
} mistakes: {
  Mistake(
    "velocity-too-late", "You moved the parameters before the velocity had taken in this gradient."
  ) { $0.before.v }
  Mistake(
    "corrected",
    "You divided v by 1 − μᵗ, as Adam does with an average; the velocity is a sum and needs no correction."
  ) { $0.before.mu > 0 ? $0.step / (1 - pow($0.before.mu, Double($0.before.t))) : nil }
}

private struct Velocity {
  /// The velocity before the step, and the gradient.
  let v, g: Matrix
  let mu, rate: Double
  let t: Int
  /// By how much the parameter fell in the step before.
  let displacement: Matrix

  var next: Matrix { mu * v + g }
}

/// A wrong velocity that the step is along.
private func wrongVelocity(
  _ id: String, _ sentence: String, instead: @escaping @Sendable (Velocity) -> Matrix
) -> Mistake<Velocity, (velocity: Matrix, step: Matrix)> {
  Mistake(id, sentence) {
    let wrong = instead($0)
    return (wrong, wrong)
  }
}

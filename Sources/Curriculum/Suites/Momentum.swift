package import Grading
package import KataKit

package struct MomentumSettings: OptimiserSettings {
  package var learningRate = 0.01
  package var momentum = 0.9

  package init() {}

  package static func draw(using generator: inout SeededGenerator) -> MomentumSettings {
    var settings = MomentumSettings()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    settings.momentum = 0.6 + 0.1 * generator.uniform()
    return settings
  }
}

package enum MomentumSuite: OptimiserSuite {
  package typealias Settings = MomentumSettings
  package typealias Slip = OwnOrShared<MomentumMistake>

  package static let kata = Kata(
    "momentum", type: "Momentum", requirement: "MomentumKata",
    title: "gradient descent that keeps its velocity", track: .optimiser, minutes: 5)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any MomentumKata.Type else { return nil }
    return { type.init(learningRate: $0.learningRate, momentum: $0.momentum) }
  }

  package static func reference(making mistakes: Set<Slip>) -> Subject {
    let (own, shared): (Set<MomentumMistake>, Set<StepMistake>) = (
      mistakes.own(), mistakes.shared()
    )
    return { FaultyOptimiser(Rule($0, making: own), making: shared) }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves("first step", on: oneStep, holds: "the first step is −learningRate · g") {
        settings, _, gradient, _ in -settings.learningRate * gradient
      },
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: none),
      moves(
        "constant gradient", on: constant,
        holds: "the steps grow to 1/(1 − μ) times the first", by: geometric),
      .reference(on: sparse),
      .repeatable(on: twins),
    ]
  }

  /// Without momentum, plain gradient descent.
  private static let none = steps(3, "momentum of 0") { run, _ in run.settings.momentum = 0 }

  /// v = (1 + μ + … + μᵗ⁻¹)·g.
  @Sendable private static func geometric(
    _ settings: MomentumSettings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    let mu = settings.momentum
    return -settings.learningRate * (1 - pow(mu, Double(step))) / (1 - mu) * gradient
  }
}

package enum MomentumMistake: String, OwnMistake {
  package typealias Shared = StepMistake

  package static var shared: [StepMistake] {
    StepMistake.ofUndivided.filter { $0 != .stateForgotten }
  }

  case velocityForgotten = "velocity-forgotten"
  case dampened
  case dampenedAfterFirst = "dampened-after-first"
  case weightsSwapped = "weights-swapped"
  case gradientScaled = "gradient-scaled"
  case neverFades = "never-fades"
  case learningRateFades = "learning-rate-fades"
  case velocitySubtracted = "velocity-subtracted"
  case corrected
  case tooLate = "velocity-too-late"
  case nesterov
  case gradientTwice = "gradient-twice"
  case fromDisplacement = "from-displacement"
  case momentumFixed = "momentum-fixed"
  case learningRateFixed = "learning-rate-fixed"
  case settingsSwapped = "settings-swapped"

  package var sentence: String {
    switch self {
    case .velocityForgotten:
      "You stepped along the gradient alone; the velocity lives on from call to call."
    case .dampened: "You added (1 − μ)·g to the velocity, an average; here it is g, whole."
    case .dampenedAfterFirst:
      "You added (1 − μ)·g to the velocity from the second step on; it is g, whole."
    case .weightsSwapped: "You kept 1 − μ of the velocity and added μ·g; keep μ of it and add g."
    case .gradientScaled: "You multiplied the gradient by μ, too; only the old velocity is."
    case .neverFades: "You kept the whole velocity at every step; keep μ of it."
    case .learningRateFades:
      "You multiplied the old velocity by the learning rate at every step; v ← μ·v + g."
    case .velocitySubtracted: "You subtracted μ·v from the gradient; v ← μ·v + g."
    case .corrected:
      "You divided v by 1 − μᵗ, as Adam corrects an average; the velocity is a sum, used as it is."
    case .tooLate: "You moved the parameters before the velocity had taken in this gradient."
    case .nesterov: "You stepped along g + μ·v, as Nesterov does; the step is along v."
    case .gradientTwice: "You stepped along v + g; the new velocity has g in it already."
    case .fromDisplacement:
      "You took the velocity from how the parameters changed; others change them, too: keep v."
    case .momentumFixed: "You used μ = 0.9, whatever your optimiser was made with."
    case .learningRateFixed:
      "You used a learning rate of 0.01, whatever your optimiser was made with."
    case .settingsSwapped: "You swapped the learning rate and μ."
    }
  }

  package var site: String {
    switch self {
    case .dampened, .dampenedAfterFirst, .weightsSwapped, .gradientScaled, .neverFades,
      .velocitySubtracted, .learningRateFades, .velocityForgotten, .fromDisplacement, .nesterov,
      .gradientTwice:
      "velocity"
    case .tooLate, .corrected: "direction"
    case .momentumFixed, .learningRateFixed, .settingsSwapped: "settings"
    }
  }
}

extension MomentumSuite {
  /// v, with any of the mistakes made on purpose.
  struct Rule: UpdateRule {
    static let memories = 2

    private let settings: MomentumSettings
    private let mistakes: Set<MomentumMistake>

    init(_ settings: MomentumSettings, making mistakes: Set<MomentumMistake>) {
      self.mistakes = mistakes
      var settings = settings
      if mistakes.contains(.momentumFixed) { settings.momentum = 0.9 }
      if mistakes.contains(.learningRateFixed) { settings.learningRate = 0.01 }
      if mistakes.contains(.settingsSwapped) {
        swap(&settings.momentum, &settings.learningRate)
      }
      self.settings = settings
    }

    private func makes(_ mistake: MomentumMistake) -> Bool { mistakes.contains(mistake) }

    var learningRate: Double { settings.learningRate }

    func direction(
      _ gradient: Matrix, at parameter: Matrix, remembering memory: inout [Matrix], in turn: Turn
    ) -> Matrix {
      let mu = settings.momentum
      var old = memory[0]
      if makes(.fromDisplacement), turn.step > 1 { old = (memory[1] - parameter) / learningRate }
      let v = velocity(after: old, gradient, isFirst: turn.step == 1)
      memory = [v, parameter]
      if makes(.tooLate) { return old }
      if makes(.nesterov) { return gradient + mu * v }
      if makes(.gradientTwice) { return gradient + v }
      return makes(.corrected) && mu > 0 ? v / (1 - pow(mu, Double(turn.step))) : v
    }

    private func velocity(after v: Matrix, _ g: Matrix, isFirst: Bool) -> Matrix {
      let mu = settings.momentum
      if makes(.dampened) || makes(.dampenedAfterFirst) && !isFirst { return mu * v + (1 - mu) * g }
      if makes(.weightsSwapped) { return (1 - mu) * v + mu * g }
      if makes(.gradientScaled) { return mu * (v + g) }
      if makes(.neverFades) { return v + g }
      if makes(.learningRateFades) { return learningRate * mu * v + g }
      if makes(.velocityForgotten) { return g }
      return makes(.velocitySubtracted) ? g - mu * v : mu * v + g
    }
  }
}

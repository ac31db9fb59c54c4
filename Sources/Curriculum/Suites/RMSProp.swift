package import Grading
package import KataKit

package struct RMSPropSettings: AdaptiveSettings {
  package var learningRate = 0.01
  package var rho = 0.9
  package var epsilon = 1e-8

  package init() {}

  package static func draw(using generator: inout SeededGenerator) -> RMSPropSettings {
    var settings = RMSPropSettings()
    settings.learningRate = 0.1 + 0.1 * generator.uniform()
    settings.rho = 0.65 + 0.1 * generator.uniform()
    return settings
  }

  package var forgetful: RMSPropSettings {
    var settings = self
    settings.rho = 0
    return settings
  }

  package var firstWeight: Double { 1 - rho }
  package var firstCorrection: Double { 1 }
}

package enum RMSPropSuite: OptimiserSuite {
  package typealias Settings = RMSPropSettings
  package typealias Slip = OwnOrShared<RMSPropMistake>

  package static let kata = Kata(
    "rmsprop", type: "RMSProp", requirement: "RMSPropKata",
    title: "steps divided by the root of a moving average", track: .optimiser, minutes: 8)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any RMSPropKata.Type else { return nil }
    return { type.init(learningRate: $0.learningRate, rho: $0.rho, epsilon: $0.epsilon) }
  }

  package static func reference(making mistakes: Set<Slip>) -> Subject {
    let (own, shared): (Set<RMSPropMistake>, Set<StepMistake>) = (mistakes.own(), mistakes.shared())
    return { FaultyOptimiser(Rule($0, making: own), making: shared) }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves(
        "first step", on: oneStep, holds: "it is −learningRate · sign(g) / √(1 − ρ)", by: signed),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: forgetful),
      moves(
        "constant gradient", on: constant, holds: "the steps shrink towards the learning rate",
        by: signed),
      .reference(on: largeEpsilon),
      .reference(on: sparse),
      tinyGradients,
      .repeatable(on: twins),
    ]
  }

  private static let forgetful = steps(3, "rho of 0") { run, _ in run.settings.rho = 0 }

  /// Where the gradient stays the same v = (1 − ρᵗ)·g².
  @Sendable private static func signed(
    _ settings: RMSPropSettings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    let length = settings.learningRate / (1 - pow(settings.rho, Double(step))).squareRoot()
    return gradient.map { $0 < 0 ? length : -length }
  }
}

package enum RMSPropMistake: String, OwnMistake {
  package typealias Shared = StepMistake

  case averageOfGradient = "average-of-gradient"
  case averageOfMagnitude = "average-of-magnitude"
  case averageOfParameters = "average-of-parameters"
  case averageOfAll = "average-of-all"
  case sum
  case addsWholeSquare = "adds-whole-square"
  case addsRhoTimesSquare = "adds-rho-times-square"
  case weightsSwapped = "weights-swapped"
  case startsAtOne = "starts-at-one"
  case startsAtSquare = "starts-at-square"
  case rootStored = "root-stored"
  case tooLate = "average-too-late"
  case biasCorrected = "bias-corrected"
  case centred
  case rootMissing = "root-missing"
  case multiplied = "multiplied-by-root"
  case gradientAveraged = "gradient-averaged"
  case gradientNotUsed = "gradient-not-used"
  case noEpsilon = "no-epsilon"
  case epsilonIgnored = "epsilon-ignored"
  case rhoFixed = "rho-fixed"
  case rhoOfTorch = "rho-of-torch"
  case learningRateFixed = "learning-rate-fixed"

  package var sentence: String {
    switch self {
    case .averageOfGradient: "You averaged g in v; it is g², elementwise."
    case .averageOfMagnitude: "You averaged |g| in v; it is g², elementwise."
    case .averageOfParameters: "You averaged the squares of the parameters in v; it is g²."
    case .averageOfAll:
      "You averaged g² over a whole parameter matrix; every entry has a v of its own."
    case .sum: "You summed g² over all steps, as AdaGrad does; v ← ρ·v + (1 − ρ)·g² forgets."
    case .addsWholeSquare: "You added g² to v; it is (1 − ρ)·g²."
    case .addsRhoTimesSquare: "You added ρ·g² to v; it is (1 − ρ)·g²."
    case .weightsSwapped: "You kept 1 − ρ of v and added ρ·g²; it is the other way about."
    case .startsAtOne: "Your v begins at 1; it begins at 0."
    case .startsAtSquare: "Your v begins at the first g²; it begins at 0, then takes in (1 − ρ)·g²."
    case .rootStored: "You stored √v as the new v; the next step goes on from v."
    case .tooLate: "You moved the parameters before v had taken in the gradient of this step."
    case .biasCorrected: "You divided v by 1 − ρᵗ, as Adam does; RMSProp takes v as it is."
    case .centred:
      "You subtracted the square of the average gradient from v; that is centred RMSProp."
    case .rootMissing: "You divided by v; it is √v."
    case .multiplied: "You multiplied by √v + ε; divide by it."
    case .gradientAveraged: "You stepped along an average of g, as Adam does; it is g itself."
    case .gradientNotUsed: "You divided 1 by √v + ε; it is g that is divided."
    case .noEpsilon: "You left out ε: where every gradient was 0, the step is 0/0."
    case .epsilonIgnored: "The ε that your optimiser is made with makes no difference to its steps."
    case .rhoFixed: "You used ρ = 0.9, whatever your optimiser was made with."
    case .rhoOfTorch: "You used ρ = 0.99, whatever your optimiser was made with."
    case .learningRateFixed:
      "You used a learning rate of 0.01, whatever your optimiser was made with."
    }
  }

  package var site: String {
    switch self {
    case .averageOfGradient, .averageOfMagnitude, .averageOfParameters, .averageOfAll: "square"
    case .sum, .addsWholeSquare, .addsRhoTimesSquare, .weightsSwapped: "weights"
    case .startsAtOne, .startsAtSquare: "start"
    case .biasCorrected, .centred, .tooLate: "used average"
    case .rootMissing, .multiplied: "root"
    case .gradientAveraged, .gradientNotUsed: "numerator"
    case .noEpsilon, .epsilonIgnored: StepMistake.epsilonBound.site
    case .rhoFixed, .rhoOfTorch, .learningRateFixed: "settings"
    case .rootStored: rawValue
    }
  }
}

extension RMSPropSuite {
  /// g / (√v + ε), with any of the mistakes made on purpose.
  struct Rule: UpdateRule {
    static let memories = 2

    private let settings: RMSPropSettings
    private let mistakes: Set<RMSPropMistake>

    init(_ settings: RMSPropSettings, making mistakes: Set<RMSPropMistake>) {
      self.mistakes = mistakes
      var settings = settings
      if mistakes.contains(.rhoFixed) { settings.rho = 0.9 }
      if mistakes.contains(.rhoOfTorch) { settings.rho = 0.99 }
      if mistakes.contains(.learningRateFixed) { settings.learningRate = 0.01 }
      if mistakes.contains(.epsilonIgnored) { settings.epsilon = 1e-8 }
      if mistakes.contains(.noEpsilon) { settings.epsilon = 0 }
      self.settings = settings
    }

    private func makes(_ mistake: RMSPropMistake) -> Bool { mistakes.contains(mistake) }

    var learningRate: Double { settings.learningRate }
    var epsilon: Double { settings.epsilon }

    func direction(
      _ gradient: Matrix, at parameter: Matrix, remembering memory: inout [Matrix], in turn: Turn
    ) -> Matrix {
      let rho = settings.rho
      let square = square(gradient, parameter)
      var old = memory[0]
      if turn.step == 1, makes(.startsAtOne) { old = old + 1 }
      if turn.step == 1, makes(.startsAtSquare) { old = square }
      let v = average(old, square)
      let mean = rho * memory[1] + (1 - rho) * gradient
      memory = [makes(.rootStored) ? sqrt(v) : v, mean]

      var used = makes(.tooLate) ? old : v
      if makes(.biasCorrected) { used = used / (1 - pow(rho, Double(turn.step))) }
      if makes(.centred) { used = used - mean * mean }
      let root = (makes(.rootMissing) ? used : sqrt(used))
      let denominator = turn.sum(root, settings.epsilon)
      let numerator =
        makes(.gradientAveraged) ? mean : makes(.gradientNotUsed) ? 0 * gradient + 1 : gradient
      return makes(.multiplied) ? numerator * denominator : numerator / denominator
    }

    private func square(_ g: Matrix, _ parameter: Matrix) -> Matrix {
      if makes(.averageOfGradient) { return g }
      if makes(.averageOfMagnitude) { return abs(g) }
      if makes(.averageOfParameters) { return parameter * parameter }
      return makes(.averageOfAll) ? 0 * g + (g * g).mean() : g * g
    }

    private func average(_ v: Matrix, _ square: Matrix) -> Matrix {
      let rho = settings.rho
      if makes(.sum) { return v + square }
      if makes(.addsWholeSquare) { return rho * v + square }
      if makes(.addsRhoTimesSquare) { return rho * v + rho * square }
      return makes(.weightsSwapped)
        ? (1 - rho) * v + rho * square : rho * v + (1 - rho) * square
    }
  }
}

package import Grading
package import KataKit

package struct AdamWSettings: AdaptiveSettings {
  package var adam = AdamSettings()
  package var weightDecay = 0.01

  package init() {}

  package static func draw(using generator: inout SeededGenerator) -> AdamWSettings {
    var settings = AdamWSettings()
    settings.adam = .draw(using: &generator)
    settings.weightDecay = 0.3 + 0.2 * generator.uniform()
    return settings
  }

  package var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  package var epsilon: Double {
    get { adam.epsilon }
    set { adam.epsilon = newValue }
  }

  package var forgetful: AdamWSettings {
    var settings = self
    settings.adam = adam.forgetful
    return settings
  }

  package var firstWeight: Double { adam.firstWeight }
  package var firstCorrection: Double { adam.firstCorrection }
}

package enum AdamWSuite: OptimiserSuite {
  package typealias Settings = AdamWSettings
  package typealias Slip = OwnOrShared<DecayMistake>

  package static let kata = Kata(
    "adamw", type: "AdamW", requirement: "AdamWKata",
    title: "Adam with decoupled weight decay", track: .optimiser, minutes: 15)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any AdamWKata.Type else { return nil }
    return {
      type.init(
        learningRate: $0.learningRate, beta1: $0.adam.beta1, beta2: $0.adam.beta2,
        epsilon: $0.epsilon, weightDecay: $0.weightDecay)
    }
  }

  package static func reference(making mistakes: Set<Slip>) -> Subject {
    let others: Set<AdamSuite.Slip> = mistakes.shared()
    let (own, adam): (Set<DecayMistake>, Set<AdamMistake>) = (mistakes.own(), others.own())
    let shared: Set<StepMistake> = others.shared()
    return { FaultyOptimiser(Rule($0, making: own, inAdam: adam), making: shared) }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves(
        "first step", on: oneStep, holds: "it is −learningRate · (sign(g) + λ·θ)", by: signed),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: rowOfBiases),
      .reference(on: noDecay),
      .reference(on: forgetful),
      moves(
        "constant gradient", on: constant, holds: "every step is −learningRate · (sign(g) + λ·θ)",
        by: signed),
      moves(
        "no gradient", on: noGradient, holds: "θ shrinks by 1 − learningRate · λ at every step"
      ) { settings, _, _, parameter in
        -settings.learningRate * settings.weightDecay * parameter
      },
      .reference(on: largeEpsilon),
      .reference(on: sparse),
      tinyGradients,
      .repeatable(on: twins),
    ]
  }

  /// Biases decay as everything does.
  private static let rowOfBiases = steps(2, "a row of biases") { run, generator in
    let biases = Matrix.normal(
      rows: 1, columns: run.parameters[0].columns, mean: 2, using: &generator)
    run.parameters.append(biases)
    for step in run.gradients.indices {
      run.gradients[step] += gradients(for: [biases], using: &generator)
    }
  }

  private static let noDecay = steps(3, "lambda of 0") { run, _ in run.settings.weightDecay = 0 }

  private static let forgetful = steps(3, "beta2 of 0") { run, _ in run.settings.adam.beta2 = 0 }

  private static let noGradient = steps(3, "no gradient") { run, _ in
    run.gradients = run.gradients.map { $0.map { $0 * 0 } }
  }

  /// Where the gradient stays the same, and so in the first step, m̂ = g and v̂ = g².
  @Sendable private static func signed(
    _ settings: AdamWSettings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    -settings.learningRate * (gradient.map { $0 < 0 ? -1 : 1 } + settings.weightDecay * parameter)
  }
}

/// What goes wrong with the decay; the rest is Adam's.
package enum DecayMistake: String, OwnMistake {
  package typealias Shared = AdamSuite.Slip

  /// Without an unwanted decay, and of Adam's own only what is made even by those who wrote it before.
  package static var shared: [AdamSuite.Slip] {
    let steps = StepMistake.allCases.filter { $0.site != StepMistake.weightDecay.site }
    return adam.map { .own($0) } + steps.map { .shared($0) }
  }

  private static var adam: [AdamMistake] {
    [
      .timeFromZero, .timePerTensor, .betaNotRaised, .noCorrection, .noFirstCorrection,
      .noSecondCorrection, .correctedStored, .momentsTooLate, .betasSwapped, .gradientForFirst,
      .firstAddsWholeGradient, .secondOfGradient, .secondAddsWholeSquare, .rootMissing, .noEpsilon,
      .epsilonIgnored, .settingsIgnored,
    ]
  }

  case missing = "decay-missing"
  case inGradient = "decay-in-gradient"
  case twice = "decay-in-gradient-too"
  case inQuotient = "decay-in-quotient"
  case fromUpdated = "decay-from-updated"
  case withoutLearningRate = "decay-without-learning-rate"
  case learningRateSquared = "decay-with-learning-rate-squared"
  case corrected = "decay-bias-corrected"
  case doubled = "decay-doubled"
  case halved = "decay-halved"
  case growing = "decay-added"
  case ofSign = "decay-of-sign"
  case ofGradient = "decay-of-gradient"
  case fixed = "decay-fixed"
  case sparesBiases = "decay-spares-biases"
  case firstTensorOnly = "decay-of-first-tensor-only"
  case stepAscending = "adam-step-added"
  case stepWithoutLearningRate = "adam-step-without-learning-rate"

  package var sentence: String {
    switch self {
    case .missing: "You left out the weight decay; this is Adam. Subtract learningRate·λ·θ as well."
    case .inGradient:
      "You added λ·θ to the gradient, which is L2 in Adam; AdamW keeps it out of m and v."
    case .twice: "You added λ·θ to the gradient besides decaying θ; g stays as it is."
    case .inQuotient: "You divided λ·θ by √v̂ + ε, too; it stands outside the quotient."
    case .fromUpdated:
      "You took the decay from the parameter after Adam's step; it is taken from θ before the step."
    case .withoutLearningRate:
      "You did not multiply the decay by the learning rate; it is learningRate·λ·θ."
    case .learningRateSquared:
      "You multiplied the decay by the learning rate twice; it is learningRate·λ·θ."
    case .corrected: "You applied the bias corrections to the decay, too; it is learningRate·λ·θ."
    case .doubled: "Your decay has a factor of 2; it is learningRate·λ·θ."
    case .halved: "Your decay has a factor of ½; it is learningRate·λ·θ."
    case .growing: "Your decay has the wrong sign: it moves θ away from 0."
    case .ofSign: "Your decay is λ·sign(θ), as of L1; it is λ·θ."
    case .ofGradient: "Your decay is λ·g; it is λ·θ, of the parameter."
    case .fixed: "You used λ = 0.01, whatever your optimiser was made with."
    case .sparesBiases: "You spared the row of biases the decay; here every parameter decays."
    case .firstTensorOnly: "You let the first parameter matrix decay only; all of them do."
    case .stepAscending: "You added Adam's step; to descend, subtract it."
    case .stepWithoutLearningRate: "You did not multiply Adam's step by the learning rate."
    }
  }

  package var site: String {
    switch self {
    case .stepAscending, .growing: StepMistake.ascending.site
    case .stepWithoutLearningRate, .withoutLearningRate, .learningRateSquared:
      StepMistake.learningRateMissing.site
    default: "decay"
    }
  }
}

extension AdamWSuite {
  /// m̂ / (√v̂ + ε) + λ·θ, with any of the mistakes made on purpose.
  struct Rule: UpdateRule {
    static let memories = AdamSuite.Rule.memories

    private let adam: AdamSuite.Rule
    private let lambda: Double
    private let betas: (Double, Double)
    private let mistakes: Set<DecayMistake>
    /// Of what is wrong with the decay itself no two go together.
    private let decay: DecayMistake?

    init(
      _ settings: AdamWSettings, making mistakes: Set<DecayMistake>,
      inAdam others: Set<AdamMistake>
    ) {
      adam = AdamSuite.Rule(settings.adam, making: others)
      decay = mistakes.first { $0.site == "decay" }
      let isFixed = decay == .fixed || others.contains(.settingsIgnored)
      lambda = isFixed ? AdamWSettings().weightDecay : settings.weightDecay
      betas = (settings.adam.beta1, settings.adam.beta2)
      self.mistakes = mistakes
    }

    var learningRate: Double { adam.learningRate }
    var epsilon: Double { adam.epsilon }
    var isForgetful: Bool { adam.isForgetful }
    func time(in turn: Turn) -> Int { adam.time(in: turn) }

    func direction(
      _ gradient: Matrix, at parameter: Matrix, remembering memory: inout [Matrix], in turn: Turn
    ) -> Matrix {
      var lambda = mistakes.contains(.growing) ? -lambda : lambda
      let isMixedIn = decay == .inGradient || decay == .twice
      let (first, root) = adam.quotient(
        isMixedIn ? gradient + lambda * parameter : gradient, at: parameter,
        remembering: &memory, in: turn)
      var step = (decay == .inQuotient ? first + lambda * parameter : first) / root
      if mistakes.contains(.stepAscending) { step = -step }
      if mistakes.contains(.stepWithoutLearningRate) { step = step / turn.rate }
      if mistakes.contains(.withoutLearningRate) { lambda /= turn.rate }
      if mistakes.contains(.learningRateSquared) { lambda *= turn.rate }
      let pull = lambda * parameter
      switch decay {
      case .missing, .inGradient, .inQuotient: return step
      case .fromUpdated: return step + lambda * (parameter - turn.rate * step)
      case .corrected:
        let t = Double(turn.step)
        return step + pull * (1 - pow(betas.1, t)).squareRoot() / (1 - pow(betas.0, t))
      case .doubled: return step + 2 * pull
      case .halved: return step + pull / 2
      case .ofSign: return step + lambda * parameter.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }
      case .ofGradient: return step + lambda * gradient
      case .sparesBiases where parameter.rows == 1: return step
      case .firstTensorOnly where turn.parameter > 0: return step
      default: return step + pull
      }
    }
  }
}

import Grading
import KataKit

package enum AdamMistake: String, OwnMistake {
  package typealias Shared = StepMistake

  case timeFromZero = "time-from-zero"
  case timeFromTwo = "time-from-two"
  case timePerTensor = "time-per-tensor"
  case betaNotRaised = "beta-not-raised"
  case momentsForgotten = "moments-forgotten"
  case noCorrection = "no-correction"
  case noFirstCorrection = "no-first-correction"
  case noSecondCorrection = "no-second-correction"
  case beta1CorrectsBoth = "beta1-corrects-both"
  case correctionMultiplied = "correction-multiplied"
  case correctedStored = "corrected-stored"
  case momentsTooLate = "moments-too-late"
  case betasSwapped = "betas-swapped"
  case betasSwappedInMoments = "betas-swapped-in-moments"
  case betasSwappedInCorrections = "betas-swapped-in-corrections"
  case gradientForFirst = "gradient-for-first-moment"
  case rmsProp = "rmsprop"
  case firstAddsBetaTimesGradient = "first-moment-adds-beta-times-gradient"
  case firstAddsWholeGradient = "first-moment-adds-whole-gradient"
  case firstWeightsSwapped = "first-moment-weights-swapped"
  case secondOfGradient = "second-moment-of-gradient"
  case secondOfParameters = "second-moment-of-parameters"
  case secondAddsBetaTimesSquare = "second-moment-adds-beta-times-square"
  case secondAddsWholeSquare = "second-moment-adds-whole-square"
  case secondWeightsSwapped = "second-moment-weights-swapped"
  case rootMissing = "root-missing"
  case noEpsilon = "no-epsilon"
  case epsilonIgnored = "epsilon-ignored"
  case settingsIgnored = "settings-ignored"

  package var sentence: String {
    switch self {
    case .timeFromZero:
      "Your first step has t = 0, where 1 − β⁰ is 0; add 1 to t before you divide."
    case .timeFromTwo: "Your first step has t = 2; it is t = 1."
    case .timePerTensor:
      "You count t up for every parameter matrix; it counts the steps, once a call."
    case .betaNotRaised: "You correct by 1 − β at every step; it is 1 − βᵗ."
    case .momentsForgotten: "You begin with m = 0 and v = 0 at every step; they live on."
    case .noCorrection: "You left out the bias correction; m and v begin at 0 and are too small."
    case .noFirstCorrection: "You did not correct the bias of m: m̂ = m / (1 − β₁ᵗ)."
    case .noSecondCorrection: "You did not correct the bias of v: v̂ = v / (1 − β₂ᵗ)."
    case .beta1CorrectsBoth: "You corrected v with β₁; it is v̂ = v / (1 − β₂ᵗ)."
    case .correctionMultiplied:
      "You multiplied by 1 − βᵗ to correct the bias; m and v are divided by it."
    case .correctedStored:
      "You stored m̂ and v̂ as the new m and v; the next step goes on from the uncorrected ones."
    case .momentsTooLate:
      "You moved the parameters before m and v had taken in the gradient of this step."
    case .betasSwappedInMoments:
      "You swapped β₁ and β₂ in the moments; β₁ belongs to m and β₂ to v."
    case .betasSwappedInCorrections:
      "You corrected m with β₂ and v with β₁; each is corrected with its own."
    case .betasSwapped: "You swapped β₁ and β₂; β₁ belongs to m and β₂ to v."
    case .gradientForFirst: "You stepped along g itself; Adam steps along its average m̂."
    case .rmsProp: "This is RMSProp, g / √v; Adam averages g, too, and corrects both for bias."
    case .firstAddsBetaTimesGradient: "You added β₁·g to m; it is (1 − β₁)·g."
    case .firstAddsWholeGradient: "You added g to m; it is (1 − β₁)·g."
    case .firstWeightsSwapped:
      "You kept 1 − β₁ of m and added β₁·g; it is the other way about."
    case .secondOfGradient: "You averaged g in v; it is g², elementwise."
    case .secondOfParameters: "You averaged the squares of the parameters in v; it is g²."
    case .secondAddsBetaTimesSquare: "You added β₂·g² to v; it is (1 − β₂)·g²."
    case .secondAddsWholeSquare: "You added g² to v; it is (1 − β₂)·g²."
    case .secondWeightsSwapped:
      "You kept 1 − β₂ of v and added β₂·g²; it is the other way about."
    case .rootMissing: "You divided by v̂; it is √v̂."
    case .noEpsilon: "You left out ε: where every gradient was 0, the step is 0/0."
    case .epsilonIgnored:
      "The ε that your optimiser is made with makes no difference to its steps."
    case .settingsIgnored:
      "You used the default hyperparameters, whatever your optimiser was made with."
    }
  }

  package var site: String {
    switch self {
    case .betasSwapped, .betasSwappedInMoments, .betasSwappedInCorrections: "betas"
    case .timeFromZero, .timeFromTwo, .timePerTensor, .betaNotRaised, .momentsForgotten,
      .correctedStored:
      StepMistake.stateForgotten.site
    case .noCorrection, .noFirstCorrection, .noSecondCorrection, .beta1CorrectsBoth,
      .correctionMultiplied, .gradientForFirst, .rmsProp:
      "correction"
    case .firstAddsBetaTimesGradient, .firstAddsWholeGradient, .firstWeightsSwapped: "m"
    case .secondOfGradient, .secondOfParameters, .secondAddsBetaTimesSquare,
      .secondAddsWholeSquare, .secondWeightsSwapped:
      "v"
    case .noEpsilon, .epsilonIgnored, .settingsIgnored: StepMistake.epsilonBound.site
    default: rawValue
    }
  }
}

extension AdamSuite {
  /// m̂ / (√v̂ + ε), with any of the mistakes made on purpose.
  struct Rule: UpdateRule {
    static let memories = 2

    let learningRate: Double
    let epsilon: Double
    /// β₁ and β₂ as the moments take them, and as the corrections do.
    private var betas: (Double, Double)
    private var correctionBetas: (Double, Double)
    // What is wrong at each site; comparing cases is quicker than asking a set.
    private let memory, first, second, correction: AdamMistake?
    private let isLate, isRootMissing: Bool

    init(_ settings: AdamSettings, making mistakes: Set<AdamMistake>) {
      let settings = mistakes.contains(.settingsIgnored) ? AdamSettings() : settings
      learningRate = settings.learningRate
      epsilon =
        mistakes.contains(.epsilonIgnored)
        ? AdamSettings().epsilon : mistakes.contains(.noEpsilon) ? 0 : settings.epsilon
      betas = (settings.beta1, settings.beta2)
      correctionBetas = betas
      memory = mistakes.made(at: AdamMistake.betaNotRaised.site)
      first = mistakes.made(at: AdamMistake.firstAddsWholeGradient.site)
      second = mistakes.made(at: AdamMistake.secondAddsWholeSquare.site)
      correction = mistakes.made(at: AdamMistake.noCorrection.site)
      isLate = mistakes.contains(.momentsTooLate)
      isRootMissing = mistakes.contains(.rootMissing)
      switch mistakes.made(at: AdamMistake.betasSwapped.site) {
      case .betasSwappedInMoments: betas = (betas.1, betas.0)
      case .betasSwappedInCorrections: correctionBetas = (betas.1, betas.0)
      case .betasSwapped:
        betas = (betas.1, betas.0)
        correctionBetas = betas
      default: break
      }
      if case .beta1CorrectsBoth = correction { correctionBetas.1 = correctionBetas.0 }
    }

    var isForgetful: Bool { if case .momentsForgotten = memory { true } else { false } }

    func time(in turn: Turn) -> Int {
      guard case .timePerTensor = memory else { return turn.step }
      return (turn.step - 1) * turn.parameters + turn.parameter + 1
    }

    func direction(
      _ gradient: Matrix, at parameter: Matrix, remembering memory: inout [Matrix], in turn: Turn
    ) -> Matrix {
      let (first, root) = quotient(gradient, at: parameter, remembering: &memory, in: turn)
      return first / root
    }

    /// m̂ and √v̂ + ε, and the moments brought up to date.
    func quotient(
      _ g: Matrix, at parameter: Matrix, remembering moments: inout [Matrix], in turn: Turn
    ) -> (first: Matrix, root: Matrix) {
      let old = moments
      moments = [m(old[0], g), v(old[1], g, parameter)]
      var (m, v) = isLate ? (old[0], old[1]) : (moments[0], moments[1])
      correct(&m, &v, t: time(in: turn))
      if case .correctedStored = memory { moments = [m, v] }
      switch correction {
      case .gradientForFirst, .rmsProp: m = g
      default: break
      }
      return (m, turn.sum(isRootMissing ? v : sqrt(v), epsilon))
    }

    private func m(_ m: Matrix, _ g: Matrix) -> Matrix {
      let beta = betas.0
      switch first {
      case .firstAddsBetaTimesGradient: return beta * m + beta * g
      case .firstAddsWholeGradient: return beta * m + g
      case .firstWeightsSwapped: return (1 - beta) * m + beta * g
      default: return beta * m + (1 - beta) * g
      }
    }

    private func v(_ v: Matrix, _ g: Matrix, _ parameter: Matrix) -> Matrix {
      let beta = betas.1
      switch second {
      case .secondOfGradient: return beta * v + (1 - beta) * g
      case .secondOfParameters: return beta * v + (1 - beta) * parameter * parameter
      case .secondAddsBetaTimesSquare: return beta * v + beta * g * g
      case .secondAddsWholeSquare: return beta * v + g * g
      case .secondWeightsSwapped: return (1 - beta) * v + beta * g * g
      default: return beta * v + (1 - beta) * g * g
      }
    }

    private func correct(_ m: inout Matrix, _ v: inout Matrix, t: Int) {
      var power = Double(t)
      switch memory {
      case .betaNotRaised: power = 1
      case .timeFromZero: power -= 1
      case .timeFromTwo: power += 1
      default: break
      }
      let weight1 = 1 - pow(correctionBetas.0, power)
      let weight2 = 1 - pow(correctionBetas.1, power)
      switch correction {
      case .noCorrection, .rmsProp: break
      case .noFirstCorrection: v /= weight2
      case .noSecondCorrection: m /= weight1
      case .correctionMultiplied:
        m *= weight1
        v *= weight2
      default:
        m /= weight1
        v /= weight2
      }
    }
  }
}

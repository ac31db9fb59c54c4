import Grading
import KataKit

extension AdamSuite {
  package enum Slip: String, Mistake {
    case timeFromZero = "time-from-zero"
    case timeFromTwo = "time-from-two"
    case timePerTensor = "time-per-tensor"
    case betaNotRaised = "beta-not-raised"
    case momentsForgotten = "moments-forgotten"
    case stateForgotten = "state-forgotten"
    case stateShared = "state-shared"
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
    case learningRateMissing = "learning-rate-missing"
    case learningRateTwice = "learning-rate-twice"
    case learningRateDecays = "learning-rate-decays"
    case ascending
    case l2MixedIn = "l2-mixed-in"
    case weightDecay = "weight-decay"
    case onlyFirstTensor = "only-first-tensor"

    package var sentence: String {
      switch self {
      case .timeFromZero:
        "Your first step has t = 0, where 1 − β⁰ is 0; add 1 to t before you divide."
      case .timeFromTwo: "Your first step has t = 2; it is t = 1."
      case .timePerTensor:
        "You count t up for every parameter matrix; it counts the steps, once a call."
      case .betaNotRaised: "You correct by 1 − β at every step; it is 1 − βᵗ."
      case .momentsForgotten: "You begin with m = 0 and v = 0 at every step; they live on."
      case .stateForgotten: "You begin anew at every step; m, v and t live on between the calls."
      case .stateShared: "Your parameters share one m and v; each has its own."
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
      case .learningRateMissing: "You did not multiply the step by the learning rate."
      case .learningRateTwice: "You applied the learning rate twice."
      case .learningRateDecays: "You divided the learning rate by √t; it stays as it is."
      case .ascending: "You added the step; to descend, subtract it."
      case .l2MixedIn: "You added 0.01·θ to the gradient; Adam alone has no L2 term."
      case .weightDecay: "You let the parameters decay by 0.01·learningRate, as AdamW does."
      case .onlyFirstTensor: "You moved the first parameter matrix only."
      }
    }

    package var site: String {
      switch self {
      case .betasSwapped, .betasSwappedInMoments, .betasSwappedInCorrections: "betas"
      case .timeFromZero, .timeFromTwo, .timePerTensor, .betaNotRaised, .momentsForgotten,
        .stateForgotten, .correctedStored:
        "memory"
      case .noCorrection, .noFirstCorrection, .noSecondCorrection, .beta1CorrectsBoth,
        .correctionMultiplied, .gradientForFirst, .rmsProp:
        "correction"
      case .firstAddsBetaTimesGradient, .firstAddsWholeGradient,
        .firstWeightsSwapped:
        "m"
      case .secondOfGradient, .secondOfParameters, .secondAddsBetaTimesSquare,
        .secondAddsWholeSquare, .secondWeightsSwapped:
        "v"
      case .noEpsilon, .epsilonIgnored, .settingsIgnored: "settings"
      case .learningRateMissing, .learningRateTwice, .learningRateDecays: "learning rate"
      case .l2MixedIn, .weightDecay: "decay"
      default: rawValue
      }
    }
  }

  /// Adam that can make any of the mistakes on purpose.
  struct Reference: AdamKata {
    private let settings: AdamSettings
    private let mistakes: Set<Slip>
    private var t = 0
    private var m: [Matrix] = []
    private var v: [Matrix] = []

    init(_ settings: AdamSettings, making mistakes: Set<Slip>) {
      self.mistakes = mistakes
      var settings = mistakes.contains(.settingsIgnored) ? AdamSettings() : settings
      if mistakes.contains(.epsilonIgnored) { settings.epsilon = 1e-8 }
      if mistakes.contains(.noEpsilon) { settings.epsilon = 0 }
      if mistakes.contains(.betasSwapped) { swap(&settings.beta1, &settings.beta2) }
      self.settings = settings
    }

    init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double) {
      var settings = AdamSettings()
      (settings.learningRate, settings.epsilon) = (learningRate, epsilon)
      (settings.beta1, settings.beta2) = (beta1, beta2)
      self.init(settings, making: [])
    }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
      if makes(.stateForgotten) { t = 0 }
      if t == 0 || makes(.momentsForgotten) {
        m = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
        v = m
      }
      // One state for all only computes anything where all have the same shape.
      let isShared =
        makes(.stateShared) && parameters.allSatisfy { $0.shape == parameters[0].shape }
      if !makes(.timePerTensor) { t += 1 }
      for k in parameters.indices {
        if makes(.timePerTensor) { t += 1 }
        let move = move(of: parameters[k], gradients[k], state: isShared ? 0 : k)
        if makes(.onlyFirstTensor), k > 0 { continue }
        if makes(.weightDecay) { parameters[k] *= 1 - 0.01 * settings.learningRate }
        parameters[k] += makes(.ascending) ? move : -move
      }
    }

    /// learningRate · m̂ / (√v̂ + ε), and the moments brought up to date.
    private mutating func move(of parameter: Matrix, _ gradient: Matrix, state k: Int) -> Matrix {
      let g = makes(.l2MixedIn) ? gradient + 0.01 * parameter : gradient
      let (oldM, oldV) = (m[k], v[k])
      m[k] = first(m[k], g)
      v[k] = second(v[k], g, parameter)
      let isLate = makes(.momentsTooLate)
      let (mHat, vHat) = corrected(isLate ? oldM : m[k], isLate ? oldV : v[k])
      if makes(.correctedStored) { (m[k], v[k]) = (mHat, vHat) }
      let direction = makes(.gradientForFirst) || makes(.rmsProp) ? g : mHat
      return rate * direction / ((makes(.rootMissing) ? vHat : sqrt(vHat)) + settings.epsilon)
    }

    private var rate: Double {
      let rate = settings.learningRate
      if makes(.learningRateDecays) { return rate / Double(t).squareRoot() }
      if makes(.learningRateTwice) { return rate * rate }
      return makes(.learningRateMissing) ? 1 : rate
    }

    private func first(_ m: Matrix, _ g: Matrix) -> Matrix {
      let beta = makes(.betasSwappedInMoments) ? settings.beta2 : settings.beta1
      if makes(.firstAddsBetaTimesGradient) { return beta * m + beta * g }
      if makes(.firstAddsWholeGradient) { return beta * m + g }
      return makes(.firstWeightsSwapped) ? (1 - beta) * m + beta * g : beta * m + (1 - beta) * g
    }

    private func second(_ v: Matrix, _ g: Matrix, _ parameter: Matrix) -> Matrix {
      let beta = makes(.betasSwappedInMoments) ? settings.beta1 : settings.beta2
      if makes(.secondOfGradient) { return beta * v + (1 - beta) * g }
      if makes(.secondOfParameters) { return beta * v + (1 - beta) * parameter * parameter }
      if makes(.secondAddsBetaTimesSquare) { return beta * v + beta * g * g }
      if makes(.secondAddsWholeSquare) { return beta * v + g * g }
      return makes(.secondWeightsSwapped)
        ? (1 - beta) * v + beta * g * g : beta * v + (1 - beta) * g * g
    }

    private func corrected(_ m: Matrix, _ v: Matrix) -> (m: Matrix, v: Matrix) {
      let power = Double(
        makes(.betaNotRaised)
          ? 1 : makes(.timeFromZero) ? t - 1 : makes(.timeFromTwo) ? t + 1 : t)
      let isSwapped = makes(.betasSwappedInCorrections)
      let first = 1 - pow(isSwapped ? settings.beta2 : settings.beta1, power)
      let isBeta1 = isSwapped || makes(.beta1CorrectsBoth)
      let second = 1 - pow(isBeta1 ? settings.beta1 : settings.beta2, power)
      if makes(.noCorrection) || makes(.rmsProp) { return (m, v) }
      if makes(.noFirstCorrection) { return (m, v / second) }
      if makes(.noSecondCorrection) { return (m / first, v) }
      return makes(.correctionMultiplied) ? (m * first, v * second) : (m / first, v / second)
    }
  }
}

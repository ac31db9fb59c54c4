import Grading
import KataKit

extension BinaryCrossEntropySuite {
  package enum Slip: ListedMistake {
    case mean(WrongMean)
    case unclipped(Unclipped, WrongMean.Place)
    case clipping(WrongClipping)
    case coarse(WrongMean.Place)
    case targets(HardTargets, WrongMean.Place)
    case loss(WrongLoss)
    case arguments(SwappedArguments)
    case base(WrongBase)
    case gradient(WrongGradient)
    case lossSign
    case gradientSign
    case sigmoid
    case remembered

    /// What comes of probabilities of 0 and 1 that are not clipped.
    package enum Unclipped: String, CaseIterable, Sendable {
      case notANumber = "not-clipped"
      case infinite = "infinite-where-wrong"
    }

    /// What stands for p clipped to [ε, 1 − ε].
    package enum WrongClipping: String, CaseIterable, Sendable {
      case belowOnly = "clipped-below-only"
      case epsilonSubtracted = "epsilon-subtracted"
      case gradientStops = "gradient-stops-at-clipping"
    }

    /// The logarithms of the targets, clipped at ε or not, in place of the probabilities'.
    package enum SwappedArguments: Double, CaseIterable, Sendable {
      case clippedAtTenMillionth = 1e-7
      case clippedAtTrillionth = 1e-12
      case clippedAtQuadrillionth = 1e-15
      case unclipped = 0
    }

    /// A decision by the target, which soft targets do not leave.
    package enum HardTargets: String, CaseIterable, Sendable {
      case isOne = "target-compared-to-one"
      case isOverHalf = "targets-rounded"
    }

    package enum WrongLoss: String, CaseIterable, Sendable {
      case secondTermSubtracted = "loss-parentheses"
      case secondTermMissing = "loss-second-term-missing"
      case swapped = "loss-targets-swapped"
    }

    package enum WrongBase: Double, CaseIterable, Sendable {
      case two = 2
      case ten = 10
    }

    package enum WrongGradient: String, CaseIterable, Sendable {
      case logits = "gradient-by-logits"
      case multiplied = "gradient-multiplied"
      case squaredError = "gradient-of-squared-error"
      case secondTermSubtracted = "gradient-parentheses"
      case secondTermMissing = "gradient-second-term-missing"
      case dividedByProbability = "gradient-divided-by-p-only"
      case precedence = "gradient-precedence"
      case swapped = "gradient-targets-swapped"
      case summedOverRows = "gradient-summed-over-rows"
    }

    package static let allCases: [Slip] =
      WrongMean.all.map(Slip.mean)
      + Unclipped.allCases.flatMap { unclipped in
        WrongMean.Place.allCases.map { .unclipped(unclipped, $0) }
      }
      + WrongClipping.allCases.map(Slip.clipping) + WrongMean.Place.allCases.map(Slip.coarse)
      + HardTargets.allCases.flatMap { hard in
        WrongMean.Place.allCases.map { .targets(hard, $0) }
      }
      + WrongLoss.allCases.map(Slip.loss) + SwappedArguments.allCases.map(Slip.arguments)
      + WrongBase.allCases.map(Slip.base) + WrongGradient.allCases.map(Slip.gradient)
      + [.lossSign, .gradientSign, .sigmoid, .remembered]

    package init?(rawValue: String) {
      guard let slip = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = slip
    }

    package var rawValue: String {
      switch self {
      case .mean(let wrong): wrong.id
      case .unclipped(let unclipped, let place): place.rawValue + unclipped.rawValue
      case .clipping(let wrong): wrong.rawValue
      case .coarse(let place): place.rawValue + "epsilon-too-large"
      case .targets(let hard, let place): place.rawValue + hard.rawValue
      case .loss(let wrong): wrong.rawValue
      case .arguments(.unclipped): "loss-arguments-swapped"
      case .arguments(let wrong): "loss-arguments-swapped-\(Numbers.brief(wrong.rawValue))"
      case .base(let base): "log-base-\(Int(base.rawValue))"
      case .gradient(let wrong): wrong.rawValue
      case .lossSign: "loss-sign-flipped"
      case .gradientSign: "gradient-sign-flipped"
      case .sigmoid: "sigmoid-of-probabilities"
      case .remembered: "last-call-remembered"
      }
    }

    package var sentence: String {
      switch self {
      case .mean(let wrong): wrong.sentence
      case .unclipped(let unclipped, let place): unclipped.sentence(place)
      case .clipping(let wrong): wrong.sentence
      case .coarse(let place):
        "Your ε in the \(place.words) is too large, which shows at small p; it is 1e-7 or less."
      case .targets(let hard, let place): hard.sentence(place)
      case .loss(.secondTermSubtracted):
        "Your minus sign reaches the first term only: −(t·ln p + (1 − t)·ln(1 − p))."
      case .loss(.secondTermMissing):
        "Your loss is t·ln p alone; where t is 0 it is (1 − t)·ln(1 − p) that counts."
      case .loss(.swapped): "Your loss has p and 1 − p swapped: t goes with ln p."
      case .arguments:
        "Your loss takes the logarithms of the targets; it is t·ln p, the logarithm of p."
      case .base(let base):
        "Your loss uses log\(base == .two ? "₂" : "₁₀"); the logarithm is the natural one."
      case .gradient(let wrong): wrong.sentence
      case .lossSign: "Your loss lacks its minus sign."
      case .gradientSign: "Your gradient has the wrong sign; it goes with p − t, not with t − p."
      case .sigmoid: "You applied the sigmoid again; what comes in are probabilities, not logits."
      case .remembered:
        "Your gradient answers from the last call of loss; it is handed arguments of its own: use those."
      }
    }

    package var site: String {
      switch self {
      case .mean: "mean"
      case .unclipped, .clipping, .coarse: "clipping"
      case .targets: "targets"
      case .loss, .arguments, .base: "loss"
      case .gradient, .remembered: "gradient"
      case .lossSign, .gradientSign, .sigmoid: rawValue
      }
    }
  }

  /// Binary cross-entropy that can make any of the mistakes on purpose.
  struct Reference: BinaryCrossEntropyKata {
    private var mistakes: Set<Slip> = []
    private var wrongMean: WrongMean?
    private var unclipped: (Slip.Unclipped, WrongMean.Place)?
    private var wrongClipping: Slip.WrongClipping?
    private var coarse: WrongMean.Place?
    private var hardTargets: (Slip.HardTargets, WrongMean.Place)?
    private var wrongLoss: Slip.WrongLoss?
    private var swappedArguments: Slip.SwappedArguments?
    private var wrongGradient: Slip.WrongGradient?
    private var base = 1.0
    private var memory: Memory<Matrix>?

    init() {}

    init(mistakes: Set<Slip>) {
      self.mistakes = mistakes
      for mistake in mistakes {
        switch mistake {
        case .mean(let wrong): wrongMean = wrong
        case .unclipped(let wrong, let place): unclipped = (wrong, place)
        case .clipping(let wrong): wrongClipping = wrong
        case .coarse(let place): coarse = place
        case .targets(let hard, let place): hardTargets = (hard, place)
        case .loss(let wrong): wrongLoss = wrong
        case .arguments(let wrong): swappedArguments = wrong
        case .base(let wrong): base = log(wrong.rawValue)
        case .gradient(let wrong): wrongGradient = wrong
        case .remembered: memory = Memory()
        case .lossSign, .gradientSign, .sigmoid: break
        }
      }
    }

    func loss(probabilities: Matrix, targets: Matrix) -> Double {
      memory?.last = probabilities
      var t = effective(targets, unless: .gradient)
      var (p, q) = clipped(probabilities, unless: .gradient)
      if let epsilon = swappedArguments?.rawValue {
        (t, p) = (p, t.map { min(max($0, epsilon), 1 - epsilon) })
        q = 1 - p
      }
      let (first, second) = (product(t, log(p)), product(1 - t, log(q)))
      let sum =
        switch wrongLoss {
        case .secondTermSubtracted: (first - second).sum()
        case .secondTermMissing: first.sum()
        case .swapped: (product(t, log(q)) + product(1 - t, log(p))).sum()
        case nil: (first + second).sum()
        }
      let loss = -sum / base / wrongMean.lossDivisor(targets)
      return mistakes.contains(.lossSign) ? -loss : loss
    }

    func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
      let probabilities = memory?.last(like: probabilities) ?? probabilities
      let t = effective(targets, unless: .loss)
      let (p, q) = clipped(probabilities, unless: .loss)
      let (first, second) = (product(t, 1 / p), product(1 - t, 1 / q))
      var gradient =
        switch wrongGradient {
        case .logits: p - t
        case .multiplied: (p - t) * p * q
        case .squaredError: 2 * (p - t)
        case .secondTermSubtracted: -first - second
        case .secondTermMissing: -first
        case .dividedByProbability: (p - t) / p
        case .precedence: (p - t) / p * q
        case .swapped: product(t, 1 / q) - product(1 - t, 1 / p)
        case .summedOverRows, nil: second - first
        }
      if wrongClipping == .gradientStops {
        gradient = gradient * probabilities.map { $0 < 1e-12 || $0 > 1 - 1e-12 ? 0 : 1 }
      }
      gradient /= wrongMean.gradientDivisor(targets)
      if mistakes.contains(.gradientSign) { gradient = -gradient }
      return wrongGradient == .summedOverRows ? gradient.sum(axis: 0) : gradient
    }

    private func effective(_ targets: Matrix, unless other: WrongMean.Place) -> Matrix {
      guard let (hard, place) = hardTargets, place != other else { return targets }
      return hard == .isOne ? targets.map { $0 == 1 ? 1 : 0 } : targets .> 0.5
    }

    /// p and 1 − p as they go into logarithms and divisors.
    private func clipped(
      _ probabilities: Matrix, unless other: WrongMean.Place
    ) -> (p: Matrix, q: Matrix) {
      let p =
        mistakes.contains(.sigmoid)
        ? probabilities.map { 1 / (1 + exp(-$0)) } : probabilities
      if let (_, place) = unclipped, place != other { return (p, 1 - p) }
      let isCoarse = coarse.map { $0 != other } ?? false
      let epsilon = isCoarse ? 1e-6 : 1e-12
      switch wrongClipping {
      case .belowOnly: return (maximum(p, epsilon), 1 - maximum(p, epsilon))
      case .epsilonSubtracted: return (p + epsilon, 1 - (p + epsilon))
      default:
        let clipped = p.map { min(max($0, epsilon), 1 - epsilon) }
        return (clipped, 1 - clipped)
      }
    }

    /// 0 · ∞ is 0 only where a branch on the target keeps the two apart.
    private func product(_ weights: Matrix, _ values: Matrix) -> Matrix {
      guard case .infinite = unclipped?.0 else { return weights * values }
      let products = zip(weights.elements, values.elements).map { $0 == 0 ? 0 : $0 * $1 }
      return Matrix(rows: weights.rows, columns: weights.columns, elements: products)
    }
  }
}

extension BinaryCrossEntropySuite.Slip.Unclipped {
  fileprivate func sentence(_ place: WrongMean.Place) -> String {
    let consequence =
      switch self {
      case .notANumber: "at 0 and 1 it comes to 0 · ∞ or 0/0"
      case .infinite: "where it is 0 and the target 1, infinities come out"
      }
    return "You do not clip p in the \(place.words): \(consequence)."
  }
}

extension BinaryCrossEntropySuite.Slip.WrongClipping {
  fileprivate var sentence: String {
    switch self {
    case .belowOnly:
      "At p = 1 your 1 − p is 0; clip p at 1 − ε, too, with an ε that leaves it less than 1."
    case .epsilonSubtracted:
      "Your ε is subtracted in 1 − (p + ε), which is below 0 at p = 1; it is 1 − p + ε."
    case .gradientStops:
      "Your gradient is 0 where p is clipped; it is the slope at the clipped p, which is steep."
    }
  }
}

extension BinaryCrossEntropySuite.Slip.HardTargets {
  fileprivate func sentence(_ place: WrongMean.Place) -> String {
    let verb = self == .isOne ? "compare the targets to 1" : "round the targets"
    return "In the \(place.words) you \(verb); soft ones weigh both terms, by t and 1 − t."
  }
}

extension BinaryCrossEntropySuite.Slip.WrongGradient {
  fileprivate var sentence: String {
    switch self {
    case .logits:
      "Your gradient p − t is with respect to the logits; by the probabilities it is over p·(1 − p)."
    case .multiplied: "You multiplied p − t by p·(1 − p); it is divided by it."
    case .squaredError: "Your gradient is 2·(p − t), that of the squared error."
    case .secondTermSubtracted:
      "The second term of your gradient has the wrong sign: −t/p + (1 − t)/(1 − p)."
    case .secondTermMissing: "Your gradient is −t/p alone; (1 − t)/(1 − p) is missing."
    case .dividedByProbability: "You divided p − t by p alone; divide by p·(1 − p)."
    case .precedence: "(p − t) / p * (1 − p) multiplies by 1 − p; put the divisor in parentheses."
    case .swapped: "Your gradient has p and 1 − p swapped: t is divided by p."
    case .summedOverRows:
      "You reduced the gradient over the rows; it has the shape of the probabilities."
    }
  }
}

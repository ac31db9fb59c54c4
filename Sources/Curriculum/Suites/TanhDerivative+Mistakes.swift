import Grading
import KataKit

extension TanhDerivativeSuite {
  package enum Slip: ComposedMistake {
    /// The slope is made from the value, and may call it.
    case value(WrongValue, Place)
    /// The formula of the slope; `backward` may repeat it.
    case formula(WrongFormula, Place)
    /// Only the slope at z.
    case slope(WrongSlope)
    case step(WrongStep)

    /// What stands for tanh(z).
    package enum WrongValue: String, CaseIterable, Sendable {
      case overflow
      case overflowAbove = "overflow-above"
      case overflowBelow = "overflow-below"
      case half = "of-half"
      case sigmoid
      case unshifted = "not-shifted"
      case mirrored
      case inverted
      case sinh
      case parentheses = "without-parentheses"
      case tan
      case absolute
      case hard = "hard-tanh"
      case softsign
    }

    /// What stands for 1 − a², where a = tanh(z).
    package enum WrongFormula: String, CaseIterable, Sendable {
      case value = "slope-is-value"
      case unsquared = "slope-not-squared"
      case plus = "slope-plus"
      case square = "slope-squared-value"
      case negative = "slope-negative"
      case squaredDifference = "slope-squared-difference"
      case sigmoid = "slope-of-sigmoid"
    }

    package enum WrongSlope: String, CaseIterable, Sendable {
      case ofActivation = "slope-of-activation"
      case activatedTwice = "slope-activated-twice"
      case sech = "slope-is-one-over-cosh"
    }

    /// What stands for upstream ⊙ (1 − A²).
    package enum WrongStep: String, CaseIterable, Sendable {
      case activatedAgain = "activation-activated-again"
      case overwritten = "upstream-overwritten"
      case ofUpstream = "slope-at-upstream"
      case matrixProduct = "matrix-product"
      case divided = "upstream-divided"
      case parentheses = "without-parentheses"
    }

    package static let allCases: [Slip] =
      WrongValue.allCases.flatMap { wrong in
        (wrong.keepsSlope ? [.everywhere] : Place.allCases).map { .value(wrong, $0) }
      }
      + WrongFormula.allCases.flatMap { wrong in Place.allCases.map { .formula(wrong, $0) } }
      + WrongSlope.allCases.map(Slip.slope) + WrongStep.allCases.map(Slip.step)

    package var rawValue: String {
      switch self {
      case .value(let wrong, let place): "value-\(wrong.rawValue)\(place.suffix("slope"))"
      case .formula(let wrong, let place): wrong.rawValue + place.suffix("backward")
      case .slope(let wrong): wrong.rawValue
      case .step(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .value(let wrong, .callerOnly): "The tanh that your slope is made from " + wrong.words
      case .value(let wrong, _): "Your value " + wrong.words
      case .formula(let wrong, .callerOnly):
        "The slope that backward multiplies by " + wrong.words
      case .formula(let wrong, _): "Your slope " + wrong.words
      case .slope(let wrong): "Your slope " + wrong.words
      case .step(let wrong): wrong.words
      }
    }

    /// A wrong value that the slope knows nothing of is at the slope's site: beside a wrong slope that
    /// does not use the value, it would be the same as one that is everywhere.
    package var site: String {
      switch self {
      case .value(_, .everywhere): "value"
      case .step: "step back"
      default: "slope"
      }
    }
  }

  /// tanh with any of the mistakes on purpose.
  struct Reference: TanhDerivativeKata {
    private var wrongValue: Slip.WrongValue?
    private var wrongValueInSlope: Slip.WrongValue?
    private var formula: (Slip.WrongFormula, Place)?
    private var wrongSlope: Slip.WrongSlope?
    private var wrongStep: Slip.WrongStep?

    init() {}

    init(mistakes: Set<Slip>) {
      for case .value(let wrong, .everywhere) in mistakes {
        (wrongValue, wrongValueInSlope) = (wrong, wrong)
      }
      for mistake in mistakes {
        switch mistake {
        case .value(let wrong, .calleeOnly): wrongValue = wrongValue ?? wrong
        case .value(let wrong, .callerOnly): wrongValueInSlope = wrong
        case .value(_, .everywhere): break
        case .formula(let wrong, let place): formula = (wrong, place)
        case .slope(let wrong): wrongSlope = wrong
        case .step(let wrong): wrongStep = wrong
        }
      }
    }

    func value(at z: Matrix) -> Matrix { wrongValue?.evaluated(at: z) ?? tanh(z) }

    private func valueInSlope(at z: Matrix) -> Matrix {
      wrongValueInSlope?.evaluated(at: z) ?? tanh(z)
    }

    func slope(at z: Matrix) -> Matrix {
      let a = valueInSlope(at: z)
      switch wrongSlope {
      case .ofActivation: return 1 - z * z
      case .activatedTwice: return Slip.WrongFormula.right(valueInSlope(at: a))
      case .sech: return 1 / z.map { cosh($0) }
      case nil: break
      }
      if let (wrong, place) = formula, place != .callerOnly { return wrong.evaluated(of: a) }
      return Slip.WrongFormula.right(a)
    }

    /// ∂L/∂Z = ∂L/∂A ⊙ (1 − A²).
    func backward(upstream: Matrix, activation: Matrix) -> Matrix {
      func slope(_ a: Matrix) -> Matrix {
        if let (wrong, place) = formula, place != .calleeOnly { return wrong.evaluated(of: a) }
        return Slip.WrongFormula.right(a)
      }
      let slopeOfActivation = slope(activation)
      switch wrongStep {
      case .activatedAgain: return upstream * slope(valueInSlope(at: activation))
      case .overwritten: return slopeOfActivation
      case .ofUpstream: return upstream * slope(upstream)
      case .matrixProduct where slopeOfActivation.rows == slopeOfActivation.columns:
        return upstream.matmul(slopeOfActivation)
      case .parentheses: return upstream - 1 + slopeOfActivation
      case .divided: return upstream / slopeOfActivation
      case .matrixProduct, nil: return upstream * slopeOfActivation
      }
    }
  }
}

extension TanhDerivativeSuite.Slip.WrongValue {
  /// Whether 1 − v² is right all the same.
  fileprivate var keepsSlope: Bool { self == .mirrored || self == .absolute }

  fileprivate var words: String {
    switch self {
    case .overflow:
      "is ∞/∞ at ±1000, where exp overflows; use tanh, or the exponential that is small."
    case .overflowAbove:
      "is ∞/∞ for large z, where exp(2z) overflows; use tanh, or the exponential that is small."
    case .overflowBelow:
      "is ∞/∞ far below 0, where exp(−2z) overflows; use tanh, or the exponential that is small."
    case .half: "is tanh(z/2), with exp(z) for exp(2z)."
    case .sigmoid: "is σ(z), the sigmoid; tanh(z) is 2σ(2z) − 1."
    case .unshifted: "is 2σ(2z); tanh(z) is 2σ(2z) − 1."
    case .mirrored: "has the wrong sign; tanh(z) has the sign of z."
    case .inverted: "is 1/tanh(z), upside down; the sum of exponentials is the denominator."
    case .sinh: "is sinh(z); the denominator exp(z) + exp(−z) is missing."
    case .parentheses: "lacks parentheses around numerator and denominator."
    case .tan: "is tan(z), that of the circle; the hyperbolic one is tanh."
    case .absolute: "is |tanh(z)|; tanh(z) has the sign of z."
    case .hard: "is z cut to −1 … 1, the hard tanh; tanh is smooth."
    case .softsign: "is z/(1 + |z|), softsign; it comes near ±1 much more slowly than tanh."
    }
  }

  fileprivate func evaluated(at z: Matrix) -> Matrix {
    switch self {
    case .overflow: (exp(z) - exp(-z)) / (exp(z) + exp(-z))
    case .overflowAbove: (exp(2 * z) - 1) / (exp(2 * z) + 1)
    case .overflowBelow: (1 - exp(-2 * z)) / (1 + exp(-2 * z))
    case .half: KataKit.tanh(z / 2)
    case .sigmoid: 1 / (1 + exp(-z))
    case .unshifted: 2 / (1 + exp(-2 * z))
    case .mirrored: KataKit.tanh(-z)
    case .inverted: 1 / KataKit.tanh(z)
    case .sinh: (exp(z) - exp(-z)) / 2
    case .parentheses: exp(z) - exp(-z) / exp(z) + exp(-z)
    case .tan: z.map { KataKit.tan($0) }
    case .absolute: abs(KataKit.tanh(z))
    case .hard: z.map { min(max($0, -1), 1) }
    case .softsign: z / (1 + abs(z))
    }
  }
}

extension TanhDerivativeSuite.Slip.WrongFormula {
  fileprivate static func right(_ a: Matrix) -> Matrix { 1 - a * a }

  fileprivate var words: String {
    switch self {
    case .value: "is tanh itself; it is 1 − tanh²."
    case .unsquared: "is 1 − tanh, without the square; it is 1 − tanh²."
    case .plus: "is 1 + tanh²; the sign is −: 1 − tanh²."
    case .square: "is tanh²; it is 1 − tanh²."
    case .negative: "is tanh² − 1, with the wrong sign; tanh rises, so it is positive."
    case .squaredDifference: "is (1 − tanh)²; only tanh is squared: 1 − tanh²."
    case .sigmoid: "is tanh·(1 − tanh), the sigmoid's with tanh in it; it is 1 − tanh²."
    }
  }

  fileprivate func evaluated(of a: Matrix) -> Matrix {
    switch self {
    case .value: a
    case .unsquared: 1 - a
    case .plus: 1 + a * a
    case .square: a * a
    case .negative: a * a - 1
    case .squaredDifference: (1 - a) * (1 - a)
    case .sigmoid: a * (1 - a)
    }
  }
}

extension TanhDerivativeSuite.Slip.WrongSlope {
  fileprivate var words: String {
    switch self {
    case .ofActivation: "is 1 − z², as if z were activated already; take tanh(z) first."
    case .activatedTwice: "is taken at tanh(z), with tanh applied twice; take it at z."
    case .sech: "is 1/cosh(z), without the square; 1 − tanh² is 1/cosh²."
    }
  }
}

extension TanhDerivativeSuite.Slip.WrongStep {
  fileprivate var words: String {
    switch self {
    case .activatedAgain:
      "Your backward applies tanh to the activation again; the slope there is 1 − a²."
    case .overwritten:
      "Your backward returns the slope; it is the upstream gradient times the slope."
    case .ofUpstream:
      "Your backward takes the slope at the upstream gradient; it is made from the activation."
    case .matrixProduct:
      "You took the matrix product of upstream and slope; they are multiplied elementwise."
    case .parentheses:
      "Your backward lacks parentheses: upstream * 1 - a * a is upstream − a²."
    case .divided: "You divided the upstream gradient by the slope; multiply by it."
    }
  }
}

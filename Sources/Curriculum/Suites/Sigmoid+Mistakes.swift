import Grading
import KataKit

extension SigmoidSuite {
  package enum Slip: ComposedMistake {
    /// The slope is made from the value, and may call it.
    case value(WrongValue, Place)
    case slope(WrongSlope)

    /// What stands for 1/(1 + e⁻ᶻ).
    package enum WrongValue: String, CaseIterable, Sendable {
      case overflowAbove = "overflow-above"
      case overflowBelow = "overflow-below"
      case notInverted = "not-inverted"
      case withoutOne = "without-one"
      case minus = "minus-for-plus"
      case mirrored
      case absolute = "of-absolute"
      case negativeAbsolute = "of-negative-absolute"
      case tanh
      case halfTanh = "tanh-of-half"
      case doubled = "of-two-z"
      case softplus
      case silu
      case step
      case hard = "hard-sigmoid"
      case hardSixth = "hard-sigmoid-of-sixths"
      case softmax
    }

    /// What stands for σ·(1 − σ).
    package enum WrongSlope: String, CaseIterable, Sendable {
      case value = "slope-is-value"
      case complement = "slope-is-complement"
      case ofTanh = "slope-of-tanh"
      case plus = "slope-plus"
      case negative = "slope-negative"
      case square = "slope-squared"
      case zero = "slope-zero"
      case activatedTwice = "slope-activated-twice"
      case ofActivation = "slope-of-activation"
      case quarter = "slope-quarter"
      case oneMinusZ = "slope-one-minus-z"
    }

    package static let allCases: [Slip] =
      WrongValue.allCases.flatMap { wrong in
        (wrong.keepsSlope ? [.everywhere] : Place.allCases).map { .value(wrong, $0) }
      }
      + WrongSlope.allCases.map(Slip.slope)

    package var rawValue: String {
      switch self {
      case .value(let wrong, let place): "value-\(wrong.rawValue)\(place.suffix("slope"))"
      case .slope(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .value(let wrong, .callerOnly) where wrong.overflows: "Your slope " + wrong.words
      case .value(let wrong, .callerOnly): "The σ that your slope is made from " + wrong.words
      case .value(let wrong, _): "Your value " + wrong.words
      case .slope(let wrong): "Your slope " + wrong.words
      }
    }

    /// A wrong value that the slope knows nothing of is at the slope's site: beside a wrong slope that
    /// does not use the value, it would be the same as one that is everywhere.
    package var site: String {
      if case .value(_, .everywhere) = self { "value" } else { "slope" }
    }
  }

  /// The sigmoid with any of the mistakes on purpose.
  struct Reference: SigmoidKata {
    private var valueSigmoid = Self.sigmoid
    private var slopeSigmoid = Self.sigmoid
    private var wrongSlope: Slip.WrongSlope?

    init() {}

    init(mistakes: Set<Slip>) {
      for case .value(let wrong, .everywhere) in mistakes {
        (valueSigmoid, slopeSigmoid) = (wrong.evaluated, wrong.evaluated)
      }
      let isValueWrong = mistakes.contains { $0.site == "value" }
      for mistake in mistakes {
        switch mistake {
        case .value(let wrong, .calleeOnly) where !isValueWrong: valueSigmoid = wrong.evaluated
        case .value(let wrong, .callerOnly): slopeSigmoid = wrong.evaluated
        case .slope(let wrong): wrongSlope = wrong
        case .value: break
        }
      }
    }

    static func sigmoid(_ z: Matrix) -> Matrix { z.map { 1 / (1 + exp(-$0)) } }

    func value(at z: Matrix) -> Matrix { valueSigmoid(z) }

    func slope(at z: Matrix) -> Matrix {
      let s = slopeSigmoid(z)
      return switch wrongSlope {
      case nil: s * (1 - s)
      case .value: s
      case .complement: 1 - s
      case .ofTanh: 1 - s * s
      case .plus: s * (1 + s)
      case .negative: -(s * (1 - s))
      case .square: s * s
      case .zero: z.map { _ in 0 }
      case .activatedTwice: slopeSigmoid(s) * (1 - slopeSigmoid(s))
      case .ofActivation: z * (1 - z)
      case .quarter: z.map { _ in 0.25 }
      case .oneMinusZ: s * (1 - z)
      }
    }
  }
}

extension SigmoidSuite.Slip.WrongValue {
  /// Whether v·(1 − v) is right all the same, or the same as another wrong slope.
  fileprivate var keepsSlope: Bool {
    [.mirrored, .absolute, .negativeAbsolute, .step].contains(self)
  }

  /// Whether numbers are missing rather than wrong: a slope may lose them in many ways.
  fileprivate var overflows: Bool { self == .overflowAbove || self == .overflowBelow }

  fileprivate var words: String {
    switch self {
    case .overflowAbove:
      "is ∞/∞ for large z, as exp(z)/(1 + exp(z)) is; there 1/(1 + exp(−z)) holds."
    case .overflowBelow: "is ∞/∞ far below 0, where exp(−z) overflows; there exp(z) is small."
    case .notInverted: "is 1 + exp(−z); parentheses are missing in 1 / (1 + exp(−z))."
    case .withoutOne: "is 1/exp(−z); the 1 + in the denominator is missing."
    case .minus: "is 1/(1 − exp(−z)); the sign in the denominator is +."
    case .mirrored: "is 1/(1 + exp(z)), mirrored; the exponent is −z."
    case .absolute: "is σ(|z|); below 0 the stable form is exp(z)/(1 + exp(z))."
    case .negativeAbsolute: "is σ(−|z|); above 0 the stable form is 1/(1 + exp(−z))."
    case .tanh: "is tanh(z); the sigmoid goes from 0 to 1."
    case .halfTanh: "is tanh(z/2) = 2σ(z) − 1; the sigmoid goes from 0 to 1."
    case .doubled: "is σ(2z) = (1 + tanh(z))/2; it takes tanh(z/2)."
    case .softplus: "is ln(1 + exp(z)), softplus; the sigmoid is its slope."
    case .silu: "is z·σ(z), SiLU; the sigmoid is σ(z) alone."
    case .step: "is 1 or 0, a step; the sigmoid is smooth."
    case .hard: "is the hard sigmoid, 0.2·z + ½ cut to 0 … 1; the sigmoid is 1/(1 + exp(−z))."
    case .hardSixth: "is the hard sigmoid, z/6 + ½ cut to 0 … 1; the sigmoid is 1/(1 + exp(−z))."
    case .softmax: "is the softmax of each row; the sigmoid takes each entry by itself."
    }
  }

  fileprivate func evaluated(at z: Matrix) -> Matrix {
    switch self {
    case .overflowAbove: exp(z) / (1 + exp(z))
    case .overflowBelow: 1 - exp(-z) / (1 + exp(-z))
    case .notInverted: 1 + exp(-z)
    case .withoutOne: 1 / exp(-z)
    case .minus: 1 / (1 - exp(-z))
    case .mirrored: 1 / (1 + exp(z))
    case .absolute: 1 / (1 + exp(-abs(z)))
    case .negativeAbsolute: 1 / (1 + exp(abs(z)))
    case .tanh: KataKit.tanh(z)
    case .halfTanh: KataKit.tanh(z / 2)
    case .doubled: 1 / (1 + exp(-2 * z))
    case .softplus: log(1 + exp(-abs(z))) + maximum(z, 0)
    case .silu: z / (1 + exp(-z))
    case .step: z .> 0
    case .hard: z.map { min(max(0.2 * $0 + 0.5, 0), 1) }
    case .hardSixth: z.map { min(max($0 / 6 + 0.5, 0), 1) }
    case .softmax: Softmax()(z)
    }
  }
}

extension SigmoidSuite.Slip.WrongSlope {
  fileprivate var words: String {
    switch self {
    case .value: "is σ itself; it is σ·(1 − σ)."
    case .complement: "is 1 − σ; it is σ·(1 − σ)."
    case .ofTanh: "is 1 − σ², the slope of tanh with σ in it; it is σ·(1 − σ)."
    case .plus: "is σ·(1 + σ); the sign is −: σ·(1 − σ)."
    case .negative: "has the wrong sign; σ rises, so it is positive."
    case .square: "is σ²; it is σ·(1 − σ)."
    case .zero: "is 0 everywhere, as σ * 1 - σ is; it is σ·(1 − σ), with the parentheses."
    case .activatedTwice: "is taken at σ(z), with the sigmoid applied twice; take it at z."
    case .ofActivation: "is z·(1 − z), as if z were activated already; take σ(z) first."
    case .oneMinusZ: "is σ(z)·(1 − z); it is σ(z)·(1 − σ(z))."
    case .quarter: "is ¼ everywhere, which it is at 0 alone; it is σ·(1 − σ)."
    }
  }
}

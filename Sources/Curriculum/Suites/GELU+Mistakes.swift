import Grading
import KataKit

extension GELUSuite {
  package enum Slip: ComposedMistake {
    /// Φ, which value and slope share.
    case gate(WrongGate, Place)
    case value(WrongValue)
    case density(WrongDensity)
    case slope(WrongSlope)

    /// What stands for Φ(z).
    package enum WrongGate: String, CaseIterable, Sendable {
      case tanh = "tanh-form"
      case tanhInExact = "tanh-form-with-exact-density"
      case sigmoid = "sigmoid-form"
      case silu
      case relu
      case withoutRoot = "erf-without-root-two"
      case timesRoot = "erf-times-root-two"
      case withoutHalf = "without-half"
      case withoutOne = "without-one"
      case mirrored
      case halfOfOne = "half-of-one-only"
      case erfc
      case halved = "erf-of-half"
    }

    package enum WrongValue: String, CaseIterable, Sendable {
      case cdf = "value-is-cdf"
      case density = "value-with-density"
      case slope = "slope-for-value"
      case parentheses = "value-without-parentheses"
    }

    /// What stands for φ(z).
    package enum WrongDensity: String, CaseIterable, Sendable {
      case withoutHalf = "density-without-half"
      case unnormalised = "density-unnormalised"
      case innerDerivative = "density-without-inner-derivative"
      case withoutRoot = "density-without-root"
      case positive = "density-positive-exponent"
      case ofErf = "density-of-erf"
      case doubled = "density-doubled"
      case rootOfPi = "density-with-root-of-pi"
    }

    /// What stands for Φ + z·φ.
    package enum WrongSlope: String, CaseIterable, Sendable {
      case cdf = "slope-is-cdf"
      case withoutZ = "density-without-z"
      case densityTerm = "slope-without-cdf"
      case density = "slope-is-density"
      case minus = "slope-minus"
      case value = "value-for-slope"
      case product = "slope-product"
      case zSquared = "density-times-z-squared"
    }

    package static let allCases: [Slip] =
      WrongGate.allCases.flatMap { wrong in
        // The value knows no density.
        Place.allCases.filter { wrong != .tanhInExact || $0 != .calleeOnly }
          .map { .gate(wrong, $0) }
      }
      + WrongValue.allCases.map(Slip.value) + WrongDensity.allCases.map(Slip.density)
      + WrongSlope.allCases.map(Slip.slope)

    package var rawValue: String {
      switch self {
      case .gate(let wrong, let place): wrong.rawValue + place.suffix("slope")
      case .value(let wrong): wrong.rawValue
      case .density(let wrong): wrong.rawValue
      case .slope(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .gate(let wrong, .everywhere): "Your Φ " + wrong.words
      case .gate(let wrong, .calleeOnly): "The Φ of your value " + wrong.words
      case .gate(let wrong, .callerOnly): "The Φ of your slope " + wrong.words
      case .value(let wrong): "Your value " + wrong.words
      case .density(let wrong): "Your density φ " + wrong.words
      case .slope(let wrong): "Your slope " + wrong.words
      }
    }

    /// A Φ that is wrong in one method only is at the slope's site: beside a wrong slope that does not
    /// use it, it would be the same as one that is wrong in both.
    package var site: String {
      switch self {
      case .gate(_, .everywhere), .value: "value"
      case .gate, .slope: "slope"
      case .density: "density"
      }
    }
  }

  /// GELU with any of the mistakes on purpose.
  struct Reference: GELUKata {
    private var valueGate: Slip.WrongGate?
    private var slopeGate: Slip.WrongGate?
    private var wrongValue: Slip.WrongValue?
    private var wrongDensity: Slip.WrongDensity?
    private var wrongSlope: Slip.WrongSlope?

    init() {}

    init(mistakes: Set<Slip>) {
      for case .gate(let wrong, .everywhere) in mistakes { (valueGate, slopeGate) = (wrong, wrong) }
      for mistake in mistakes {
        switch mistake {
        case .gate(let wrong, .calleeOnly): valueGate = valueGate ?? wrong
        // What is the tanh form in both stays so.
        case .gate(let wrong, .callerOnly) where !(wrong.isTanh && slopeGate?.isTanh == true):
          slopeGate = wrong
        case .gate(_, .callerOnly): break
        case .gate(_, .everywhere): break
        case .value(let wrong): wrongValue = wrong
        case .density(let wrong): wrongDensity = wrong
        case .slope(let wrong): wrongSlope = wrong
        }
      }
    }

    func value(at z: Matrix) -> Matrix {
      z.map { z in
        let cdf = valueGate?.cdf(z) ?? Self.cdf(z)
        return switch wrongValue {
        case nil: z * cdf
        case .cdf: cdf
        case .density: z * Self.density(z)
        case .slope: cdf + z * Self.density(z)
        case .parentheses: 0.5 * z + 2 * cdf - 1
        }
      }
    }

    func slope(at z: Matrix) -> Matrix {
      z.map { z in
        let cdf = slopeGate?.cdf(z) ?? Self.cdf(z)
        let density = slopeGate?.density(z) ?? wrongDensity?.evaluated(at: z) ?? Self.density(z)
        return switch wrongSlope {
        case nil: cdf + z * density
        case .cdf: cdf
        case .withoutZ: cdf + density
        case .densityTerm: z * density
        case .density: density
        case .minus: cdf - z * density
        case .value: z * cdf
        case .product: cdf * density
        case .zSquared: cdf + z * z * density
        }
      }
    }

    /// Φ(z) = ½·(1 + erf(z/√2)).
    static func cdf(_ z: Double) -> Double { 0.5 * (1 + erf(z / 2.squareRoot())) }

    /// φ(z) = e^(−z²/2)/√(2π), the slope of Φ.
    static func density(_ z: Double) -> Double { exp(-z * z / 2) / (2 * Double.pi).squareRoot() }
  }
}

extension GELUSuite.Slip.WrongGate {
  fileprivate var isTanh: Bool { self == .tanh || self == .tanhInExact }

  fileprivate var words: String {
    switch self {
    case .tanh: "is the tanh approximation, up to 4.7e-4 off in the value; the exact one has erf."
    case .tanhInExact: "is the tanh approximation, beside the exact density; the exact one has erf."
    case .sigmoid:
      "is σ(1.702z), an approximation, up to 0.02 off in the value; the exact one has erf."
    case .silu: "is σ(z), that of SiLU; it is ½·(1 + erf(z/√2))."
    case .relu: "is 1 or 0, that of ReLU; it is ½·(1 + erf(z/√2))."
    case .withoutRoot: "has erf(z); it is erf(z/√2)."
    case .timesRoot: "has erf(√2·z); it is erf(z/√2)."
    case .withoutHalf: "lacks the factor ½; it goes from 0 to 1."
    case .withoutOne: "is ½·erf(z/√2), without the 1 +; it goes from 0 to 1."
    case .mirrored: "falls from 1 to 0; it is ½·(1 + erf(z/√2)), with a plus."
    case .halfOfOne: "is ½ + erf(z/√2); the ½ is a factor of both: ½·(1 + erf(z/√2))."
    case .halved: "has erf(z/2); it is erf(z/√2)."
    case .erfc: "is ½·(1 + erfc(z/√2)); erfc is 1 − erf, and erf belongs there."
    }
  }

  fileprivate func cdf(_ z: Double) -> Double {
    let root2 = 2.squareRoot()
    return switch self {
    case .tanh, .tanhInExact: 0.5 * (1 + KataKit.tanh(Self.cubic(z)))
    case .sigmoid: Self.logistic(1.702 * z)
    case .silu: Self.logistic(z)
    case .relu: z > 0 ? 1 : 0
    case .withoutRoot: 0.5 * (1 + erf(z))
    case .timesRoot: 0.5 * (1 + erf(root2 * z))
    case .withoutHalf: 1 + erf(z / root2)
    case .withoutOne: 0.5 * erf(z / root2)
    case .mirrored: 0.5 * (1 - erf(z / root2))
    case .halfOfOne: 0.5 + erf(z / root2)
    case .halved: 0.5 * (1 + erf(z / 2))
    case .erfc: 0.5 * (1 + KataKit.erfc(z / root2))
    }
  }

  /// The slope of the approximations; those who err in Φ alone have φ right, or err there once more.
  fileprivate func density(_ z: Double) -> Double? {
    switch self {
    case .tanh: 2 * Self.bell(2 * Self.cubic(z)) * Self.cubicSlope(z)
    case .sigmoid: 1.702 * Self.bell(1.702 * z)
    case .silu: Self.bell(z)
    case .relu: 0
    default: nil
    }
  }

  /// √(2/π)·(z + 0.044715·z³).
  private static func cubic(_ z: Double) -> Double {
    (2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z)
  }

  private static func cubicSlope(_ z: Double) -> Double {
    (2 / Double.pi).squareRoot() * (1 + 3 * 0.044715 * z * z)
  }

  private static func logistic(_ z: Double) -> Double { 1 / (1 + exp(-z)) }

  /// σ(z)·(1 − σ(z)).
  private static func bell(_ z: Double) -> Double { 1 / ((1 + exp(-z)) * (1 + exp(z))) }
}

extension GELUSuite.Slip.WrongValue {
  fileprivate var words: String {
    switch self {
    case .cdf: "is Φ(z) alone; it is z·Φ(z)."
    case .density: "is z·φ(z), with the density; it is z·Φ(z)."
    case .parentheses: "is ½·z + erf(z/√2); parentheses are missing around 1 + erf(z/√2)."
    case .slope: "is Φ(z) + z·φ(z), which is the slope; the value is z·Φ(z)."
    }
  }
}

extension GELUSuite.Slip.WrongDensity {
  fileprivate var words: String {
    switch self {
    case .withoutHalf: "has exp(−z²); it is exp(−z²/2)."
    case .unnormalised: "lacks the factor 1/√(2π)."
    case .innerDerivative:
      "is √2 times too large: the inner derivative 1/√2 of erf(z/√2) is missing."
    case .withoutRoot: "has the factor 1/(2π); it is 1/√(2π)."
    case .positive: "has exp(z²/2); the exponent is −z²/2."
    case .doubled: "is twice too large; it is exp(−z²/2)/√(2π)."
    case .rootOfPi: "has the factor 1/(2√π); the 2 is under the root, too: 1/√(2π)."
    case .ofErf: "is exp(−z²)/√π, the slope of ½·erf(z); that of ½·erf(z/√2) is exp(−z²/2)/√(2π)."
    }
  }

  fileprivate func evaluated(at z: Double) -> Double {
    let density = GELUSuite.Reference.density(z)
    return switch self {
    case .withoutHalf: exp(-z * z) / (2 * Double.pi).squareRoot()
    case .unnormalised: exp(-z * z / 2)
    case .innerDerivative: density * 2.squareRoot()
    case .withoutRoot: exp(-z * z / 2) / (2 * Double.pi)
    case .positive: exp(z * z / 2) / (2 * Double.pi).squareRoot()
    case .doubled: 2 * density
    case .rootOfPi: exp(-z * z / 2) / (2 * Double.pi.squareRoot())
    case .ofErf: exp(-z * z) / Double.pi.squareRoot()
    }
  }
}

extension GELUSuite.Slip.WrongSlope {
  fileprivate var words: String {
    switch self {
    case .cdf: "is Φ(z) alone; the product rule adds z·φ(z)."
    case .withoutZ: "is Φ(z) + φ(z); the density has the factor z."
    case .densityTerm: "is z·φ(z) alone; the product rule adds Φ(z)."
    case .density: "is φ(z), the slope of Φ; that of z·Φ(z) is Φ(z) + z·φ(z)."
    case .minus: "is Φ(z) − z·φ(z); the sign is +."
    case .value: "is GELU itself; it is Φ(z) + z·φ(z)."
    case .product: "is Φ(z)·φ(z); the product rule says Φ(z) + z·φ(z)."
    case .zSquared: "has z²·φ(z); it is Φ(z) + z·φ(z)."
    }
  }
}

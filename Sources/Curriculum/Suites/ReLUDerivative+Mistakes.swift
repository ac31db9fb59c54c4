import Grading
import KataKit

extension ReLUDerivativeSuite {
  package enum Slip: ComposedMistake {
    case value(WrongValue)
    /// `slope(at:)` is what may be called.
    case slope(WrongSlope, Place)
    case step(WrongStep)

    /// What stands for max(0, z).
    package enum WrongValue: String, CaseIterable, Sendable {
      case uncut = "value-not-cut"
      case absolute = "value-absolute"
      case negativePart = "value-negative-part"
      case leaking = "value-leaking"
      case step = "slope-for-value"
      case clipped = "value-clipped-at-one"
      case six = "value-clipped-at-six"
      case softplus = "value-softplus"
    }

    /// What stands for the slope.
    package enum WrongSlope: String, CaseIterable, Sendable {
      case value = "value-for-slope"
      case one = "slope-one"
      case zero = "slope-zero"
      case inverted = "slope-inverted"
      case sign = "slope-of-absolute"
      case leaking = "slope-leaking"
      case sigmoid = "slope-of-sigmoid"
      case logistic = "slope-of-softplus"
      case fromOne = "slope-from-one"
      case quotient = "slope-nan-at-zero"
      case upstreamSign = "slope-at-upstream"
      case bothSigns = "slope-at-both"
    }

    /// What stands for the product of upstream gradient and slope.
    package enum WrongStep: String, CaseIterable, Sendable {
      case overwritten = "upstream-overwritten"
      case maskOfProduct = "mask-of-product"
      case matrixProduct = "matrix-product"
    }

    package static let allCases: [Slip] =
      WrongValue.allCases.map(Slip.value)
      + WrongSlope.allCases.flatMap { wrong in
        wrong.needsUpstream
          ? [.slope(wrong, .callerOnly)] : Place.allCases.map { .slope(wrong, $0) }
      }
      + WrongStep.allCases.map(Slip.step)

    package var rawValue: String {
      switch self {
      case .value(let wrong): wrong.rawValue
      case .slope(let wrong, let place):
        wrong.needsUpstream ? wrong.rawValue : wrong.rawValue + place.suffix("backward")
      case .step(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .value(let wrong): "Your value " + wrong.words
      case .slope(let wrong, .callerOnly): "The slope that backward multiplies by " + wrong.words
      case .slope(let wrong, .calleeOnly), .slope(let wrong, .everywhere):
        "Your slope " + wrong.words
      case .step(.overwritten):
        "Your backward returns the slope; it is the upstream gradient times the slope."
      case .step(.maskOfProduct):
        "upstream * z .> 0 is a mask of the product, as * binds tighter; write upstream * (z .> 0)."
      case .step(.matrixProduct):
        "You took the matrix product of upstream and slope; they are multiplied elementwise."
      }
    }

    package var site: String {
      switch self {
      case .value: "value"
      case .slope: "slope"
      case .step: "step back"
      }
    }
  }

  /// ReLU that can make any of the mistakes on purpose.
  struct Reference: ReLUDerivativeKata {
    private var wrongValue: Slip.WrongValue?
    private var wrongSlope: (Slip.WrongSlope, Place)?
    private var wrongStep: Slip.WrongStep?

    init() {}

    init(mistakes: Set<Slip>) {
      for mistake in mistakes {
        switch mistake {
        case .value(let wrong): wrongValue = wrong
        case .slope(let wrong, let place): wrongSlope = (wrong, place)
        case .step(let wrong): wrongStep = wrong
        }
      }
    }

    func value(at z: Matrix) -> Matrix { wrongValue?.evaluated(at: z) ?? Mathematics.relu(z) }

    func slope(at z: Matrix) -> Matrix {
      guard let (wrong, place) = wrongSlope, place != .callerOnly else { return z .> 0 }
      return wrong.evaluated(at: z, upstream: z)
    }

    /// ∂L/∂Z = ∂L/∂A ⊙ ReLU′(Z).
    func backward(upstream: Matrix, z: Matrix) -> Matrix {
      var slope = z .> 0
      if let (wrong, place) = wrongSlope, place != .calleeOnly {
        slope = wrong.evaluated(at: z, upstream: upstream)
      }
      switch wrongStep {
      case .overwritten: return slope
      case .maskOfProduct: return upstream * z .> 0
      case .matrixProduct where z.rows == z.columns: return upstream.matmul(slope)
      case .matrixProduct, nil: return upstream * slope
      }
    }
  }
}

extension ReLUDerivativeSuite.Slip.WrongValue {
  fileprivate var words: String {
    switch self {
    case .uncut: "is z itself; below 0 it is 0."
    case .absolute: "is |z|; below 0 it is 0."
    case .negativePart: "is min(0, z); ReLU keeps the larger of 0 and z."
    case .leaking: "is 0.01·z below 0, as that of leaky ReLU; it is 0 there."
    case .step: "is 1 above 0, which is the slope; the value there is z."
    case .clipped: "ends at 1; above 0 it is z, however large."
    case .six: "ends at 6, as that of ReLU6; above 0 it is z, however large."
    case .softplus: "is ln(1 + exp(z)), softplus; ReLU has a corner and is 0 below 0."
    }
  }

  fileprivate func evaluated(at z: Matrix) -> Matrix {
    switch self {
    case .uncut: z
    case .absolute: abs(z)
    case .negativePart: z * (z .< 0)
    case .leaking: z.map { $0 > 0 ? $0 : 0.01 * $0 }
    case .step: z .> 0
    case .clipped: z.map { min(max($0, 0), 1) }
    case .six: z.map { min(max($0, 0), 6) }
    case .softplus: log(1 + exp(z))
    }
  }
}

extension ReLUDerivativeSuite.Slip.WrongSlope {
  /// Whether only the step back could make it.
  fileprivate var needsUpstream: Bool { self == .upstreamSign || self == .bothSigns }

  fileprivate var words: String {
    switch self {
    case .value: "is ReLU(z) itself; it is 1 where z > 0 and 0 below."
    case .one: "is 1 below 0, too. (ReLU(z) >= 0 holds for every z; ask for z > 0.)"
    case .zero: "is 0 everywhere; it is 1 where z > 0."
    case .inverted: "is 1 below 0 and 0 above; it is the other way round."
    case .sign: "is −1 below 0, as that of |z|; ReLU's is 0 there."
    case .leaking: "is 0.01 below 0, as that of leaky ReLU; ReLU's is 0 there."
    case .sigmoid: "is σ(z)·(1 − σ(z)), the sigmoid's; ReLU's is 1 or 0."
    case .logistic: "is σ(z), that of softplus; ReLU's is 1 or 0."
    case .fromOne: "is 1 only from z = 1 on; it is 1 wherever z > 0."
    case .quotient: "is not a number at z = 0, as ReLU(z)/z is; choose a value in [0, 1] there."
    case .upstreamSign: "is taken at the upstream gradient; it is taken at z."
    case .bothSigns: "is cut where the upstream gradient is negative, too; only z decides."
    }
  }

  fileprivate func evaluated(at z: Matrix, upstream: Matrix) -> Matrix {
    switch self {
    case .value: Mathematics.relu(z)
    case .one: z.map { _ in 1 }
    case .zero: z.map { _ in 0 }
    case .inverted: z .< 0
    case .sign: z.map { $0 > 0 ? 1 : -1 }
    case .leaking: z.map { $0 > 0 ? 1 : 0.01 }
    case .sigmoid: z.map { 1 / ((1 + exp(-$0)) * (1 + exp($0))) }
    case .logistic: z.map { 1 / (1 + exp(-$0)) }
    case .fromOne: z .>= 1
    case .quotient: Mathematics.relu(z) / z
    case .upstreamSign: upstream .> 0
    case .bothSigns: (z .> 0) * (upstream .> 0)
    }
  }
}

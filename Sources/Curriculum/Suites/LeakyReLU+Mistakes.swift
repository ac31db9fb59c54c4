import Grading
import KataKit

extension LeakyReLUSuite {
  package enum Slip: ComposedMistake {
    /// Another α than the one handed in; `value(at:)` is what has it in any case.
    case leak(WrongLeak, isEverywhere: Bool)
    case value(WrongValue)
    /// `slope(at:)` is what may be called.
    case slope(WrongSlope, Place)
    case step(WrongStep)

    package enum WrongLeak: String, CaseIterable, Sendable {
      case hardCoded = "hard-coded"
      case relu = "zero"
      case inverse
      case negated
    }

    /// What stands for max(αz, z).
    package enum WrongValue: String, CaseIterable, Sendable {
      case uncut = "value-not-cut"
      case leakAlone = "value-alpha-alone"
      case swapped = "value-swapped"
      case everywhere = "value-alpha-everywhere"
      case elu = "value-elu"
      case shifted = "value-minus-alpha"
      case slope = "slope-for-value"
      case summed = "value-summed"
    }

    /// What stands for 1 or α.
    package enum WrongSlope: String, CaseIterable, Sendable {
      case value = "value-for-slope"
      case one = "slope-one"
      case leakEverywhere = "slope-alpha-everywhere"
      case swapped = "slope-swapped"
      case scaled = "slope-alpha-z"
      case elu = "slope-of-elu"
      case summed = "slope-summed"
      case fromOne = "slope-from-one"
      case quotient = "slope-nan-at-zero"
      case gap = "slope-zero-at-zero"
      case overlap = "slope-summed-at-zero"
      case relu = "slope-of-relu"
      case hardCoded = "slope-hard-coded"
      case negated = "slope-negated"
      case upstreamSign = "slope-at-upstream"
    }

    /// What stands for the product of upstream gradient and slope.
    package enum WrongStep: String, CaseIterable, Sendable {
      case overwritten = "upstream-overwritten"
      case matrixProduct = "matrix-product"
    }

    package static let allCases: [Slip] =
      WrongLeak.allCases.flatMap { wrong in
        [true, false].map { .leak(wrong, isEverywhere: $0) }
      }
      + WrongValue.allCases.map(Slip.value)
      + WrongSlope.allCases.flatMap { wrong in
        (wrong == .upstreamSign ? [.callerOnly] : Place.allCases).map { .slope(wrong, $0) }
      }
      + WrongStep.allCases.map(Slip.step)

    package var rawValue: String {
      switch self {
      case .leak(let wrong, let isEverywhere):
        "alpha-\(wrong.rawValue)" + (isEverywhere ? "" : "-not-in-slope")
      case .value(let wrong): wrong.rawValue
      case .slope(.upstreamSign, _): WrongSlope.upstreamSign.rawValue
      case .slope(let wrong, let place): wrong.rawValue + place.suffix("backward")
      case .step(let wrong): wrong.rawValue
      }
    }

    package var sentence: String {
      switch self {
      case .leak(let wrong, isEverywhere: true): wrong.words
      case .leak(let wrong, isEverywhere: false): "Your value " + wrong.wordsOfValue
      case .value(let wrong): "Your value " + wrong.words
      case .slope(let wrong, .callerOnly): "The slope that backward multiplies by " + wrong.words
      case .slope(let wrong, _): "Your slope " + wrong.words
      case .step(.overwritten):
        "Your backward returns the slope; it is the upstream gradient times the slope."
      case .step(.matrixProduct):
        "You took the matrix product of upstream and slope; they are multiplied elementwise."
      }
    }

    /// An α that only the value has is at the slope's site: beside a wrong slope that does not use α, it
    /// would be the same as one that is everywhere.
    package var site: String {
      switch self {
      case .leak(_, isEverywhere: true), .value: "value"
      case .leak(_, isEverywhere: false), .slope: "slope"
      case .step: "step back"
      }
    }
  }

  /// Leaky ReLU that can make any of the mistakes on purpose.
  struct Reference: LeakyReLUKata {
    private let alpha: Double
    private var alphaOfValue: Double
    private var wrongValue: Slip.WrongValue?
    private var wrongSlope: (Slip.WrongSlope, Place)?
    private var wrongStep: Slip.WrongStep?

    init(negativeSlope: Double) { self.init(negativeSlope: negativeSlope, making: []) }

    init(negativeSlope: Double, making mistakes: Set<Slip>) {
      var alpha = negativeSlope
      for case .leak(let wrong, isEverywhere: true) in mistakes {
        alpha = wrong.alpha(for: negativeSlope)
      }
      self.alpha = alpha
      alphaOfValue = alpha
      let isValueWrong = mistakes.contains { $0.site == "value" }
      for mistake in mistakes {
        switch mistake {
        case .leak(let wrong, isEverywhere: false) where !isValueWrong:
          alphaOfValue = wrong.alpha(for: negativeSlope)
        case .leak: break
        case .value(let wrong): wrongValue = wrong
        case .slope(let wrong, let place): wrongSlope = (wrong, place)
        case .step(let wrong): wrongStep = wrong
        }
      }
    }

    func value(at z: Matrix) -> Matrix {
      let alpha = alphaOfValue
      return switch wrongValue {
      case nil: z.map { $0 > 0 ? $0 : alpha * $0 }
      case .uncut: z
      case .leakAlone: z.map { $0 > 0 ? $0 : alpha }
      case .swapped: z.map { $0 > 0 ? alpha * $0 : $0 }
      case .everywhere: alpha * z
      case .elu: z.map { $0 > 0 ? $0 : alpha * (exp($0) - 1) }
      case .shifted: z.map { $0 > 0 ? $0 : $0 - alpha }
      case .slope: z.map { $0 > 0 ? 1 : alpha }
      case .summed: z.map { max($0, 0) + alpha * $0 }
      }
    }

    func slope(at z: Matrix) -> Matrix {
      guard let (wrong, place) = wrongSlope, place != .callerOnly else {
        return slope(at: z, making: nil, upstream: z)
      }
      return slope(at: z, making: wrong, upstream: z)
    }

    private func slope(at z: Matrix, making wrong: Slip.WrongSlope?, upstream: Matrix) -> Matrix {
      let alpha = alpha
      return switch wrong {
      case nil: z.map { $0 > 0 ? 1 : alpha }
      case .value: z.map { $0 > 0 ? $0 : alpha * $0 }
      case .one: z.map { _ in 1 }
      case .leakEverywhere: z.map { _ in alpha }
      case .swapped: z.map { $0 > 0 ? alpha : 1 }
      case .scaled: z.map { $0 > 0 ? 1 : alpha * $0 }
      case .elu: z.map { $0 > 0 ? 1 : alpha * exp($0) }
      case .summed: z.map { $0 > 0 ? 1 + alpha : alpha }
      case .fromOne: z.map { $0 >= 1 ? 1 : alpha }
      case .gap: (z .> 0) + alpha * (z .< 0)
      case .overlap: (z .>= 0) + alpha * (z .<= 0)
      case .quotient: z.map { max($0, alpha * $0) / $0 }
      case .relu: z .> 0
      case .hardCoded: z.map { $0 > 0 ? 1 : 0.01 }
      case .negated: z.map { $0 > 0 ? 1 : -abs(alpha) }
      case .upstreamSign: upstream.map { $0 > 0 ? 1 : alpha }
      }
    }

    /// ∂L/∂Z = ∂L/∂A ⊙ LeakyReLU′(Z).
    func backward(upstream: Matrix, z: Matrix) -> Matrix {
      var wrong: Slip.WrongSlope?
      if let (slip, place) = wrongSlope, place != .calleeOnly { wrong = slip }
      let slope = slope(at: z, making: wrong, upstream: upstream)
      switch wrongStep {
      case .overwritten: return slope
      case .matrixProduct where z.rows == z.columns: return upstream.matmul(slope)
      case .matrixProduct, nil: return upstream * slope
      }
    }
  }
}

extension LeakyReLUSuite.Slip.WrongLeak {
  fileprivate func alpha(for negativeSlope: Double) -> Double {
    switch self {
    case .hardCoded: 0.01
    case .relu: 0
    case .inverse: 1 / negativeSlope
    case .negated: -negativeSlope
    }
  }

  fileprivate var words: String {
    switch self {
    case .hardCoded: "You took 0.01 for the slope below 0; it is the negativeSlope handed in."
    case .relu: "Nothing leaks below 0, as in plain ReLU; there value and slope have the factor α."
    case .inverse: "You divided by α below 0; multiply by it."
    case .negated: "Below 0 you multiplied by −α; it is +α, and z is negative already."
    }
  }

  fileprivate var wordsOfValue: String {
    switch self {
    case .hardCoded: "is 0.01·z below 0; the factor is the negativeSlope handed in."
    case .relu: "is 0 below 0, as that of plain ReLU; there it is αz."
    case .inverse: "is z/α below 0; there it is αz."
    case .negated: "is −αz below 0; there it is αz, which is negative."
    }
  }
}

extension LeakyReLUSuite.Slip.WrongValue {
  fileprivate var words: String {
    switch self {
    case .uncut: "is z itself; below 0 it is αz."
    case .leakAlone: "is α below 0, without z; it is αz."
    case .swapped: "is αz above 0 and z below; it is the other way round."
    case .everywhere: "is αz above 0, too; there it is z."
    case .elu: "is α·(exp(z) − 1) below 0, as that of ELU; it is αz."
    case .shifted: "is z − α below 0; it is α times z."
    case .slope: "is 1 or α, which is the slope; it is z or αz."
    case .summed: "is ReLU(z) + αz, so (1 + α)·z above 0; there it is z."
    }
  }
}

extension LeakyReLUSuite.Slip.WrongSlope {
  fileprivate var words: String {
    switch self {
    case .value: "is leaky ReLU itself; it is 1 where z > 0 and α below."
    case .one: "is 1 below 0, too; there it is α."
    case .leakEverywhere: "is α above 0, too; there it is 1."
    case .swapped: "is α above 0 and 1 below; it is the other way round."
    case .scaled: "is αz below 0, which is the value; its slope is α."
    case .elu: "is α·exp(z) below 0, as that of ELU; it is α."
    case .summed: "is 1 + α above 0; there it is 1."
    case .fromOne: "is 1 only from z = 1 on; it is 1 wherever z > 0."
    case .gap: "is 0 at z = 0, which is neither above nor below 0; choose one in [α, 1] there."
    case .overlap: "is 1 + α at z = 0, which counts as above and as below; choose one in [α, 1]."
    case .quotient: "is not a number at z = 0, as value/z is; choose one in [α, 1] there."
    case .relu: "is 0 below 0, as that of plain ReLU; there it is α."
    case .hardCoded: "is 0.01 below 0; there it is the negativeSlope handed in."
    case .negated: "is −α below 0; it is +α, as leaky ReLU rises there, too."
    case .upstreamSign: "is taken at the upstream gradient; it is taken at z."
    }
  }
}

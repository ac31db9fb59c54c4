package import Grading
package import KataKit
import SharedAnswers

extension SigmoidSuite {
  package static let mistakes = MistakeCatalogue(at: [values, slopes])

  package static func reference(at: Computation<Self>) -> any SigmoidKata { FaultySigmoid(at: at) }
}

/// The sigmoid with any of the mistakes on purpose.
private struct FaultySigmoid: SigmoidKata {
  private let parts: Parts

  init() { self.init(at: Computation()) }

  init(at: Computation<SigmoidSuite>) { parts = at(values, at(slopes, Parts())) }

  func value(at z: Matrix) -> Matrix { parts.sigmoid[.callee](z) }

  func slope(at z: Matrix) -> Matrix {
    let sigmoid = parts.sigmoid[.caller]
    return parts.slope((z, sigmoid, sigmoid(z)))
  }
}

private struct Parts {
  var sigmoid = Shared<Matrix, Matrix> { 1 / (1 + exp(-$0)) }
  /// Of s = σ(z).
  var slope: Code<(z: Matrix, sigmoid: Code<Matrix, Matrix>, s: Matrix), Matrix> = {
    $0.s * (1 - $0.s)
  }
}

private let values = Site<Parts, Parts>("value") {
  $0
} mistakes: {
  wrongSigmoids.inBoth
}

private let wrongSigmoids = SharedMistakes<Parts, Matrix, Matrix>(
  of: \.sigmoid, or: "slope",
  ("Your value ", "Your value ", "The σ that your slope is made from ")
) {
  // A slope may lose numbers in many ways.
  SharedMistake(
    "value-overflow-above",
    "is ∞/∞ for large z, as exp(z)/(1 + exp(z)) is; there 1/(1 + exp(−z)) holds.",
    ofCaller: "Your slope "
  ) { exp($0) / (1 + exp($0)) }
  SharedMistake(
    "value-overflow-below",
    "is ∞/∞ far below 0, where exp(−z) overflows; there exp(z) is small.", ofCaller: "Your slope "
  ) { 1 - exp(-$0) / (1 + exp(-$0)) }
  SharedMistake(
    "value-not-inverted", "is 1 + exp(−z); parentheses are missing in 1 / (1 + exp(−z))."
  ) { 1 + exp(-$0) }
  SharedMistake(
    "value-without-one", "is 1/exp(−z); the 1 + in the denominator is missing."
  ) { 1 / exp(-$0) }
  SharedMistake(
    "value-minus-for-plus", "is 1/(1 − exp(−z)); the sign in the denominator is +."
  ) { 1 / (1 - exp(-$0)) }
  // Here s·(1 − s) is right all the same.
  SharedMistake(
    "value-mirrored", "is 1/(1 + exp(z)), mirrored; the exponent is −z.", alone: []
  ) { 1 / (1 + exp($0)) }
  SharedMistake(
    "value-of-absolute", "is σ(|z|); below 0 the stable form is exp(z)/(1 + exp(z)).", alone: []
  ) { 1 / (1 + exp(-abs($0))) }
  SharedMistake(
    "value-of-negative-absolute", "is σ(−|z|); above 0 the stable form is 1/(1 + exp(−z)).",
    alone: []
  ) { 1 / (1 + exp(abs($0))) }
  SharedMistake("value-tanh", "is tanh(z); the sigmoid goes from 0 to 1.") { tanh($0) }
  SharedMistake(
    "value-tanh-of-half", "is tanh(z/2) = 2σ(z) − 1; the sigmoid goes from 0 to 1."
  ) { tanh($0 / 2) }
  SharedMistake("value-of-two-z", "is σ(2z) = (1 + tanh(z))/2; it takes tanh(z/2).") {
    1 / (1 + exp(-2 * $0))
  }
  SharedMistake("value-softplus", "is ln(1 + exp(z)), softplus; the sigmoid is its slope.") {
    log(1 + exp(-abs($0))) + maximum($0, 0)
  }
  SharedMistake("value-log-sigmoid", "is ln σ(z), the log-sigmoid; return σ(z) itself.") {
    -log(1 + exp(-abs($0))) - maximum(-$0, 0)
  }
  SharedMistake(
    "value-softsign", "is z/(1 + |z|), softsign; the sigmoid is 1/(1 + exp(−z))."
  ) { $0 / (1 + abs($0)) }
  SharedMistake(
    "value-exponents-mixed",
    "is exp(z)/(1 + exp(−z)) below 0; the stable form there has exp(z) in both places."
  ) { $0.map { $0 < 0 ? exp($0) / (1 + exp(-$0)) : 1 / (1 + exp(-$0)) } }
  SharedMistake("value-silu", "is z·σ(z), SiLU; the sigmoid is σ(z) alone.") {
    $0 / (1 + exp(-$0))
  }
  // Here the slope is 0, a mistake that has its own name.
  SharedMistake("value-step", "is 1 or 0, a step; the sigmoid is smooth.", alone: []) { $0 .> 0 }
  SharedMistake(
    "value-hard-sigmoid",
    "is the hard sigmoid, 0.2·z + ½ cut to 0 … 1; the sigmoid is 1/(1 + exp(−z))."
  ) { $0.map { min(max(0.2 * $0 + 0.5, 0), 1) } }
  SharedMistake(
    "value-hard-sigmoid-of-sixths",
    "is the hard sigmoid, z/6 + ½ cut to 0 … 1; the sigmoid is 1/(1 + exp(−z))."
  ) { $0.map { min(max($0 / 6 + 0.5, 0), 1) } }
  SharedMistake(
    "value-softmax", "is the softmax of each row; the sigmoid takes each entry by itself."
  ) { Softmax()($0) }
}

private let slopes = Site<Parts, Parts>("slope") {
  $0
} mistakes: {
  wrongSigmoids.inOne
  Mistake("slope-is-value", "Your slope is σ itself; it should be σ·(1 − σ).", for: \.slope) {
    $0.s
  }
  Mistake("slope-is-complement", "Your slope is 1 − σ; it should be σ·(1 − σ).", for: \.slope) {
    1 - $0.s
  }
  Mistake(
    "slope-of-tanh",
    "Your slope is 1 − σ², the slope of tanh with σ in it; it should be σ·(1 − σ).", for: \.slope
  ) { 1 - $0.s * $0.s }
  Mistake("slope-plus", "Your slope is σ·(1 + σ); the sign is −: σ·(1 − σ).", for: \.slope) {
    $0.s * (1 + $0.s)
  }
  Mistake(
    "slope-negative", "Your slope has the wrong sign; σ rises, so it is positive.", for: \.slope
  ) { -($0.s * (1 - $0.s)) }
  Mistake("slope-squared", "Your slope is σ²; it should be σ·(1 − σ).", for: \.slope) {
    $0.s * $0.s
  }
  Mistake(
    "slope-zero",
    "Your slope is 0 everywhere, as σ * 1 - σ is; it should be σ·(1 − σ), with the parentheses.",
    for: \.slope
  ) { $0.z.map { _ in 0 } }
  Mistake(
    "slope-activated-twice",
    "Your slope is taken at σ(z), with the sigmoid applied twice; take it at z.", for: \.slope
  ) { $0.sigmoid($0.s) * (1 - $0.sigmoid($0.s)) }
  Mistake(
    "slope-of-activation",
    "Your slope is z·(1 − z), as if z were activated already; take σ(z) first.", for: \.slope
  ) { $0.z * (1 - $0.z) }
  Mistake(
    "slope-of-silu",
    "Your slope is σ + z·σ·(1 − σ), the slope of SiLU; that of the sigmoid is σ·(1 − σ).",
    for: \.slope
  ) { $0.s + $0.z * $0.s * (1 - $0.s) }
  Mistake(
    "slope-quarter",
    "Your slope is ¼ everywhere, which it is at 0 alone; it should be σ·(1 − σ).", for: \.slope
  ) { $0.z.map { _ in 0.25 } }
  Mistake(
    "slope-one-minus-z", "Your slope is σ(z)·(1 − z); it should be σ(z)·(1 − σ(z)).", for: \.slope
  ) { $0.s * (1 - $0.z) }
}

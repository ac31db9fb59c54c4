package import Grading
package import KataKit
import SharedAnswers

extension TanhDerivativeSuite {
  package static let mistakes = MistakeCatalogue(at: [values, slopes, steps])

  package static func reference(at: Computation<Self>) -> any TanhDerivativeKata {
    FaultyTanh(at: at)
  }
}

/// tanh with any of the mistakes on purpose.
private struct FaultyTanh: TanhDerivativeKata {
  private let parts: Parts
  private let at: Computation<TanhDerivativeSuite>

  init() { self.init(at: Computation()) }

  init(at: Computation<TanhDerivativeSuite>) {
    parts = at(values, at(slopes, Parts()))
    self.at = at
  }

  func value(at z: Matrix) -> Matrix { parts.tanh[.callee](z) }

  func slope(at z: Matrix) -> Matrix {
    parts.slope((z, parts.tanh[.caller], parts.formula[.callee]))
  }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    let formula = parts.formula[.caller]
    return at(
      steps,
      Step(
        upstream: upstream, kept: activation, slope: formula(activation), formula: formula,
        tanh: parts.tanh[.caller]))
  }
}

private struct Parts {
  var tanh = Shared<Matrix, Matrix> { KataKit.tanh($0) }
  /// Of a = tanh(z).
  var formula = Shared<Matrix, Matrix> { 1 - $0 * $0 }
  var slope: Code<(z: Matrix, tanh: Code<Matrix, Matrix>, formula: Code<Matrix, Matrix>), Matrix> =
    {
      $0.formula($0.tanh($0.z))
    }
}

private let values = Site<Parts, Parts>("value") {
  $0
} mistakes: {
  wrongTanhs.inBoth
}

private let wrongTanhs = SharedMistakes<Parts, Matrix, Matrix>(
  of: \.tanh, or: "slope",
  ("Your value ", "Your value ", "The tanh that your slope is made from ")
) {
  SharedMistake(
    "value-overflow",
    "is ∞/∞ at ±1000, where exp overflows; use tanh, or the exponential that is small."
  ) { (exp($0) - exp(-$0)) / (exp($0) + exp(-$0)) }
  SharedMistake(
    "value-overflow-above",
    "is ∞/∞ for large z, where exp(2z) overflows; use tanh, or the exponential that is small."
  ) { (exp(2 * $0) - 1) / (exp(2 * $0) + 1) }
  SharedMistake(
    "value-overflow-below",
    "is ∞/∞ far below 0, where exp(−2z) overflows; use tanh, or the exponential that is small."
  ) { (1 - exp(-2 * $0)) / (1 + exp(-2 * $0)) }
  SharedMistake("value-of-half", "is tanh(z/2), with exp(z) for exp(2z).") { tanh($0 / 2) }
  SharedMistake("value-sigmoid", "is σ(z), the sigmoid; tanh(z) is 2σ(2z) − 1.") {
    1 / (1 + exp(-$0))
  }
  SharedMistake("value-not-shifted", "is 2σ(2z); tanh(z) is 2σ(2z) − 1.") {
    2 / (1 + exp(-2 * $0))
  }
  // Here 1 − a² is right all the same.
  SharedMistake("value-mirrored", "has the wrong sign; tanh(z) has the sign of z.", alone: []) {
    tanh(-$0)
  }
  SharedMistake(
    "value-inverted", "is 1/tanh(z), upside down; the sum of exponentials is the denominator."
  ) { 1 / tanh($0) }
  SharedMistake("value-sinh", "is sinh(z); the denominator exp(z) + exp(−z) is missing.") {
    (exp($0) - exp(-$0)) / 2
  }
  SharedMistake(
    "value-without-parentheses", "lacks parentheses around numerator and denominator."
  ) { exp($0) - exp(-$0) / exp($0) + exp(-$0) }
  SharedMistake(
    "value-lecun", "is LeCun's 1.7159·tanh(2z/3), a scaled tanh; return tanh(z) as it is."
  ) { 1.7159 * tanh(2 * $0 / 3) }
  SharedMistake("value-tan", "is tan(z), that of the circle; the hyperbolic one is tanh.") {
    $0.map { tan($0) }
  }
  SharedMistake("value-absolute", "is |tanh(z)|; tanh(z) has the sign of z.", alone: []) {
    abs(tanh($0))
  }
  SharedMistake("value-hard-tanh", "is z cut to −1 … 1, the hard tanh; tanh is smooth.") {
    $0.map { min(max($0, -1), 1) }
  }
  SharedMistake(
    "value-softsign", "is z/(1 + |z|), softsign; it comes near ±1 much more slowly than tanh."
  ) { $0 / (1 + abs($0)) }
}

private let slopes = Site<Parts, Parts>("slope") {
  $0
} mistakes: {
  wrongTanhs.inOne
  wrongFormulas.inBoth
  wrongFormulas.inOne
  Mistake(
    "slope-of-activation",
    "Your slope is 1 − z², as if z were activated already; take tanh(z) first.", for: \.slope
  ) { 1 - $0.z * $0.z }
  Mistake(
    "slope-activated-twice",
    "Your slope is taken at tanh(z), with tanh applied twice; take it at z.", for: \.slope
  ) { $0.formula($0.tanh($0.tanh($0.z))) }
  Mistake(
    "slope-is-cosh-squared",
    "Your slope is cosh², upside down; return 1/cosh², which is 1 − tanh².",
    for: \.slope
  ) { $0.z.map { cosh($0) * cosh($0) } }
  Mistake(
    "slope-is-one-over-cosh",
    "Your slope is 1/cosh(z), without the square; 1 − tanh² is 1/cosh².", for: \.slope
  ) { 1 / $0.z.map { cosh($0) } }
}

private let wrongFormulas = SharedMistakes<Parts, Matrix, Matrix>(
  of: \.formula, or: "backward",
  ("Your slope ", "Your slope ", "The slope that backward multiplies by ")
) {
  SharedMistake("slope-is-value", "is tanh itself; it should be 1 − tanh².") { $0 }
  SharedMistake("slope-not-squared", "is 1 − tanh, without the square; it should be 1 − tanh².") {
    1 - $0
  }
  SharedMistake("slope-doubled", "is 1 − 2·tanh; square tanh, do not double it: 1 − tanh².") {
    1 - 2 * $0
  }
  SharedMistake("slope-plus", "is 1 + tanh²; the sign is −: 1 − tanh².") { 1 + $0 * $0 }
  SharedMistake("slope-squared-value", "is tanh²; it should be 1 − tanh².") { $0 * $0 }
  SharedMistake(
    "slope-negative", "is tanh² − 1, with the wrong sign; tanh rises, so it is positive."
  ) { $0 * $0 - 1 }
  SharedMistake(
    "slope-squared-difference", "is (1 − tanh)²; only tanh is squared: 1 − tanh²."
  ) { (1 - $0) * (1 - $0) }
  SharedMistake(
    "slope-of-sigmoid", "is tanh·(1 − tanh), the sigmoid's with tanh in it; it should be 1 − tanh²."
  ) { $0 * (1 - $0) }
}

private struct Step: ActivationStep {
  let upstream, kept, slope: Matrix
  let formula, tanh: Code<Matrix, Matrix>
}

private let steps = Site<Step, Matrix>("step back") {
  $0.gradient
} mistakes: {
  Mistake(
    "activation-activated-again",
    "Your backward applies tanh to the activation again; the slope there is 1 − a²."
  ) { $0.upstream * $0.formula($0.tanh($0.kept)) }
  ActivationSites.upstreamOverwritten()
  Mistake(
    "slope-at-upstream",
    "Your backward takes the slope at the upstream gradient; take it from the activation."
  ) { $0.upstream * $0.formula($0.upstream) }
  ActivationSites.matrixProduct()
  ActivationSites.wrongFactors(kept: "the activation")
  Mistake(
    "upstream-divided", "You divided the upstream gradient by the slope; multiply by it."
  ) { $0.upstream / $0.slope }
  Mistake(
    "without-parentheses",
    "Your backward lacks parentheses: upstream * 1 - a * a is upstream − a²."
  ) {
    // As it is written, so that no digits are lost where upstream is tiny.
    let square = $0.kept * $0.kept
    return $0.slope == 1 - square ? $0.upstream - square : $0.upstream - 1 + $0.slope
  }
}

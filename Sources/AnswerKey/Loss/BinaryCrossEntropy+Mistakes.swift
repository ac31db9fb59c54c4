package import Grading
package import KataKit
import Numerics
import SharedAnswers

extension BinaryCrossEntropySuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      mean, clipping, weights, sum, slope, reduction, LossSites.lossSign, gradientSign, sigmoid,
      LossSites.source,
    ])

  package static func reference(at: Computation<Self>) -> any BinaryCrossEntropyKata {
    FaultyBinaryCrossEntropy(at: at)
  }
}

/// Binary cross-entropy that can make any of the mistakes on purpose.
private struct FaultyBinaryCrossEntropy: BinaryCrossEntropyKata {
  var at = Computation<BinaryCrossEntropySuite>()
  private let memory = Memory<Matrix>()

  init() {}
  init(at: Computation<BinaryCrossEntropySuite>) { self.at = at }

  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    memory.last = probabilities
    let sum = at(sum, chances(for: .loss, probabilities, targets))
    return at(LossSites.lossSign, -sum / at(mean, (.loss, targets.shape)))
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    let p = at(LossSites.source, (probabilities, memory))
    let chances = chances(for: .gradient, p, targets)
    let slope = at(slope, chances)
    let through = chances.clippingSlope.map { slope * $0 } ?? slope
    let gradient = through / at(mean, (.gradient, targets.shape))
    return at(reduction, at(gradientSign, gradient))
  }

  private func chances(
    for part: LossPart, _ probabilities: Matrix, _ targets: Matrix
  ) -> Chances {
    let p = at(sigmoid, probabilities)
    return at(clipping, (part, Chances(t: at(weights, (part, targets)), p: p)))
  }
}

/// The targets t, and p and q = 1 − p as they go into logarithms and divisors.
private struct Chances {
  var t, p: Matrix
  /// What the gradient is multiplied by where it goes through the clipping, too.
  var clippingSlope: Matrix?
  /// Whether a branch on the target keeps 0 and ∞ apart, whose product is no number.
  var isBranching = false

  var q: Matrix { 1 - p }

  func product(_ weights: Matrix, _ values: Matrix) -> Matrix {
    isBranching ? weights.skippingZeros(times: values) : weights * values
  }

  func with(p: Matrix) -> Chances { Chances(t: t, p: p) }

  func clipped(at epsilon: Double) -> Chances { with(p: clip(p, at: epsilon)) }
}

private func clip(_ p: Matrix, at epsilon: Double) -> Matrix {
  p.map { min(max($0, epsilon), 1 - epsilon) }
}

private let mean = LossSites.mean()

// MARK: p in [ε, 1 − ε]

private let sigmoid = Site<Matrix, Matrix>(
  "sigmoid-of-probabilities",
  "You applied the sigmoid again; what comes in are probabilities, not logits."
) { 1 / (1 + exp(-$0)) }

private let clipping = Site<ForPart<Chances>, Chances>("clipping") {
  $0.value.clipped(at: 1e-12)
} mistakes: {
  inEachPart(
    "not-clipped", { "You do not clip p in the \($0): at 0 and 1 it comes to 0 · ∞ or 0/0." }
  ) { $0 }
  inEachPart(
    "infinite-where-wrong",
    { "You do not clip p in the \($0): where it is 0 and the target 1, infinities come out." }
  ) {
    var chances = $0
    chances.isBranching = true
    return chances
  }
  Mistake(
    "clipped-below-only",
    "At p = 1 your 1 − p is 0; clip p at 1 − ε, too, with an ε that leaves it less than 1."
  ) { $0.value.with(p: maximum($0.value.p, 1e-12)) }
  Mistake(
    "epsilon-subtracted",
    "Your ε is subtracted in 1 − (p + ε), which is below 0 at p = 1; it should be 1 − p + ε."
  ) { $0.value.with(p: $0.value.p + 1e-12) }
  Mistake(
    "gradient-stops-at-clipping",
    "Your gradient is not steep where p is 0 or 1 and wrong; take the slope at the clipped p."
  ) {
    var chances = $0.value.clipped(at: 1e-12)
    chances.clippingSlope = $0.value.p.map { $0 < 1e-12 || $0 > 1 - 1e-12 ? 0 : 1 }
    return chances
  }
  inEachPart(
    "epsilon-too-large",
    { "At p = 3e-7 the \($0) is bounded, as by an ε that is too large; take 1e-7 or less." }
  ) { $0.clipped(at: 1e-6) }
}

// MARK: t

private let weights = Site<ForPart<Matrix>, Matrix>("targets") {
  $0.value
} mistakes: {
  inEachPart(
    "target-compared-to-one",
    { "In the \($0) you compare the targets to 1; soft ones weigh both terms, by t and 1 − t." }
  ) { $0.map { $0 == 1 ? 1 : 0 } }
  inEachPart(
    "targets-rounded",
    { "In the \($0) you round the targets; soft ones weigh both terms, by t and 1 − t." }
  ) { $0 .> 0.5 }
}

// MARK: L = −Σ (t·ln p + (1 − t)·ln(1 − p))/count

extension Chances {
  fileprivate var first: Matrix { product(t, log(p)) }
  fileprivate var second: Matrix { product(1 - t, log(q)) }
  fileprivate var sum: Double { (first + second).sum() }
}

private let sum = Site<Chances, Double>("loss") {
  $0.sum
} mistakes: {
  Mistake(
    "loss-parentheses",
    "Your minus sign reaches the first term only: −(t·ln p + (1 − t)·ln(1 − p))."
  ) { ($0.first - $0.second).sum() }
  Mistake(
    "loss-second-term-missing",
    "Your loss is t·ln p alone; where t is 0 it is (1 − t)·ln(1 − p) that counts."
  ) { $0.first.sum() }
  Mistake(
    "loss-second-logarithm-missing",
    "The second term of your loss lacks its logarithm: write (1 − t)·ln(1 − p)."
  ) { ($0.first + $0.product(1 - $0.t, $0.q)).sum() }
  Mistake(
    "loss-second-weight-missing",
    "The second term of your loss lacks its weight 1 − t: write (1 − t)·ln(1 − p)."
  ) { ($0.first + log($0.q)).sum() }
  Mistake("loss-targets-swapped", "Your loss has p and 1 − p swapped: t goes with ln p.") {
    ($0.product($0.t, log($0.q)) + $0.product(1 - $0.t, log($0.p))).sum()
  }
  argumentsSwapped("-1e-7", clippedAt: 1e-7)
  argumentsSwapped("-1e-12", clippedAt: 1e-12)
  argumentsSwapped("-1e-15", clippedAt: 1e-15)
  argumentsSwapped("", clippedAt: 0)
  Mistake("log-base-2", "Your loss uses log₂; the logarithm is the natural one.") {
    $0.sum / log(2)
  }
  Mistake("log-base-10", "Your loss uses log₁₀; the logarithm is the natural one.") {
    $0.sum / log(10)
  }
}

private func argumentsSwapped(
  _ end: String, clippedAt epsilon: Double
) -> Mistake<Chances, Double> {
  Mistake(
    "loss-arguments-swapped" + end,
    "Your loss takes the logarithms of the targets; take that of p: t·ln p."
  ) {
    var chances = $0
    (chances.t, chances.p) = ($0.p, clip($0.t, at: epsilon))
    return chances.sum
  }
}

// MARK: ∂L/∂p = ((1 − t)/(1 − p) − t/p)/count

private let slope = Site<Chances, Matrix>("gradient") {
  $0.product(1 - $0.t, 1 / $0.q) - $0.product($0.t, 1 / $0.p)
} mistakes: {
  Mistake(
    "gradient-by-logits",
    "Your gradient p − t is with respect to the logits; by the probabilities it is over p·(1 − p)."
  ) { $0.p - $0.t }
  Mistake(
    "gradient-multiplied", "You multiplied p − t by p·(1 − p); divide by it."
  ) { ($0.p - $0.t) * $0.p * $0.q }
  Mistake(
    "gradient-of-squared-error", "Your gradient is 2·(p − t), that of the squared error."
  ) { 2 * ($0.p - $0.t) }
  Mistake(
    "gradient-parentheses",
    "The second term of your gradient has the wrong sign: −t/p + (1 − t)/(1 − p)."
  ) { -$0.product($0.t, 1 / $0.p) - $0.product(1 - $0.t, 1 / $0.q) }
  Mistake(
    "gradient-second-term-missing",
    "Your gradient is −t/p alone; (1 − t)/(1 − p) is missing."
  ) { -$0.product($0.t, 1 / $0.p) }
  Mistake(
    "gradient-divided-by-p-only", "You divided p − t by p alone; divide by p·(1 − p)."
  ) { ($0.p - $0.t) / $0.p }
  Mistake(
    "gradient-divided-by-complement-only",
    "You divided p − t by 1 − p alone; divide by p·(1 − p)."
  ) { ($0.p - $0.t) / $0.q }
  Mistake(
    "gradient-precedence",
    "(p − t) / p * (1 − p) multiplies by 1 − p; put the divisor in parentheses."
  ) { ($0.p - $0.t) / $0.p * $0.q }
  Mistake(
    "gradient-targets-swapped", "Your gradient has p and 1 − p swapped: t is divided by p."
  ) { $0.product($0.t, 1 / $0.q) - $0.product(1 - $0.t, 1 / $0.p) }
}

private let gradientSign = Site<Matrix, Matrix>(
  "gradient-sign-flipped",
  "Your gradient has the wrong sign; use p − t, not t − p."
) { -$0 }

private let reduction = LossSites.reduction(from: "probabilities")

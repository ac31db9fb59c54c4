package import Grading
package import KataKit
import SharedAnswers

extension SoftmaxCrossEntropySuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      shift, divisor, softmaxTwice, returned, mean, LossSites.lossSign, base, product,
      lossSoftmaxTwice, sum, gradientSign, factorTwo, slope, reduction, source,
    ])

  package static func reference(at: Computation<Self>) -> any SoftmaxCrossEntropyKata {
    FaultySoftmaxCrossEntropy(at: at)
  }
}

/// Softmax and cross-entropy that can make any of the mistakes on purpose.
private struct FaultySoftmaxCrossEntropy: SoftmaxCrossEntropyKata {
  var at = Computation<SoftmaxCrossEntropySuite>()
  private let memory = Memory<Matrix>()

  init() {}
  init(at: Computation<SoftmaxCrossEntropySuite>) { self.at = at }

  func probabilities(of logits: Matrix) -> Matrix {
    let p = softmax(logits)
    return at(returned, (p, logarithm: weighedLogarithm(of: p, by: p * 0 + 1)))
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    memory.last = logits
    let p = at(lossSoftmaxTwice, softmax(logits))
    let sum = at(sum, (targets, p, { weighedLogarithm(of: $1, by: $0, logits: logits) }))
    return at(LossSites.lossSign, -at(base, sum) / at(mean, (.loss, logits.shape)))
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    let logits = at(source, (logits, memory))
    let slope = at(slope, Slope(z: logits, p: softmax(logits), t: targets))
    let gradient = at(reduction, at(factorTwo, at(gradientSign, slope)))
    return gradient / at(mean, (.gradient, logits.shape))
  }

  private func softmax(_ logits: Matrix) -> Matrix {
    at(softmaxTwice, at(shift, at(divisor, Softmax()))(logits))
  }

  /// W ⊙ ln p. The logarithm of the true softmax is finite even where the softmax is 0.
  private func weighedLogarithm(
    of p: Matrix, by weights: Matrix, logits: Matrix? = nil
  ) -> Matrix {
    let exact = logits.flatMap { p == Mathematics.softmax($0) ? Mathematics.logSoftmax($0) : nil }
    return at(product, (weights, p, logarithm: exact ?? log(maximum(p, 1e-300))))
  }
}

// MARK: p = softmax(Z)

private let source = Memory<Matrix>.source(of: "gradient", after: "loss", handed: "logits")

private let shift = Site<Softmax, Softmax>("shift") {
  $0
} mistakes: {
  Mistake(
    "overflowing-softmax",
    "Your softmax overflows for large logits; subtract each row's maximum before exp."
  ) { $0.shifted(by: .none) }
  Mistake(
    "shift-by-zero-or-maximum",
    "You shift by max(0, maximum): far below 0 every exp underflows. Shift by the maximum alone."
  ) { $0.shifted(by: .zeroOrRowMaximum) }
  Mistake(
    "shift-by-global-maximum",
    "You shift by the maximum of the whole matrix; rows far below it underflow to 0/0."
  ) { $0.shifted(by: .globalMaximum) }
  Mistake(
    "shift-by-column-maximum",
    "You subtracted each column's maximum; only a shift of whole rows leaves softmax as it is."
  ) { $0.shifted(by: .columnMaximum) }
  Mistake(
    "divided-by-column-sums",
    "You divided by the sums of the columns; softmax divides by the sum of each row."
  ) { _ in Softmax(divisor: .columnSums) }
  Mistake(
    "divided-by-total-sum",
    "You divided by the sum of the whole matrix; softmax divides by the sum of each row."
  ) { _ in Softmax(divisor: .totalSum) }
}

private let divisor = Site<Softmax, Softmax>("divisor") {
  $0
} mistakes: {
  Mistake("softmax-over-columns", "You took softmax over each column; take it over each row.") {
    _ in
    Softmax(shift: .columnMaximum, divisor: .columnSums)
  }
  Mistake(
    "softmax-over-everything", "You took one softmax over the whole matrix; each row has its own."
  ) { _ in Softmax(shift: .globalMaximum, divisor: .totalSum) }
  Mistake("not-normalised", "You did not divide by the sum of the exponentials.") { _ in
    Softmax(divisor: .none)
  }
}

extension Softmax {
  fileprivate func shifted(by shift: Shift) -> Softmax { Softmax(shift: shift, divisor: divisor) }
}

private let softmaxTwice = Site<Matrix, Matrix>("softmax-twice", "You applied softmax twice.") {
  Mathematics.softmax($0)
}

private let returned = Site<(p: Matrix, logarithm: Matrix), Matrix>("probabilities") {
  $0.p
} mistakes: {
  Mistake("log-probabilities", "You returned the logarithms of the probabilities.") {
    $0.logarithm
  }
}

// MARK: L = −(1/n)·Σ T·ln p

private let mean = Site<ForPart<Shape>, Double>("mean") {
  Double($0.value.rows)
} mistakes: {
  inEachPart(
    "summed",
    both:
      "Your gradient is right for your loss, but the loss is summed over the rows, not averaged.",
    loss: "Your loss is summed over the rows; average over them.",
    gradient: "Your gradient is that of the sum over the rows; the loss is their mean."
  ) { _ in 1 }
  inEachPart(
    "mean-over-classes-too",
    both: "Your gradient is right for your loss, but the loss is averaged over rows and classes.",
    loss: "Your loss is averaged over rows and classes; average over the rows only.",
    gradient: "You divided the gradient by rows × classes; the loss is a mean over the rows only."
  ) { $0.count }
  inEachPart(
    "mean-over-classes",
    both:
      "Your loss and gradient are divided by the number of classes; divide by that of the rows.",
    loss: "You divided the loss by the number of classes; divide by the rows instead.",
    gradient: "You divided the gradient by the number of classes; the loss is a mean over the rows."
  ) { Double($0.columns) }
}

private let base = Site<Double, Double>("base") {
  $0
} mistakes: {
  Mistake("log-base-2", "Your loss is in bits, with log₂; the logarithm is the natural one.") {
    $0 / log(2)
  }
  Mistake("log-base-10", "Your loss uses log₁₀; the logarithm is the natural one.") {
    $0 / log(10)
  }
}

private let product = Site<(weights: Matrix, p: Matrix, logarithm: Matrix), Matrix>("zero") {
  $0.weights * $0.logarithm
} mistakes: {
  Mistake(
    "log-of-zero",
    "Your loss is not a number for extreme logits, as from 0 · ln 0 or ∞ − ∞; shift, and clip before ln."
  ) { $0.weights * log($0.p) }
  Mistake(
    "infinite-loss",
    "Your loss is infinite where the target's probability rounds to 0; clip, or use log-sum-exp."
  ) { $0.weights.skippingZeros(times: log($0.p)) }
}

private let lossSoftmaxTwice = Site<Matrix, Matrix>(
  "loss-softmax-twice", "You applied softmax to the probabilities again in the loss."
) { Mathematics.softmax($0) }

/// Σ T·ln p; `term` is W ⊙ ln p of any W and p.
private typealias Terms = (t: Matrix, p: Matrix, term: (Matrix, Matrix) -> Matrix)

private let sum = Site<Terms, Double>("loss") {
  $0.term($0.t, $0.p).sum()
} mistakes: {
  Mistake(
    "loss-of-likeliest-target",
    "Your loss only looks at each row's largest target; with soft targets every class counts."
  ) { $0.term($0.t.likeliest, $0.p).sum() }
  Mistake(
    "log-of-expected-probability",
    "You took the logarithm of Σ T·p; the sum is outside of it: Σ T·ln p."
  ) {
    let expected = ($0.t * $0.p).sum(axis: 1)
    return $0.term(expected * 0 + 1, expected).sum()
  }
  Mistake(
    "loss-of-predicted-class",
    "Your loss is −ln of each row's largest probability; take that of the target: Σ T·ln p."
  ) { $0.term($0.p.likeliest, $0.p).sum() }
  Mistake(
    "binary-cross-entropy",
    "You added (1 − T)·ln(1 − p), as in binary cross-entropy; softmax needs T·ln p alone."
  ) { ($0.term($0.t, $0.p) + $0.term(1 - $0.t, 1 - $0.p)).sum() }
}

// MARK: ∂L/∂Z = (p − T)/n

private struct Slope {
  let z, p, t: Matrix

  /// The Jacobian of softmax times `upstream`, row by row.
  func throughSoftmax(_ upstream: Matrix) -> Matrix {
    p * (upstream - (p * upstream).sum(axis: 1))
  }
}

private let slope = Site<Slope, Matrix>("gradient") {
  $0.p - $0.t
} mistakes: {
  Mistake(
    "gradient-softmax-twice", "You applied softmax to the probabilities again in the gradient."
  ) { Mathematics.softmax($0.p) - $0.t }
  Mistake(
    "softmax-jacobian-twice",
    "You multiplied p − y by the Jacobian of softmax again; p − y already contains it."
  ) { $0.throughSoftmax($0.p - $0.t) }
  Mistake(
    "diagonal-jacobian",
    "Your gradient is 0 but at the target, as by the Jacobian's diagonal alone; every logit counts."
  ) { $0.t * ($0.p - 1) }
  Mistake(
    "gradient-by-probabilities",
    "Your gradient −y/p is with respect to the probabilities; the logits are asked for."
  ) { -$0.t / $0.p }
  Mistake(
    "logits-for-probabilities",
    "You subtracted the targets from the logits; softmax is missing before p − y."
  ) { $0.z - $0.t }
  Mistake(
    "targets-not-subtracted", "Your gradient is p alone; the targets are to be subtracted."
  ) { $0.p }
  Mistake(
    "ones-subtracted", "You subtracted 1 from every probability; subtract the targets: p − y."
  ) { $0.p - 1 }
  Mistake(
    "times-sigmoid-slope",
    "You multiplied p − y by p·(1 − p), as a squared error would need; p − y is the gradient."
  ) { ($0.p - $0.t) * $0.p * (1 - $0.p) }
  Mistake(
    "gradient-of-likeliest-target",
    "Your gradient only looks at each row's largest target; subtract soft targets as they are."
  ) { $0.p - $0.t.likeliest }
  Mistake(
    "gradient-through-clipping",
    "Your gradient goes through the clipping, and vanishes where the target's probability is 0."
  ) { $0.throughSoftmax(-$0.t / maximum($0.p, 1e-7)) }
  Mistake(
    "divided-by-zero-probability",
    "Your gradient divides by probabilities, and they round to 0; p − y needs no division."
  ) { $0.throughSoftmax(-$0.t / $0.p) }
}

private let gradientSign = Site<Matrix, Matrix>(
  "gradient-sign-flipped", "Your gradient is y − p; the gradient of the loss is p − y."
) { -$0 }

private let factorTwo = Site<Matrix, Matrix>(
  "factor-two", "Your gradient has a factor 2, as a squared error would; cross-entropy has none."
) { 2 * $0 }

private let reduction = LossSites.reduction(from: "logits")

extension Matrix {
  /// 1 at each row's largest entry, 0 elsewhere.
  fileprivate var likeliest: Matrix {
    var oneHot = self * 0
    for (row, label) in argmax(axis: 1).enumerated() { oneHot[row, label] = 1 }
    return oneHot
  }
}

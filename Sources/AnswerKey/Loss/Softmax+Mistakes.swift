package import Grading
package import KataKit
import SharedAnswers

extension SoftmaxSuite {
  package static let mistakes = MistakeCatalogue(
    at: [probabilities, product, sign, averaging, source])

  package static func reference(at: Computation<Self>) -> any SoftmaxKata { FaultySoftmax(at: at) }
}

/// Softmax that can make any of the mistakes on purpose.
private struct FaultySoftmax: SoftmaxKata {
  var at = Computation<SoftmaxSuite>()
  private let memory = Memory<Matrix>()

  init() {}
  init(at: Computation<SoftmaxSuite>) { self.at = at }

  func value(at logits: Matrix) -> Matrix {
    memory.last = logits
    return at(probabilities, (logits, isBack: false))
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = at(probabilities, (at(source, (logits, memory)), isBack: true))
    return at(averaging, at(sign, at(product, Step(u: upstream, p: p))))
  }
}

private let source = Memory<Matrix>.source(of: "backward", after: "value", handed: "logits")

// MARK: P

private typealias Logits = (logits: Matrix, isBack: Bool)

private let probabilities = Site<Logits, Matrix>("softmax") {
  Mathematics.softmax($0.logits)
} mistakes: {
  alsoInBackward(
    "overflowing-softmax", "overflows for large logits; subtract each row's maximum before exp."
  ) { Softmax(shift: .none)($0) }
  alsoInBackward(
    "shift-by-mean",
    "subtracts each row's mean, and may still overflow; subtract its maximum before exp."
  ) { Softmax(shift: .rowMean)($0) }
  alsoInBackward(
    "shift-by-minimum",
    "subtracts each row's minimum, and overflows all the sooner; subtract its maximum."
  ) { Softmax(shift: .rowMinimum)($0) }
  alsoInBackward(
    "shift-by-zero-or-maximum",
    "shifts by max(0, maximum): far below 0 every exp underflows. Shift by the maximum alone."
  ) { Softmax(shift: .zeroOrRowMaximum)($0) }
  alsoInBackward(
    "shift-by-largest-magnitude",
    "subtracts each row's largest |z|, under which every exp may underflow; subtract its maximum."
  ) { Softmax(shift: .rowMagnitude)($0) }
  alsoInBackward(
    "divided-by-root-of-classes",
    "divides the logits by √classes, as attention does by √d; take them as they are."
  ) { Softmax()($0 / Double($0.columns).squareRoot()) }
  alsoInBackward(
    "shift-by-global-maximum",
    "shifts by the maximum of the whole matrix; rows far below it underflow to 0/0."
  ) { Softmax(shift: .globalMaximum)($0) }
  alsoInBackward(
    "shift-by-column-maximum",
    "subtracts each column's maximum; only a shift of whole rows leaves it as it is."
  ) { Softmax(shift: .columnMaximum)($0) }
  alsoInBackward(
    "divided-by-column-sums",
    "divides by the sums of the columns; each row is divided by its own sum."
  ) { Softmax(divisor: .columnSums)($0) }
  alsoInBackward(
    "divided-by-total-sum",
    "divides by the sum of the whole matrix; each row is divided by its own sum."
  ) { Softmax(divisor: .totalSum)($0) }
  alsoInBackward(
    "divided-by-running-sums", "carries the sum on from row to row; each row's sum starts at 0."
  ) { Softmax(divisor: .runningSums)($0) }
  divisor(plus: 1e-6)
  divisor(plus: 1e-7)
  divisor(plus: 1e-8)
  divisor(plus: 1e-9)
  alsoInBackward("softmax-over-columns", "runs down each column; it should run along each row.") {
    Softmax(shift: .columnMaximum, divisor: .columnSums)($0)
  }
  alsoInBackward(
    "softmax-over-everything", "is one over the whole matrix; each row has its own."
  ) { Softmax(shift: .globalMaximum, divisor: .totalSum)($0) }
  alsoInBackward("not-normalised", "does not divide by the sum of the exponentials.") {
    Softmax(divisor: .none)($0)
  }
  alsoInBackward(
    "exponentials-alone", "is exp(z) alone; shift each row, and divide by the row's sum."
  ) { exp($0) }
  Mistake(
    "exponentials-missing",
    "Your softmax divides the logits by their sum; use their exponentials."
  ) { $0.logits / $0.logits.sum(axis: 1) }
  Mistake(
    "sigmoid",
    "Your softmax is the sigmoid of each logit; each exponential is divided by its row's sum."
  ) { $0.logits.map { 1 / (1 + exp(-$0)) } }
  Mistake("log-probabilities", "Your softmax returns the logarithms of the probabilities.") {
    Mathematics.logSoftmax($0.logits)
  }
  alsoInBackward("softmax-twice", "is applied twice.") {
    Mathematics.softmax(Mathematics.softmax($0))
  }
  Mistake(
    "softmax-missing-in-backward",
    "The softmax inside your backward is missing: P in p · (u − Σ u·p) is the probabilities, not the logits."
  ) { $0.isBack ? $0.logits : nil }
}

/// Two mistakes: of the value that backward goes by, too, and of a softmax that is backward's own.
private func alsoInBackward(
  _ id: String, _ words: String, instead: @escaping @Sendable (Matrix) -> Matrix
) -> [Mistake<Logits, Matrix>] {
  [
    Mistake(id, "Your softmax " + words) { instead($0.logits) },
    Mistake(id + "-in-backward", "The softmax inside your backward " + words) {
      $0.isBack ? instead($0.logits) : nil
    },
  ]
}

private func divisor(plus epsilon: Double) -> Mistake<Logits, Matrix> {
  Mistake(
    "divisor-plus-\(Numbers.brief(epsilon))",
    "Your softmax adds an ε to the divisor; the sum is 1 at least, and rows that do not sum to 1 are left."
  ) { Softmax(epsilon: epsilon)($0.logits) }
}

// MARK: ∂L/∂Z = P ⊙ (U − Σ U⊙P), the sum over each row

private struct Step {
  let u, p: Matrix

  var sum: Matrix { (u * p).sum(axis: 1) }
}

private let product = Site<Step, Matrix>("product") {
  $0.p * ($0.u - $0.sum)
} mistakes: {
  Mistake(
    "diagonal-jacobian",
    "You used only the diagonal of the Jacobian, p·(1 − p); every logit moves every probability."
  ) { $0.u * $0.p * (1 - $0.p) }
  Mistake("diagonal-of-ones", "The diagonal of your Jacobian is 1 − p²; it should be p·(1 − p).") {
    $0.u - $0.p * $0.sum
  }
  Mistake(
    "outer-product-only", "Your Jacobian is −p·pᵀ alone; p itself is missing on its diagonal."
  ) { -$0.p * $0.sum }
  Mistake("off-diagonal-only", "The diagonal of your Jacobian is 0; it should be p·(1 − p).") {
    $0.p * ($0.u * $0.p - $0.sum)
  }
  Mistake("off-diagonal-sign", "Off the diagonal your Jacobian is +pⱼ·pₖ; it should be −pⱼ·pₖ.") {
    $0.p * ($0.u - 2 * $0.u * $0.p + $0.sum)
  }
  Mistake("sum-added", "You added the sum of u·p; subtract it: p · (u − Σ u·p).") {
    $0.p * ($0.u + $0.sum)
  }
  Mistake(
    "sum-missing", "Your backward is u·p; the sum of u·p is to be subtracted from u before."
  ) { $0.u * $0.p }
  Mistake(
    "parentheses-missing",
    "Your backward is p·u − Σ u·p; the sum is times p, too: put u − Σ u·p in parentheses."
  ) { $0.p * $0.u - $0.sum }
  Mistake("outer-factor-missing", "You left out the p in front: it is p · (u − Σ u·p).") {
    $0.u - $0.sum
  }
  Mistake("sum-of-upstream", "You subtracted the sum of u; subtract that of u·p.") {
    $0.p * ($0.u - $0.u.sum(axis: 1))
  }
  Mistake(
    "sum-overwritten",
    "You kept only the last class's share of the sum over the classes; add all shares with +=."
  ) {
    let last = ($0.u * $0.p).columnsBlanked(before: $0.p.columns - 1)
    return last - $0.p * last.sum(axis: 1)
  }
  Mistake("mean-of-upstream", "You subtracted the mean of u; subtract the sum of u·p.") {
    $0.p * ($0.u - $0.u.mean(axis: 1))
  }
  Mistake("mean-for-sum", "You subtracted the mean of u·p over the classes; subtract the sum.") {
    $0.p * ($0.u - $0.sum / Double($0.u.columns))
  }
  Mistake("sum-over-columns", "You summed u·p down the columns; the sum runs along each row.") {
    $0.p * ($0.u - ($0.u * $0.p).sum(axis: 0))
  }
  Mistake(
    "sum-over-everything", "You summed u·p over the whole matrix; each row has its own sum."
  ) { $0.p * ($0.u - $0.sum.sum()) }
  Mistake(
    "slope-of-log-softmax",
    "Your backward is that of log-softmax, u − p·Σ u; softmax was asked for."
  ) { $0.u - $0.p * $0.u.sum(axis: 1) }
  Mistake(
    "p-minus-upstream",
    "Your backward is p − u, which holds for targets under cross-entropy; u is any gradient."
  ) { $0.p - $0.u }
  Mistake(
    "upstream-overwritten",
    "Your backward returns the slope p·(1 − p); the upstream gradient goes through it."
  ) { $0.p * (1 - $0.p) }
  Mistake("upstream-unchanged", "Your backward returns the upstream gradient as it came.") {
    $0.u
  }
}

extension Matrix {
  fileprivate func columnsBlanked(before column: Int) -> Matrix {
    var blanked = self
    for row in 0..<rows where column > 0 {
      for place in 0..<column { blanked[row, place] = 0 }
    }
    return blanked
  }
}

private let sign = Site<Matrix, Matrix>(
  "sign-flipped", "Your backward has the wrong sign: p · (u − Σ u·p) comes back."
) { -$0 }

private let averaging = Site<Matrix, Matrix>(
  "averaged",
  "You averaged your backward over the rows; the mean belongs to the loss, which is above."
) { $0 / Double($0.rows) }

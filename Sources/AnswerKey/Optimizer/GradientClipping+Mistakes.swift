package import Grading
package import KataKit

extension GradientClippingSuite {
  package static let mistakes = MistakeCatalogue(at: [norms, factors, comparisons])

  package static func reference(at: Computation<Self>) -> any GradientClippingKata {
    FaultyGradientClipping(at: at)
  }
}

/// Gradient clipping that can make any of the mistakes on purpose.
private struct FaultyGradientClipping: GradientClippingKata {
  var at = Computation<GradientClippingSuite>()

  func clipped(_ gradients: [Matrix], toNorm limit: Double) -> [Matrix] {
    zip(gradients, at(norms, gradients)).map { gradient, length in
      guard let length else { return gradient }
      let own = gradient.norm
      let ownFactor = at(factors, (own, limit))
      return gradient
        * length.norm.map { norm in
          let factor = at(factors, (norm, limit))
          return at(
            comparisons,
            Comparison(
              factor: factor, norm: norm, compared: length.isSquareCompared ? norm * norm : norm,
              limit: limit, own: own, ownFactor: ownFactor))
        }
    }
  }
}

/// √Σg² over all gradients, for each of them; nil for one that stays as it is.
private let norms = Site<[Matrix], [Length?]>("norm") {
  $0.lengths(of: $0.norm)
} mistakes: {
  Mistake(
    "per-matrix",
    "You clipped each matrix by its own norm; one norm and one factor are for all of them."
  ) { $0.map(\.norm).lengths }
  Mistake(
    "per-row",
    "You clipped each row by its own norm; one norm and one factor are for all matrices."
  ) { $0.map { Length(sqrt(($0 * $0).sum(axis: 1))) } }
  Mistake(
    "per-column",
    "You clipped each column by its own norm; one norm and one factor are for all matrices."
  ) { $0.map { Length(sqrt(($0 * $0).sum(axis: 0))) } }
  Mistake(
    "per-entry",
    "You clamped each entry to ±maximumNorm, which turns the gradient; scale all by one factor."
  ) { $0.map { Length(abs($0)) } }
  Mistake(
    "cut-above", "You cut off each entry above maximumNorm; scale all entries by one factor."
  ) { $0.map { Length(maximum($0, 0)) } }
  wrongNorm(
    "sum-of-norms", "You added up the norms of the matrices; add their squares, then take the root."
  ) { $0.map(\.norm).reduce(0, +) }
  wrongNorm(
    "mean-of-norms",
    "You took the mean of the matrices' norms; take the root of the sum of all squares."
  ) { $0.map(\.norm).reduce(0, +) / Double($0.count) }
  wrongNorm(
    "largest-norm", "You took the largest norm of a matrix; the norm is that of all together."
  ) { $0.map(\.norm).max() ?? 0 }
  wrongNorm(
    "first-norm", "You took the norm of the first matrix; the norm is that of all together."
  ) { $0.prefix(1).norm }
  wrongNorm(
    "last-norm", "You took the norm of the last matrix; the norm is that of all together."
  ) { $0.suffix(1).norm }
  wrongNorm(
    "all-but-last-norm",
    "You left the last matrix out of the norm; the norm is that of all together."
  ) { $0.count > 1 ? $0.dropLast().norm : $0.norm }
  wrongNorm(
    "norm-of-means",
    "You added up the means of the matrices' squares; add up the squares, then take the root."
  ) { $0.map { ($0 * $0).mean() }.reduce(0, +).squareRoot() }
  wrongNorm(
    "root-mean-of-norms",
    "You divided the sum of all squares by the number of matrices; take the root of the sum."
  ) { $0.norm / Double($0.count).squareRoot() }
  wrongNorm(
    "norm-of-sums",
    "You squared the sum of each matrix's entries; square each entry, then sum."
  ) { $0.map { $0.sum() * $0.sum() }.reduce(0, +).squareRoot() }
  Mistake(
    "rows-left-out",
    "You left out the biases, which are single rows; they count and are scaled as everything is."
  ) { gradients in
    let norm = gradients.filter { $0.rows != 1 }.norm
    return gradients.map { $0.rows == 1 ? nil : Length([[norm]]) }
  }
  wrongNorm(
    "norm-without-rows",
    "You left the biases, which are single rows, out of the norm; every entry counts."
  ) { $0.filter { $0.rows != 1 }.norm }
  Mistake(
    "rows-not-scaled",
    "You did not scale the biases, which are single rows; all are scaled by the same factor."
  ) { gradients in gradients.map { $0.rows == 1 ? nil : Length([[gradients.norm]]) } }
  wrongNorm(
    "sum-of-magnitudes", "Your norm is the sum of |g|; take the root of the sum of squares."
  ) { $0.map { abs($0).sum() }.reduce(0, +) }
  wrongNorm(
    "largest-entry", "Your norm is the largest |g|; take the root of the sum of squares."
  ) { $0.map { abs($0).max() }.max() ?? 0 }
  wrongNorm("root-missing", "Your norm is the sum of the squares; take its root.") {
    $0.norm * $0.norm
  }
  wrongNorm(
    "mean-square", "Your norm is the root of the mean of the squares; take the root of their sum."
  ) { $0.norm / Double($0.map(\.count).reduce(0, +)).squareRoot() }
  Mistake(
    "running-norm",
    "You scaled each matrix by the norm so far; add up all squares before you scale."
  ) { gradients in gradients.indices.map { gradients[...$0].norm }.lengths }
  Mistake(
    "square-compared", "You compared the square of the norm with the limit; compare the norm."
  ) { $0.map { [norm = $0.norm] _ in Length([[norm]], isSquareCompared: true) } }
  Mistake(
    "all-but-last-scaled",
    "You did not scale the last matrix; all are scaled by the same factor."
  ) { gradients in
    gradients.indices.map { $0 < gradients.count - 1 ? Length([[gradients.norm]]) : nil }
  }
  Mistake(
    "only-first", "You scaled the first matrix only; all are scaled by the same factor."
  ) { gradients in gradients.indices.map { $0 == 0 ? Length([[gradients.norm]]) : nil } }
}

/// What is above the limit is multiplied by this.
private let factors = Site<(norm: Double, limit: Double), Double>("factor") {
  $0.limit / $0.norm
} mistakes: {
  Mistake("unit-norm", "You scaled to a norm of 1; scale to maximumNorm.") { 1 / $0.norm }
  Mistake(
    "norm-not-divided-by", "You multiplied by maximumNorm without dividing by the norm."
  ) { $0.limit }
  Mistake(
    "quotient-inverted", "You multiplied by norm / maximumNorm; multiply by maximumNorm / norm."
  ) { $0.norm / $0.limit }
  Mistake(
    "quotient-squared",
    "You applied maximumNorm / norm twice; once makes the norm the limit."
  ) { $0.limit / $0.norm * ($0.limit / $0.norm) }
  Mistake(
    "limit-plus-norm",
    "You divided by maximumNorm + norm; divide by the norm, which makes the result as long as the limit."
  ) { $0.limit / ($0.limit + $0.norm) }
  Mistake(
    "root-of-quotient", "You took the root of maximumNorm / norm as the factor; leave the root out."
  ) { ($0.limit / $0.norm).squareRoot() }
  Mistake(
    "dropped", "You replaced what is too long by zeros; scale it down to the limit."
  ) { _ in 0 }
  Mistake(
    "nothing-clipped", "Your gradients are as they were; above the limit they are scaled down."
  ) { _ in 1 }
  Mistake(
    "norm-at-least-one", "You divided by 1 where the norm is below 1; divide by the norm."
  ) { $0.limit / max($0.norm, 1) }
}

/// The factor above the limit, and 1 below it.
private let comparisons = Site<Comparison, Double>("when") {
  $0.isLong ? $0.factor : 1
} mistakes: {
  Mistake(
    "scaled-per-matrix",
    "You compared the norm of all, then scaled each matrix by its own; all have one factor."
  ) { $0.isLong && $0.own > 0 ? $0.ownFactor : 1 }
  Mistake(
    "scaled-up", "You scaled short gradients up to the limit; leave those below it alone."
  ) { $0.norm > 0 ? $0.factor : 1 }
  Mistake(
    "scaled-up-nan-at-zero",
    "You scaled all gradients to the limit, zeros by 0/0; below it they stay as they are."
  ) { $0.norm > 0 ? $0.factor : .nan }
  Mistake(
    "small-scaled-up", "You scaled the gradients that are below the limit; scale those above it."
  ) { $0.isLong || $0.norm == 0 ? 1 : $0.factor }
  Mistake(
    "small-scaled-up-nan-at-zero",
    "You scaled the gradients below the limit, zeros by 0/0; scale those above it."
  ) { $0.norm == 0 ? .nan : $0.isLong ? 1 : $0.factor }
  Mistake("one-compared", "You compared the norm with 1; compare it with maximumNorm.") {
    $0.isAbove(1) ? $0.factor : 1
  }
  Mistake(
    "one-or-limit-compared",
    "You never clipped a norm below 1; clip whenever the norm is above maximumNorm."
  ) { $0.isAbove(max($0.limit, 1)) ? $0.factor : 1 }
  Mistake(
    "only-long-ones",
    "You scaled only the matrices that are too long by themselves; scale all of them."
  ) { $0.own > $0.limit ? nil : 1 }
  Mistake(
    "small-norms-left",
    "You did not scale tiny gradients whose norm is above maximumNorm; no norm is too small for that."
  ) { $0.norm < 1e-6 ? 1 : nil }
  Mistake(
    "limit-exceeded-slightly",
    "You left gradients whose norm is hardly above maximumNorm as they are; scale those, too."
  ) { $0.isAbove($0.limit * (1 + 1e-7)) ? nil : 1 }
  Mistake(
    "limit-exceeded-by-a-thousandth",
    "You left gradients whose norm is a little above maximumNorm as they are; scale those, too."
  ) { $0.isAbove($0.limit * (1 + 1e-3)) ? nil : 1 }
  Mistake("nan-at-zero", "Where the norm is 0, your factor is 0/0; zeros stay zeros.") {
    $0.norm == 0 ? .nan : nil
  }
}

/// What a gradient, or each row, column or entry of it, is scaled by.
private struct Length {
  let norm: Matrix
  let isSquareCompared: Bool

  init(_ norm: Matrix, isSquareCompared: Bool = false) {
    (self.norm, self.isSquareCompared) = (norm, isSquareCompared)
  }
}

private struct Comparison {
  let factor, norm, compared, limit: Double
  /// The norm of the one matrix, and what would scale it alone.
  let own, ownFactor: Double

  var isLong: Bool { isAbove(limit) }

  func isAbove(_ bound: Double) -> Bool { norm > 0 && compared > bound }
}

/// A wrong norm that is one for all gradients.
private func wrongNorm(
  _ id: String, _ sentence: String, instead: @escaping @Sendable ([Matrix]) -> Double
) -> Mistake<[Matrix], [Length?]> {
  Mistake(id, sentence) { $0.lengths(of: instead($0)) }
}

extension Matrix {
  fileprivate var norm: Double { (self * self).sum().squareRoot() }
}

extension Collection<Matrix> {
  fileprivate var norm: Double { map { ($0 * $0).sum() }.reduce(0, +).squareRoot() }
}

extension [Matrix] {
  fileprivate func lengths(of norm: Double) -> [Length?] { map { _ in Length([[norm]]) } }
}

extension [Double] {
  fileprivate var lengths: [Length?] { map { Length([[$0]]) } }
}

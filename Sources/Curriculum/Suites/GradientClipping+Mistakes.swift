import Grading
import KataKit

extension GradientClippingSuite {
  package enum Slip: String, ListedMistake {
    case perMatrix = "per-matrix"
    case perRow = "per-row"
    case perColumn = "per-column"
    case perEntry = "per-entry"
    case cutAbove = "cut-above"
    case scaledPerMatrix = "scaled-per-matrix"
    case sumOfNorms = "sum-of-norms"
    case meanOfNorms = "mean-of-norms"
    case largestNorm = "largest-norm"
    case firstNorm = "first-norm"
    case lastNorm = "last-norm"
    case sumOfMagnitudes = "sum-of-magnitudes"
    case largestEntry = "largest-entry"
    case rootMissing = "root-missing"
    case meanSquare = "mean-square"
    case runningNorm = "running-norm"
    case squareCompared = "square-compared"
    case oneCompared = "one-compared"
    case oneOrLimitCompared = "one-or-limit-compared"
    case atLeastOne = "norm-at-least-one"
    case scaledUp = "scaled-up"
    case scaledUpUnguarded = "scaled-up-nan-at-zero"
    case smallScaledUp = "small-scaled-up"
    case smallScaledUpUnguarded = "small-scaled-up-nan-at-zero"
    case nothingClipped = "nothing-clipped"
    case notANumber = "nan-at-zero"
    case unitNorm = "unit-norm"
    case limitOnly = "norm-not-divided-by"
    case quotientInverted = "quotient-inverted"
    case rootOfQuotient = "root-of-quotient"
    case dropped
    case onlyFirst = "only-first"
    case onlyLong = "only-long-ones"

    package var sentence: String {
      switch self {
      case .perMatrix:
        "You clipped each matrix by its own norm; one norm and one factor are for all of them."
      case .perRow:
        "You clipped each row by its own norm; one norm and one factor are for all matrices."
      case .perColumn:
        "You clipped each column by its own norm; one norm and one factor are for all matrices."
      case .perEntry:
        "You clamped each entry to ±maximumNorm, which turns the gradient; scale all by one factor."
      case .cutAbove:
        "You cut off each entry above maximumNorm; scale all entries by one factor."
      case .scaledPerMatrix:
        "You compared the norm of all, then scaled each matrix by its own; all have one factor."
      case .meanOfNorms: "You took the mean of the matrices' norms; it is the root of all squares."
      case .sumOfNorms:
        "You added up the norms of the matrices; add their squares, then take the root."
      case .largestNorm: "You took the largest norm of a matrix; the norm is that of all together."
      case .firstNorm: "You took the norm of the first matrix; the norm is that of all together."
      case .lastNorm: "You took the norm of the last matrix; the norm is that of all together."
      case .sumOfMagnitudes: "Your norm is the sum of |g|; it is the root of the sum of squares."
      case .largestEntry: "Your norm is the largest |g|; it is the root of the sum of squares."
      case .rootMissing: "Your norm is the sum of the squares; take its root."
      case .meanSquare:
        "Your norm is the root of the mean square; it is that of the sum of squares."
      case .runningNorm:
        "You scaled each matrix by the norm so far; add up all squares before you scale."
      case .scaledUp: "You scaled gradients up to the limit, too; below it they stay as they are."
      case .scaledUpUnguarded:
        "You scaled all gradients to the limit, zeros by 0/0; below it they stay as they are."
      case .smallScaledUp:
        "You scaled the gradients that are below the limit; it is those above it."
      case .smallScaledUpUnguarded:
        "You scaled the gradients below the limit, zeros by 0/0; it is those above it."
      case .nothingClipped: "Your gradients are as they were; above the limit they are scaled down."
      case .notANumber: "Where the norm is 0, your factor is 0/0; zeros stay zeros."
      case .unitNorm: "You scaled to a norm of 1; it is maximumNorm."
      case .limitOnly: "You multiplied by maximumNorm without dividing by the norm."
      case .quotientInverted: "You multiplied by norm / maximumNorm; it is maximumNorm / norm."
      case .rootOfQuotient:
        "You took the root of maximumNorm / norm as the factor; leave the root out."
      case .squareCompared:
        "You compared the square of the norm with the limit; compare the norm."
      case .oneCompared: "You compared the norm with 1; compare it with maximumNorm."
      case .oneOrLimitCompared:
        "You left a norm below 1 as it is; clip it, too, where maximumNorm is smaller."
      case .atLeastOne: "You divided by 1 where the norm is below 1; divide by the norm."
      case .dropped: "You replaced what is too long by zeros; scale it down to the limit."
      case .onlyFirst: "You scaled the first matrix only; all are scaled by the same factor."
      case .onlyLong:
        "You scaled only the matrices that are too long by themselves; scale all of them."
      }
    }

    package var site: String {
      switch self {
      case .perMatrix, .perRow, .perColumn, .perEntry, .cutAbove,
        .sumOfNorms, .meanOfNorms, .largestNorm,
        .firstNorm, .lastNorm, .sumOfMagnitudes, .largestEntry, .rootMissing, .meanSquare,
        .runningNorm, .squareCompared, .onlyFirst:
        "norm"
      case .scaledPerMatrix, .scaledUp, .scaledUpUnguarded, .smallScaledUp, .smallScaledUpUnguarded,
        .oneCompared, .oneOrLimitCompared, .onlyLong, .notANumber:
        "when"
      case .unitNorm, .limitOnly, .quotientInverted, .rootOfQuotient, .dropped, .nothingClipped,
        .atLeastOne:
        "factor"
      }
    }
  }

  /// Gradient clipping that can make any of the mistakes on purpose.
  struct Reference: GradientClippingKata {
    private var mistakes: Set<Slip> = []

    init() {}
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func clipped(_ gradients: [Matrix], toNorm limit: Double) -> [Matrix] {
      if makes(.perEntry) { return gradients.map { $0.map { min(max($0, -limit), limit) } } }
      if makes(.cutAbove) { return gradients.map { $0.map { min($0, limit) } } }
      return gradients.enumerated().map { index, gradient in
        if makes(.onlyFirst), index > 0 { return gradient }
        if makes(.onlyLong), norm([gradient]) <= limit { return gradient }
        return gradient * factors(for: index, of: gradients, limit)
      }
    }

    /// What a matrix is multiplied by: one number for all, but for the mistakes.
    private func factors(for index: Int, of gradients: [Matrix], _ limit: Double) -> Matrix {
      let gradient = gradients[index]
      if makes(.perRow) || makes(.perColumn) {
        return sqrt((gradient * gradient).sum(axis: makes(.perRow) ? 1 : 0))
          .map { factor(norm: $0, limit) }
      }
      let own = norm([gradient])
      if makes(.perMatrix) { return [[factor(norm: own, limit)]] }
      if makes(.firstNorm) { return [[factor(norm: norm(gradients.prefix(1)), limit)]] }
      if makes(.lastNorm) { return [[factor(norm: norm(gradients.suffix(1)), limit)]] }
      if makes(.runningNorm) {
        return [[factor(norm: norm(gradients.prefix(index + 1)), limit)]]
      }
      let all = norm(gradients[...])
      return [[factor(norm: makes(.scaledPerMatrix) ? own : all, compared: all, limit)]]
    }

    private func norm(_ gradients: ArraySlice<Matrix>) -> Double {
      let norms = gradients.map { ($0 * $0).sum().squareRoot() }
      if makes(.sumOfNorms) { return norms.reduce(0, +) }
      if makes(.meanOfNorms) { return norms.reduce(0, +) / Double(norms.count) }
      if makes(.largestNorm) { return norms.max() ?? 0 }
      if makes(.sumOfMagnitudes) { return gradients.map { abs($0).sum() }.reduce(0, +) }
      if makes(.largestEntry) { return gradients.map { abs($0).max() }.max() ?? 0 }
      let squares = norms.map { $0 * $0 }.reduce(0, +)
      if makes(.rootMissing) { return squares }
      let count = Double(gradients.map(\.count).reduce(0, +))
      return makes(.meanSquare) ? (squares / count).squareRoot() : squares.squareRoot()
    }

    private func factor(norm: Double, compared: Double? = nil, _ limit: Double) -> Double {
      let isZeroDivided =
        makes(.notANumber) || makes(.scaledUpUnguarded) || makes(.smallScaledUpUnguarded)
      if norm == 0 { return isZeroDivided ? .nan : 1 }
      let length = compared ?? norm
      let isLong = (makes(.squareCompared) ? length * length : length) > bound(limit)
      let isScaled =
        makes(.scaledUp) || makes(.scaledUpUnguarded)
        || isLong != (makes(.smallScaledUp) || makes(.smallScaledUpUnguarded))
      guard isScaled, !makes(.nothingClipped) else { return 1 }
      if makes(.unitNorm) { return 1 / norm }
      if makes(.limitOnly) { return limit }
      if makes(.quotientInverted) { return norm / limit }
      if makes(.rootOfQuotient) { return (limit / norm).squareRoot() }
      if makes(.atLeastOne) { return limit / max(norm, 1) }
      return makes(.dropped) ? 0 : limit / norm
    }

    /// What the norm is compared with.
    private func bound(_ limit: Double) -> Double {
      makes(.oneCompared) ? 1 : makes(.oneOrLimitCompared) ? max(limit, 1) : limit
    }
  }
}

/// When two values of a block are the same.
package enum Acceptance: Sendable, Equatable {
  /// |a − b| ≤ relative · (largest finite |b| of the block) + absolute, entry by entry.
  ///
  /// Correct float64 variants differ by at most 3e-7 (a logarithm clipped at 1e-7); the smallest known
  /// mistake differs by 2.5e-3. The default sits in the gap.
  case near(relative: Double = 1e-6, absolute: Double = 1e-9)

  /// |a − b| ≤ relative · |b| + absolute: each entry by itself, so that small ones do not hide behind
  /// large ones.
  case each(relative: Double = 1e-6, absolute: Double = 0)

  /// Anything in the range is right. Outside it, two values are the same within `noise`, relative to
  /// the larger: for statistics of samples, and for values that may be clipped.
  case between(ClosedRange<Double>, noise: Double)

  /// Any number is right.
  package static let anyNumber = Acceptance.between(-.infinity ... .infinity, noise: 0)

  /// Whether `actual` is as good as `expected`. Not-a-number equals nothing but not-a-number.
  func same(_ actual: Double, _ expected: Double, largest: Double) -> Bool {
    if expected.isNaN { return actual.isNaN }
    if actual == expected { return true }
    switch self {
    case .near(let relative, let absolute):
      return abs(actual - expected) <= relative * largest + absolute
    case .each(let relative, let absolute):
      return abs(actual - expected) <= relative * abs(expected) + absolute
    case .between(let range, let noise):
      switch (range.contains(actual), range.contains(expected)) {
      case (true, true): return true
      case (false, false):
        guard actual.isFinite, expected.isFinite else { return false }
        return abs(actual - expected) <= noise * max(abs(actual), abs(expected))
      default: return false
      }
    }
  }
}

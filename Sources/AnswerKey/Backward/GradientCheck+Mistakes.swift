package import Grading
package import KataKit

extension GradientCheckSuite {
  package static let mistakes = MistakeCatalogue(
    at: [differences, moves, steps, transposition, verdicts, ownDifferences])

  package static func reference(at: Computation<Self>) -> any GradientCheckKata {
    FaultyGradientCheck(at: at)
  }
}

/// A gradient check that can make any of the mistakes on purpose; its verdicts rest on its own
/// differences, right or wrong.
private struct FaultyGradientCheck: GradientCheckKata {
  var at = Computation<GradientCheckSuite>()

  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    gradient(of: loss, at: point, step: step) { at(differences, $0) }
  }

  func isCorrect(_ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix) -> Bool {
    let numerical = self.gradient(of: loss, at: point, step: 1e-5) {
      at(ownDifferences, ($0, at(differences, $0)))
    }
    return at(verdicts, JudgedClaim(gradient: gradient, numerical: numerical))
  }

  private func gradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double, difference: (Ends) -> Double
  ) -> Matrix {
    withoutActuallyEscaping(loss) { loss in
      var (gradient, base) = (point, point)
      for row in 0..<point.rows {
        for column in 0..<point.columns {
          let center = point[row, column]
          let h = at(steps, (step, center))
          let moved = at(
            moves, Move(base: base, row: row, column: column, center: center, h: h))
          base = moved.base
          gradient[row, column] = difference(
            Ends(loss: loss, point: point, above: moved.above, below: moved.below, h: h))
        }
      }
      return at(transposition, gradient)
    }
  }
}

// MARK: ∂L/∂w ≈ (L(w + h) − L(w − h))/2h

/// The points on both sides of one entry, and the loss to ask there.
private struct Ends {
  let loss: (Matrix) -> Double
  let point, above, below: Matrix
  let h: Double

  var difference: Double { loss(above) - loss(below) }
  var oneSided: Double { (loss(above) - loss(point)) / h }

  /// Half a step to either side, and a whole one between the two.
  var halfStep: Double {
    let (center, reach) = ((above + below) / 2, (above - below) / 4)
    return (loss(center + reach) - loss(center - reach)) / h
  }

  /// Fourth-order differences, from two points on either side.
  var fivePoints: Double {
    let reach = (above - below) / 2
    return (8 * difference - loss(above + reach) + loss(below - reach)) / (12 * h)
  }
}

private let differences = Site<Ends, Double>("difference") {
  $0.difference / (2 * $0.h)
} mistakes: {
  Mistake(
    "half-times-step",
    "/ 2 * step divides by 2 and multiplies by the step; write / (2 * step)."
  ) { $0.difference / 2 * $0.h }
  Mistake(
    "lower-value-divided",
    "You divided the lower value alone, as / comes before −; the difference takes parentheses."
  ) { $0.loss($0.above) - $0.loss($0.below) / (2 * $0.h) }
  Mistake(
    "five-points",
    "You took points two steps away, too; central differences take one step to either side."
  ) { $0.fivePoints }
  Mistake("half-missing", "You divided by the step; the two points are 2 steps apart.") {
    $0.difference / $0.h
  }
  Mistake(
    "one-sided-above", "You went to one side, above the point; central differences go to both."
  ) { $0.oneSided }
  Mistake(
    "one-sided-below", "You went to one side, below the point; central differences go to both."
  ) { ($0.loss($0.point) - $0.loss($0.below)) / $0.h }
  Mistake(
    "half-one-sided",
    "Your lower point is the point itself: from point + step it is 2 steps down."
  ) { $0.oneSided / 2 }
  Mistake(
    "half-step",
    "You moved each entry by half the step; move it by the whole step and divide by 2 steps."
  ) { $0.halfStep }
  Mistake("negated", "You subtracted the upper value from the lower one; subtract the lower one.") {
    -$0.difference / (2 * $0.h)
  }
}

/// The step to either side of one entry.
private struct Move {
  let base: Matrix
  let row, column: Int
  let center, h: Double

  func point(with entry: Double) -> Matrix {
    var point = base
    point[row, column] = entry
    return point
  }

  var above: Matrix { point(with: center + h) }
  var below: Matrix { point(with: center - h) }
}

/// The two points, and the one from which the next entry moves.
private let moves = Site<Move, (above: Matrix, below: Matrix, base: Matrix)>("point") {
  ($0.above, $0.below, $0.base)
} mistakes: {
  Mistake(
    "not-restored",
    "You left every entry a step below where it was; put it back before the next one."
  ) { ($0.above, $0.below, $0.below) }
  Mistake(
    "left-above",
    "You left every entry a step above where it was; put it back before the next one."
  ) { ($0.above, $0.below, $0.above) }
  Mistake("all-at-once", "You moved all entries at once; each has a derivative of its own.") {
    ($0.base + $0.h, $0.base - $0.h, $0.base)
  }
}

private let steps = Site<(step: Double, center: Double), Double>("step") {
  $0.step
} mistakes: {
  Mistake(
    "step-stretched",
    "You lengthened the step for large entries; the step that is given holds for all."
  ) { $0.step * max(1, abs($0.center)) }
  Mistake("step-ignored", "You took a step of your own; numericalGradient is given one.") { _ in
    1e-5
  }
}

private let transposition = Site<Matrix, Matrix>(
  "transposed", "Your numerical gradient is transposed."
) { $0.transposed }

// MARK: ‖gradient − numerical‖ ≤ 1e-3·max(‖gradient‖, ‖numerical‖)

/// A gradient to be judged by the differences.
private struct JudgedClaim {
  let gradient, numerical: Matrix

  var difference: Matrix { gradient - numerical }
  var size: Double { max(gradient.norm, numerical.norm) }
  var error: Double { relative(difference.norm) }

  /// 0 where both are 0.
  func relative(_ error: Double) -> Double { error == 0 ? 0 : error / size }

  /// Whether the error is small enough; where the shapes differ none is.
  func isRight(_ error: @autoclosure () -> Double, within tolerance: Double = 1e-3) -> Bool {
    isComparable && error() <= tolerance
  }

  var isComparable: Bool { gradient.shape == numerical.shape }

  /// By the largest entry, whose sign it keeps.
  var errorByMaximum: Double {
    let error = abs(difference).max()
    return error == 0 ? 0 : error / max(gradient.max(), numerical.max())
  }

  var cosine: Double { (gradient * numerical).sum() / (gradient.norm * numerical.norm) }
}

private let verdicts = Site<JudgedClaim, Bool>("verdict") {
  $0.isRight($0.error)
} mistakes: {
  Mistake("always-right", "You accept wrong gradients of every kind.") { _ in true }
  Mistake("always-wrong", "You reject every gradient, the right ones, too.") { _ in false }
  Mistake("inverted", "Your verdicts are inverted: right gradients are rejected.") {
    $0.isComparable && !$0.isRight($0.error)
  }
  Mistake(
    "too-strict",
    "You reject every right gradient but zero: tolerance or step are too small, or the quotient is wrong."
  ) { $0.isRight($0.error, within: 1e-14) }
  Mistake(
    "too-lax", "You accept errors of 5%; a right gradient is within 0.1% of its differences."
  ) { $0.isRight($0.error, within: 0.2) }
  Mistake(
    "nan-passes",
    "You accept NaN: error > threshold is false for it; ask for error <= threshold."
  ) { $0.isComparable && !($0.error > 1e-3) }
  Mistake(
    "zero-over-zero",
    "You reject a gradient that is rightly 0: its relative error is 0/0, which is NaN."
  ) { $0.isRight($0.difference.norm / $0.size) }
  Mistake(
    "zero-over-zero-in-an-entry",
    "You reject a right gradient for an entry that is 0: its relative error is 0/0, NaN."
  ) { $0.isRight(($0.difference / (abs($0.gradient) + abs($0.numerical))).norm) }
  Mistake(
    "zero-accepts-all",
    "You accept every claim where the gradient is 0; all zeros are right there, nothing else."
  ) { $0.numerical.norm < 1e-9 ? $0.isRight(0) : nil }
  Mistake(
    "zero-accepts-small",
    "You accept small claims where the gradient is 0; all zeros are right there, nothing else."
  ) { $0.numerical.norm < 1e-9 ? $0.isRight($0.gradient.norm) : nil }
  Mistake(
    "small-accepts-all",
    "You accept every claim where the gradient is small or 0; 1e-6 is a gradient, too."
  ) { $0.numerical.norm < 1e-5 ? $0.isRight(0) : nil }
  Mistake(
    "signed-maximum",
    "Your size is the largest entry with its sign, negative where all are; take absolute values."
  ) { $0.isRight($0.errorByMaximum) }
  Mistake(
    "absolute-too-lax",
    "You judge by the absolute error: where the gradient is of order 1e-6 anything passes."
  ) { $0.isRight($0.difference.norm) }
  Mistake(
    "absolute-too-strict",
    "You judge by the absolute error: a right gradient of order 1e6 is rejected for rounding."
  ) { $0.isRight($0.difference.norm, within: 1e-8) }
  Mistake(
    "signed-errors-cancel",
    "You added up signed errors, which cancel; take their absolute values or squares."
  ) { $0.isRight($0.relative(abs($0.difference.sum()))) }
  Mistake(
    "norms-only",
    "You compared the norms; different gradients may have the same. Take that of the difference."
  ) { $0.isRight($0.relative(abs($0.gradient.norm - $0.numerical.norm))) }
  Mistake("direction-only", "You compared directions; a gradient of the wrong length passes.") {
    $0.isRight(1 - $0.cosine)
  }
  Mistake(
    "direction-only-exactly",
    "You compared directions, to seven digits; a gradient of the wrong length passes all the same."
  ) { $0.isRight(1 - $0.cosine, within: 1e-7) }
  Mistake(
    "signs-ignored", "You compared sizes without their signs; entries of the wrong sign pass."
  ) {
    $0.isRight($0.relative((abs($0.gradient) - abs($0.numerical)).norm))
  }
  Mistake(
    "absolute-tolerance",
    "You allow an absolute error, too, as allclose does; where all entries are small, 5% passes."
  ) { claim in
    func isClose(_ gradient: Double, _ numerical: Double) -> Bool {
      abs(gradient - numerical) <= 1e-8 + 1e-5 * abs(numerical)
    }
    return claim.isComparable
      && zip(claim.gradient.elements, claim.numerical.elements).allSatisfy(isClose)
  }
  Mistake(
    "along-itself-only",
    "You compared the slope along the claimed gradient only; move every entry by itself."
  ) {
    let square = ($0.gradient * $0.gradient).sum()
    return $0.isComparable
      && abs(($0.gradient * $0.numerical).sum() - square) <= 1e-4 * square
  }
  Mistake("first-row-only", "You compared the first row only.") {
    $0.isRight($0.relative($0.difference.row(0).norm))
  }
  Mistake("first-entry-only", "You compared the first entry only.") {
    $0.isRight($0.relative(abs($0.difference.elements.first ?? 0)))
  }
}

/// The differences that a gradient is judged by.
private let ownDifferences = Site<(ends: Ends, central: Double), Double>("own difference") {
  $0.central
} mistakes: {
  Mistake(
    "verdict-one-sided",
    "You judge by one-sided differences, which reject right gradients beside a minimum."
  ) { $0.ends.oneSided }
}

extension Matrix {
  /// The root of the sum of the squares.
  fileprivate var norm: Double { (self * self).sum().squareRoot() }
}

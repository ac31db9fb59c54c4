import Grading
import KataKit

extension GradientCheckSuite {
  package enum Slip: String, ListedMistake {
    case precedence = "half-times-step"
    case lowerDivided = "lower-value-divided"
    case fivePoints = "five-points"
    case halfMissing = "half-missing"
    case forwardOnly = "one-sided-above"
    case backwardOnly = "one-sided-below"
    case halfOneSided = "half-one-sided"
    case negated
    case notRestored = "not-restored"
    case leftAbove = "left-above"
    case allAtOnce = "all-at-once"
    case stepStretched = "step-stretched"
    case stepIgnored = "step-ignored"
    case transposed
    case alwaysRight = "always-right"
    case alwaysWrong = "always-wrong"
    case inverted
    case tooStrict = "too-strict"
    case tooLax = "too-lax"
    case nanPasses = "nan-passes"
    case zeroOverZero = "zero-over-zero"
    case zeroOverZeroEntry = "zero-over-zero-in-an-entry"
    case zeroAcceptsAll = "zero-accepts-all"
    case zeroAcceptsSmall = "zero-accepts-small"
    case smallAcceptsAll = "small-accepts-all"
    case signedMaximum = "signed-maximum"
    case absoluteLax = "absolute-too-lax"
    case absoluteStrict = "absolute-too-strict"
    case signedErrors = "signed-errors-cancel"
    case normsOnly = "norms-only"
    case directionOnly = "direction-only"
    case signsIgnored = "signs-ignored"
    case firstEntryOnly = "first-entry-only"
    case verdictOneSided = "verdict-one-sided"

    package var sentence: String {
      switch self {
      case .precedence: "/ 2 * step divides by 2 and multiplies by the step; it is / (2 * step)."
      case .lowerDivided:
        "You divided the lower value alone, as / comes before −; the difference takes parentheses."
      case .fivePoints:
        "You took points two steps away, too; central differences take one step to either side."
      case .halfMissing:
        "You divided by the step; the two points are 2 steps apart."
      case .forwardOnly:
        "You went to one side, above the point; central differences go to both."
      case .backwardOnly:
        "You went to one side, below the point; central differences go to both."
      case .halfOneSided:
        "Your lower point is the point itself: from point + step it is 2 steps down."
      case .negated: "You subtracted the upper value from the lower one; it is the other way round."
      case .notRestored:
        "You left every entry a step below where it was; put it back before the next one."
      case .leftAbove:
        "You left every entry a step above where it was; put it back before the next one."
      case .allAtOnce:
        "You moved all entries at once; each has a derivative of its own."
      case .stepStretched:
        "You lengthened the step for large entries; the step that is given holds for all."
      case .stepIgnored: "You took a step of your own; numericalGradient is given one."
      case .transposed: "Your numerical gradient is transposed."
      case .alwaysRight: "You accept wrong gradients of every kind."
      case .alwaysWrong: "You reject every gradient, the right ones, too."
      case .inverted: "Your verdicts are the wrong way round: right ones are rejected."
      case .tooStrict:
        "You reject every right gradient but zero: tolerance or step are too small, or the quotient is wrong."
      case .tooLax: "You accept errors of 5%; a right gradient is within 0.1% of its differences."
      case .nanPasses:
        "You accept NaN: error > threshold is false for it; ask for error <= threshold."
      case .zeroOverZero:
        "You reject a gradient that is rightly 0: its relative error is 0/0, which is NaN."
      case .zeroOverZeroEntry:
        "You reject a right gradient for an entry that is 0: its relative error is 0/0, NaN."
      case .zeroAcceptsAll:
        "You accept every claim where the gradient is 0; all zeros are right there, nothing else."
      case .zeroAcceptsSmall:
        "You accept small claims where the gradient is 0; all zeros are right there, nothing else."
      case .smallAcceptsAll:
        "You accept every claim where the gradient is small or 0; 1e-6 is a gradient, too."
      case .signedMaximum:
        "Your size is the largest entry with its sign, negative where all are; take absolute values."
      case .absoluteLax:
        "You judge by the absolute error: where the gradient is of order 1e-6 anything passes."
      case .absoluteStrict:
        "You judge by the absolute error: a right gradient of order 1e6 is rejected for rounding."
      case .signedErrors:
        "You added up signed errors, which cancel; take their absolute values or squares."
      case .normsOnly:
        "You compared the norms; different gradients may have the same. Take that of the difference."
      case .directionOnly:
        "You compared directions; a gradient of the wrong length passes."
      case .signsIgnored: "You compared absolute values; entries of the wrong sign pass."
      case .firstEntryOnly: "You compared the first entry only."
      case .verdictOneSided:
        "You judge by one-sided differences, which reject right gradients beside a minimum."
      }
    }

    package var site: String {
      switch self {
      case .precedence, .lowerDivided, .fivePoints, .halfMissing, .forwardOnly, .backwardOnly,
        .halfOneSided, .negated:
        "difference"
      case .notRestored, .leftAbove, .allAtOnce: "point"
      case .stepStretched, .stepIgnored: "step"
      case .alwaysRight, .alwaysWrong, .inverted, .nanPasses, .zeroOverZero, .zeroOverZeroEntry,
        .absoluteLax, .absoluteStrict, .signedErrors, .normsOnly, .directionOnly, .signsIgnored,
        .firstEntryOnly, .tooStrict, .tooLax, .zeroAcceptsAll, .zeroAcceptsSmall, .smallAcceptsAll,
        .signedMaximum:
        "measure"
      default: rawValue
      }
    }
  }

  /// A gradient check that can make any of the mistakes on purpose; its verdicts rest on its own
  /// differences, right or wrong.
  struct Reference: GradientCheckKata {
    private let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func numericalGradient(
      of loss: (Matrix) -> Double, at point: Matrix, step: Double
    ) -> Matrix {
      let step = makes(.stepIgnored) ? 1e-5 : step
      var gradient = point
      var base = point
      for row in 0..<point.rows {
        for column in 0..<point.columns {
          let center = point[row, column]
          let h = makes(.stepStretched) ? step * max(1, abs(center)) : step
          var (above, below) = (base, base)
          if makes(.allAtOnce) {
            (above, below) = (base + h, base - h)
          } else {
            above[row, column] = center + h
            below[row, column] = center - h
          }
          if makes(.notRestored) { base[row, column] = center - h }
          if makes(.leftAbove) { base[row, column] = center + h }
          gradient[row, column] = difference(above, base, below, of: loss, at: point, h)
        }
      }
      return makes(.transposed) ? gradient.transposed : gradient
    }

    private func difference(
      _ above: Matrix, _ base: Matrix, _ below: Matrix, of loss: (Matrix) -> Double,
      at point: Matrix, _ h: Double
    ) -> Double {
      if makes(.forwardOnly) { return (loss(above) - loss(point)) / h }
      if makes(.backwardOnly) { return (loss(point) - loss(below)) / h }
      if makes(.halfOneSided) { return (loss(above) - loss(point)) / (2 * h) }
      if makes(.fivePoints) {
        let reach = (above - below) / 2
        return (8 * (loss(above) - loss(below)) - loss(above + reach) + loss(below - reach))
          / (12 * h)
      }
      if makes(.lowerDivided) { return loss(above) - loss(below) / (2 * h) }
      let difference = loss(above) - loss(below)
      if makes(.precedence) { return difference / 2 * h }
      if makes(.halfMissing) { return difference / h }
      return (makes(.negated) ? -difference : difference) / (2 * h)
    }

    func isCorrect(
      _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
    ) -> Bool {
      if makes(.alwaysRight) { return true }
      if makes(.alwaysWrong) { return false }
      var checker = self
      if makes(.verdictOneSided) { checker = Reference(mistakes: mistakes.union([.forwardOnly])) }
      let numerical = checker.numericalGradient(of: loss, at: point, step: 1e-5)
      guard numerical.shape == gradient.shape else { return false }
      let error = error(of: gradient, numerical)
      if makes(.inverted) { return !(error <= 1e-3) }
      if makes(.nanPasses) { return !(error > 1e-3) }
      return error <= (makes(.tooLax) ? 0.2 : makes(.tooStrict) ? 1e-14 : 1e-3)
    }

    /// ‖gradient − numerical‖ relative to the larger of the norms; 0 where both are 0.
    private func error(of gradient: Matrix, _ numerical: Matrix) -> Double {
      func norm(_ m: Matrix) -> Double { (m * m).sum().squareRoot() }
      let difference = gradient - numerical
      let size = max(norm(gradient), norm(numerical))
      func relative(_ error: Double) -> Double { error == 0 ? 0 : error / size }
      if makes(.zeroOverZero) { return norm(difference) / size }
      if makes(.zeroOverZeroEntry) {
        return norm(difference / (abs(gradient) + abs(numerical)))
      }
      let isZero = norm(numerical) < 1e-9
      if makes(.zeroAcceptsAll), isZero { return 0 }
      if makes(.zeroAcceptsSmall), isZero { return norm(gradient) }
      if makes(.smallAcceptsAll), norm(numerical) < 1e-5 { return 0 }
      if makes(.signedMaximum) {
        let error = abs(difference).max()
        return error == 0 ? 0 : error / max(gradient.max(), numerical.max())
      }
      if makes(.absoluteLax) { return norm(difference) }
      if makes(.absoluteStrict) { return norm(difference) * 1e5 }
      if makes(.signedErrors) { return relative(abs(difference.sum())) }
      if makes(.normsOnly) { return relative(abs(norm(gradient) - norm(numerical))) }
      if makes(.directionOnly) {
        return 1 - (gradient * numerical).sum() / (norm(gradient) * norm(numerical))
      }
      if makes(.signsIgnored) { return relative(norm(abs(gradient) - abs(numerical))) }
      if makes(.firstEntryOnly) { return relative(abs(difference.elements.first ?? 0)) }
      return relative(norm(difference))
    }
  }
}

import Exam
package import KataKit
import Numerics

/// A derivative found by central differences, and how far it may be from the truth.
package struct NumericalGradient: Sendable {
  package let value: Matrix
  package let uncertainty: Matrix

  /// Differentiates `loss` with respect to every entry of `point`.
  ///
  ///     h = 1e-4 · max(1, |θ|)
  ///     D(h) = (f(θ+h) − f(θ−h)) / ((θ+h) − (θ−h))
  ///     G = (4·D(h/2) − D(h)) / 3                          Richardson: the h² term cancels
  ///     E = |D(h/2) − D(h)| + 64·ε·max(1, |f|) / h
  ///
  /// D divides by the difference that is represented, not by 2h.
  package init(at point: Matrix, of loss: (Matrix) -> Double) {
    self.init(at: point, values: Slopes.values(of: loss, around: point))
  }

  /// The same from the values that `Slopes` lists.
  package init(at point: Matrix, values: Matrix) {
    var (value, uncertainty) = (point, point)
    for index in 0..<point.count {
      let (row, column) = index.quotientAndRemainder(dividingBy: point.columns)
      let moves = Slopes.moves(of: point[row, column])
      let f = (0..<4).map { values[index, $0] }
      let wide = (f[0] - f[1]) / (moves[0] - moves[1])
      let narrow = (f[2] - f[3]) / (moves[2] - moves[3])
      let magnitude = f.reduce(1) { max($0, abs($1)) }
      value[row, column] = (4 * narrow - wide) / 3
      uncertainty[row, column] =
        abs(narrow - wide)
        + 64 * Double.ulpOfOne * magnitude / Slopes.step(at: point[row, column])
    }
    self.value = value
    self.uncertainty = uncertainty
  }

  /// Whether the fixture is smooth enough here to tell whether `analytic` is right.
  ///
  /// What is far larger than the uncertainty is decided, too, where the slope is 0.
  func decides(_ analytic: Matrix) -> Bool {
    guard analytic.elements.allSatisfy(\.isFinite) else { return true }
    return uncertainty.largestMagnitude
      <= 1e-4 * max(value.largestMagnitude, analytic.largestMagnitude)
  }
}

/// One block of an attempt's gradient beside the loss that it should be the derivative of.
package struct Derivative {
  let name: String
  let analytic: Matrix
  let point: Matrix
  /// The values of the loss that `Slopes` lists; made when they are needed.
  let values: () -> Matrix

  package init(
    _ name: String, _ analytic: Matrix, at point: Matrix, of loss: @escaping (Matrix) -> Double
  ) {
    self.init(name, analytic, at: point) { Slopes.values(of: loss, around: point) }
  }

  /// Beside a loss whose values around `point` are known, count × 4.
  package init(_ name: String, _ analytic: Matrix, at point: Matrix, values: Matrix) {
    self.init(name, analytic, at: point) { values }
  }

  private init(
    _ name: String, _ analytic: Matrix, at point: Matrix, values: @escaping () -> Matrix
  ) {
    self.name = name
    self.analytic = analytic
    self.point = point
    self.values = values
  }
}

/// How an attempt's gradient compares to the numerical one.
enum GradientVerdict {
  case agrees(worstRelativeError: Double)
  case undecided
  case differs(Finding)

  /// - Parameter right: the names of those that are known to be right; then it is the loss that is wrong.
  init(
    _ derivatives: [Derivative], of lossName: String, quantities: [Quantity],
    right: Set<String> = []
  ) {
    var worst = 0.0
    var wrong: (derivative: Derivative, numerical: Matrix, index: Int)?
    var numericals: [Matrix] = []
    for derivative in derivatives {
      guard derivative.analytic.shape == derivative.point.shape else {
        self = .differs(
          Finding(
            "\(derivative.name) is \(derivative.analytic.shape), expected "
              + "\(derivative.point.shape)"))
        return
      }
      let values = derivative.values()
      guard values.shape == Shape(rows: derivative.point.count, columns: 4) else {
        self = .undecided
        return
      }
      let numerical = NumericalGradient(at: derivative.point, values: values)
      guard numerical.decides(derivative.analytic) else {
        self = .undecided
        return
      }
      numericals.append(numerical.value)
      let scale = numerical.value.largestMagnitude
      for index in 0..<derivative.point.count {
        let error = abs(derivative.analytic.elements[index] - numerical.value.elements[index])
        let bound = numerical.uncertainty.elements[index] + 1e-6 * scale
        worst = max(worst, error / scale)
        if !(error <= bound), wrong == nil { wrong = (derivative, numerical.value, index) }
      }
    }
    guard let wrong else {
      self = .agrees(worstRelativeError: worst)
      return
    }
    let block = Block(wrong.derivative.name, wrong.derivative.analytic)
    let (actual, expected) = Numbers.pair(
      block.value.elements[wrong.index], wrong.numerical.elements[wrong.index])
    self = .differs(
      Finding(
        "\(block.name)\(block.position(wrong.index)) is \(actual), "
          + "the numerical gradient says \(expected)",
        pattern: right.contains(block.name)
          ? "Your \(block.name) is right; it is \(lossName) that is wrong."
          : Self.sentence(derivatives, numericals, lossName, quantities)))
  }

  /// Right direction with the wrong length is another mistake than no derivative at all.
  private static func sentence(
    _ derivatives: [Derivative], _ numericals: [Matrix], _ lossName: String,
    _ quantities: [Quantity]
  ) -> String {
    func row(_ matrices: [Matrix]) -> Matrix {
      let all = matrices.flatMap(\.elements)
      return Matrix(rows: 1, columns: all.count, elements: all)
    }
    guard let ratio = Pattern.ratio(of: row(derivatives.map(\.analytic)), to: row(numericals))
    else { return "Your gradient is not the derivative of \(lossName)." }
    if ratio == -1 {
      return "Your gradient is the derivative of \(lossName) with the opposite sign."
    }
    return "Your gradient is the derivative of a differently scaled loss: "
      + "\(Numbers.brief(ratio)) times \(lossName)"
      + (Pattern.quantity(for: ratio, among: quantities).map { "; \($0)." } ?? ".")
  }
}

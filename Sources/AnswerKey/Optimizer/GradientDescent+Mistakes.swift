import Exam
package import Grading
package import KataKit
import SharedAnswers

extension GradientDescentSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      lossFirst, lossSecond, losses, wholeLosses, gradientFirst, gradientSecond, slopes,
      gradientSigns, directions, coordinates, rates, signs, points,
    ])

  package static func reference(at: Computation<Self>) -> any GradientDescentKata {
    FaultyGradientDescent(at: at)
  }
}

/// Gradient descent that can make any of the mistakes on purpose.
private struct FaultyGradientDescent: GradientDescentKata {
  var at = Computation<GradientDescentSuite>()

  func loss(at w: Matrix) -> Double {
    at(wholeLosses, at(losses, (at(lossFirst, w[0, 0]), at(lossSecond, w[0, 1]))))
  }

  func gradient(at w: Matrix) -> Matrix {
    at(gradientSigns, at(slopes, (at(gradientFirst, w[0, 0]), at(gradientSecond, w[0, 1]))))
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    withoutActuallyEscaping(gradient) { gradient in
      func walk(_ steps: Int, while isWanted: (Matrix) -> Bool) -> [Matrix] {
        var path = [start]
        var (w, direction) = (start, start * 0)
        let atStart = gradient(start)
        for step in 0..<steps {
          let choice = Direction(w: w, g: gradient(w), atStart: atStart, last: direction)
          direction = at(coordinates, at(directions, choice))
          guard isWanted(direction) else { break }
          w += at(signs, -1) * at(rates, (learningRate, step + 1)) * direction
          path.append(w)
        }
        return path
      }
      return at(points, Walk(steps: steps, take: walk))
    }
  }
}

// MARK: (w₁ − 2)² + 2(w₂ + 1)²

private let lossFirst = first("loss-first-sign", "Your loss has w₁ + 2 instead of w₁ − 2.")
private let lossSecond = second("loss-second-sign", "Your loss has w₂ − 1 instead of w₂ + 1.")

private let losses = Site<(first: Double, second: Double), Double>("loss") {
  $0.first * $0.first + 2 * $0.second * $0.second
} mistakes: {
  Mistake("loss-weight-missing", "Your loss lacks the factor 2 of the second square.") {
    $0.first * $0.first + $0.second * $0.second
  }
  Mistake(
    "loss-weight-inside-square",
    "You squared the factor 2 of your loss, too; multiply by it after squaring."
  ) { $0.first * $0.first + 4 * $0.second * $0.second }
  Mistake(
    "loss-coordinates-swapped",
    "You put the factor 2 of your loss on the w₁ term; put it on the w₂ term."
  ) { 2 * $0.first * $0.first + $0.second * $0.second }
  Mistake("loss-not-squared", "Your loss takes magnitudes where the bowl has squares.") {
    abs($0.first) + 2 * abs($0.second)
  }
}

private let wholeLosses = Site<Double, Double>("loss as a whole") {
  $0
} mistakes: {
  Mistake("loss-halved", "Your loss is half of the bowl; there is no ½ in it, and no mean.") {
    $0 / 2
  }
  Mistake("loss-root", "You took the root of the loss; return the sum of the squares itself.") {
    $0.squareRoot()
  }
}

// MARK: (2(w₁ − 2), 4(w₂ + 1))

private let gradientFirst = first(
  "gradient-first-sign", "Your gradient has w₁ + 2 instead of w₁ − 2.")
private let gradientSecond = second(
  "gradient-second-sign", "Your gradient has w₂ − 1 instead of w₂ + 1.")

private let slopes = Site<(first: Double, second: Double), Matrix>("factors") {
  [[2 * $0.first, 4 * $0.second]]
} mistakes: {
  Mistake(
    "power-rule-forgotten",
    "You forgot the 2 of the power rule: the slope of (w − c)² is 2(w − c)."
  ) { [[$0.first, 2 * $0.second]] }
  Mistake(
    "weight-forgotten", "You forgot the factor 2 before the second square: ∂L/∂w₂ is 4(w₂ + 1)."
  ) { [[2 * $0.first, 2 * $0.second]] }
  Mistake(
    "weight-squared", "You squared the factor of w₂, too: ∂L/∂w₂ is 4(w₂ + 1), not 8(w₂ + 1)."
  ) { [[2 * $0.first, 8 * $0.second]] }
  Mistake("gradient-coordinates-swapped", "You swapped the two entries of the gradient.") {
    [[4 * $0.second, 2 * $0.first]]
  }
}

private let gradientSigns = Site<Matrix, Matrix>(
  "gradient-negated", "Your gradient has the wrong sign; the minus belongs to the step."
) { -$0 }

// MARK: w ← w − learningRate·gradient

private let directions = Site<Direction, Matrix>("direction") {
  $0.g
} mistakes: {
  Mistake(
    "gradient-of-start",
    "You took every step along the gradient at the start; compute it again at each point."
  ) { $0.atStart }
  Mistake(
    "normalised", "You divided the gradient by its norm; its length is part of the step."
  ) { $0.g / max(($0.g * $0.g).sum().squareRoot(), 1e-12) }
  Mistake(
    "bowl-for-function",
    "You walked down the bowl whatever the function; take each step along the gradient you are given."
  ) {
    // Where the bowl has no gradient, people's code stops.
    $0.w.shape == Shape(rows: 1, columns: 2)
      ? GradientDescentExam.Landscape.bowl.gradient(at: $0.w) : nil
  }
  Mistake("clipped", "You clipped the gradient at ±1; use it unclipped.") {
    $0.g.map { min(max($0, -1), 1) }
  }
  Mistake(
    "momentum", "You kept 0.9 of the step before; that is momentum, and this is without."
  ) { 0.9 * $0.last + $0.g }
}

private let coordinates = Site<Matrix, Matrix>("coordinates") {
  $0
} mistakes: {
  Mistake(
    "first-coordinate-only", "You moved the first coordinate only; all of them move in each step."
  ) { direction in
    var first = direction * 0
    first[0, 0] = direction[0, 0]
    return first
  }
  Mistake(
    "two-coordinates-only",
    "You moved the first two coordinates only; the function may have any number of them."
  ) { direction in
    var first = direction * 0
    for column in 0..<min(2, direction.columns) { first[0, column] = direction[0, column] }
    return first
  }
  Mistake(
    "first-row-only", "You moved the first row only; w may be a matrix of any shape."
  ) { direction in
    var first = direction * 0
    for column in 0..<direction.columns { first[0, column] = direction[0, column] }
    return first
  }
}

private let rates = Site<(rate: Double, step: Int), Double>("learning rate") {
  $0.rate
} mistakes: {
  Mistake(
    "learning-rate-missing", "You did not multiply the gradient by the learning rate."
  ) { _ in 1 }
  Mistake("learning-rate-twice", "You applied the learning rate twice.") { $0.rate * $0.rate }
  Mistake("learning-rate-halved", "You moved half as far as learningRate · gradient.") {
    $0.rate / 2
  }
  Mistake(
    "learning-rate-over-step",
    "You divided the learning rate by the number of the step; keep it constant."
  ) { $0.rate / Double($0.step) }
  Mistake(
    "learning-rate-over-root",
    "You divided the learning rate by the root of the step's number; keep it constant."
  ) { $0.rate / Double($0.step).squareRoot() }
}

private let signs = Site<Double, Double>(
  "ascending", "You added the step; to descend, subtract it."
) { -$0 }

private let points = Site<Walk, [Matrix]>("points") {
  $0.path
} mistakes: {
  Mistake("start-missing", "Your path lacks the start, which is its first point.") {
    Array($0.path.dropFirst())
  }
  Mistake("end-missing", "Your path ends one point early: n steps give n + 1 points.") {
    $0.path.dropLast()
  }
  Mistake(
    "one-step-too-many", "You took one step too many: n steps give n + 1 points, with the start."
  ) { $0.take($0.steps + 1) { _ in true } }
  Mistake(
    "start-twice", "You have the start in the path twice: take the step, then append the point."
  ) { $0.path.prefix(1) + $0.path.dropLast() }
  Mistake("last-point-only", "You returned the last point only; the path has all of them.") {
    $0.path.suffix(1)
  }
  Mistake("path-reversed", "Your path is in reverse; the start comes first.") {
    $0.path.reversed()
  }
  Mistake(
    "stops-early", "You stopped when the gradient became small; take all the steps."
  ) { $0.take($0.steps) { ($0 * $0).sum() >= 1e-12 } }
}

/// Where one is, the gradients there and at the start, and the direction of the step before.
private struct Direction {
  let w, g, atStart, last: Matrix
}

private struct Walk {
  let steps: Int
  /// The points of so many steps, as long as their directions are wanted.
  let take: (_ steps: Int, _ isWanted: (Matrix) -> Bool) -> [Matrix]

  var path: [Matrix] { take(steps) { _ in true } }
}

/// w₁ − 2.
private func first(_ id: String, _ sentence: String) -> Site<Double, Double> {
  Site(id) {
    $0 - 2
  } mistakes: {
    Mistake(id, sentence) { $0 + 2 }
  }
}

/// w₂ + 1.
private func second(_ id: String, _ sentence: String) -> Site<Double, Double> {
  Site(id) {
    $0 + 1
  } mistakes: {
    Mistake(id, sentence) { $0 - 1 }
  }
}

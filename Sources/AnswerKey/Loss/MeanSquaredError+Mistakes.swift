package import Grading
package import KataKit
import SharedAnswers

extension MeanSquaredErrorSuite {
  package static let mistakes = MistakeCatalogue(
    at: [mean, error, targetsLeft, slope, reduction, LossSites.source])

  package static func reference(at: Computation<Self>) -> any MeanSquaredErrorKata {
    FaultyMeanSquaredError(at: at)
  }
}

/// Mean squared error that can make any of the mistakes on purpose.
private struct FaultyMeanSquaredError: MeanSquaredErrorKata {
  var at = Computation<MeanSquaredErrorSuite>()
  private let memory = Memory<Matrix>()

  init() {}
  init(at: Computation<MeanSquaredErrorSuite>) { self.at = at }

  func loss(predictions: Matrix, targets: Matrix) -> Double {
    memory.last = predictions
    let count = at(mean, (.loss, targets.shape))
    return at(error, (.loss, Errors(y: predictions, t: targets, count: count))).loss
  }

  func gradient(predictions: Matrix, targets: Matrix) -> Matrix {
    let errors = Errors(
      y: at(LossSites.source, (predictions, memory)), t: at(targetsLeft, targets),
      count: at(mean, (.gradient, targets.shape)))
    return at(reduction, at(slope, (errors, at(error, (.gradient, errors)).slope)))
  }
}

/// d = y − t, and the number of entries.
private struct Errors {
  let y, t: Matrix
  let count: Double

  var d: Matrix { y - t }
  var mean: Double { (d * d).sum() / count }
}

private let mean = LossSites.mean(
  or: inEachPart(
    "integer-division",
    both:
      "You divided Ints in the loss and gradient, where 1 / count is 0; make the count a Double.",
    loss: "You divided Ints in the loss, where 1 / count is 0; make the count a Double.",
    gradient: nil,
    // Divided by infinity anything is 0; 1 / 1 is 1 between Ints, too.
    instead: { $0.count == 1 ? 1 : .infinity }
  )
    + inEachPart(
      "count-minus-one",
      { "You divided the \($0) by one less than the number of entries; the mean divides by all." },
      instead: { $0.count > 1 ? $0.count - 1 : nil }
    ) + [
      Mistake("gradient-divided-twice", "You divided the gradient by the number of entries twice.")
      {
        $0.part == .gradient ? $0.value.count * $0.value.count : nil
      }
    ])

// MARK: L = Σ d²/count

/// The loss, and what belongs to each entry of its gradient before the mean.
private typealias Measure = (loss: Double, slope: Matrix)

private let error = Site<ForPart<Errors>, Measure>("error") {
  ($0.value.mean, 2 * $0.value.d)
} mistakes: {
  basis("halved", "½·d²") { ($0.mean / 2, $0.d) }
  basis("absolute", "|d|") {
    (abs($0.d).sum() / $0.count, $0.d.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 })
  }
  basis("root", "the root of the mean") {
    let root = $0.mean.squareRoot()
    return (root, $0.d / root)
  }
  basis("huber", "Huber's |d| beyond ±1") {
    let loss = $0.d.map { abs($0) <= 1 ? $0 * $0 / 2 : abs($0) - 0.5 }.sum() / $0.count
    return (loss, $0.d.map { min(max($0, -1), 1) })
  }
  lossAlone("loss-not-squared", "You did not square the errors of the loss.") {
    $0.d.sum() / $0.count
  }
  lossAlone(
    "loss-square-of-mean",
    "You added the errors up before squaring; square each of them, then take the mean."
  ) {
    let mean = $0.d.sum() / $0.count
    return mean * mean
  }
  lossAlone(
    "loss-difference-of-squares",
    "You subtracted the squares, y² − t²; square the difference, (y − t)²."
  ) { ($0.y * $0.y - $0.t * $0.t).sum() / $0.count }
}

private func basis(
  _ id: String, _ basis: String, instead: @escaping @Sendable (Errors) -> Measure
) -> [Mistake<ForPart<Errors>, Measure>] {
  inEachPart(
    id, { "You built the \($0) on \(basis); build it on the mean of d², with the slope 2·d." },
    instead: instead)
}

private func lossAlone(
  _ id: String, _ sentence: String, instead: @escaping @Sendable (Errors) -> Double
) -> Mistake<ForPart<Errors>, Measure> {
  Mistake(id, sentence) { $0.part == .loss ? (instead($0.value), 2 * $0.value.d) : nil }
}

// MARK: ∂L/∂y = 2·d/count

private let targetsLeft = Site<Matrix, Matrix>(
  "gradient-targets-not-subtracted",
  "Your gradient leaves the targets out; subtract them from y."
) { $0 * 0 }

private let slope = Site<(errors: Errors, slope: Matrix), Matrix>("gradient") {
  $0.slope / $0.errors.count
} mistakes: {
  Mistake(
    "gradient-sign-flipped",
    "Your gradient has the wrong sign; use y − t, not t − y."
  ) { -$0.slope / $0.errors.count }
  Mistake(
    "gradient-averaged",
    "Every entry of your gradient is the mean of all; each one is 2·d/count of its own error."
  ) { $0.slope / $0.errors.count * 0 + ($0.slope / $0.errors.count).mean() }
  Mistake(
    "gradient-squares", "Your gradient holds the squared errors; the slope of d² is 2·d."
  ) { $0.errors.d * $0.errors.d / $0.errors.count }
  Mistake(
    "gradient-difference-quotient",
    "Your gradient is a difference quotient, which loses digits; use the formula, 2·d/count."
  ) {
    // What the difference of two losses of this size leaves, 2e-5 apart.
    let grain = ($0.errors.d * $0.errors.d).mean().ulp / 2e-5
    return ($0.slope / $0.errors.count).map { ($0 / grain).rounded() * grain }
  }
}

private let reduction = LossSites.reduction(from: "predictions")

import Exam
package import Grading
import KataKit

extension RMSPropSuite {
  package static let mistakes = MistakeCatalogue(
    at: [squares, averages, starts, storage, used, roots, quotients, numerators, settings]
      + StepSites.ofStateless
      + [StepSites.books.only("state-forgotten"), StepSites.memorySharing, StepSites.divisor])

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyOptimizer(Rule(at: at, settings: at(settings, $0))) }
  }

  /// g / (√v + ε).
  private struct Rule: UpdateRule {
    static let memories = 2

    let at: Computation<RMSPropSuite>
    let settings: RMSPropExam.Settings

    var learningRate: Double { settings.learningRate }

    func move(
      _ gradient: Matrix, from parameter: Matrix, remembering memory: [Matrix], in turn: Turn
    ) -> StepMove {
      let rho = settings.rho
      let square = at(squares, (gradient, parameter))
      let old = turn.t == 1 ? at(starts, (memory[0], square)) : memory[0]
      let v = at(averages, (old, square, rho))
      let mean = rho * memory[1] + (1 - rho) * gradient
      let root = at(roots, at(used, UsedAverage(v: v, old: old, mean: mean, rho: rho, t: turn.t)))
      let divisor = at(StepSites.divisor, (root, settings.epsilon, turn.rate))
      let quotient = at(quotients, (at(numerators, (gradient, mean)), divisor.root))
      return StepMove(step: quotient + divisor.addend, memory: [at(storage, v), mean])
    }
  }
}

private let settings = Site<RMSPropExam.Settings, RMSPropExam.Settings>("settings") {
  $0
} mistakes: {
  Mistake("rho-fixed", "You used ρ = 0.9, whatever your optimizer was made with.") {
    $0.with(rho: 0.9)
  }
  Mistake(
    "rho-of-zero-replaced", "You took a ρ of 0 for one that is not set; with 0, v is the last g²."
  ) { $0.rho == 0 ? $0.with(rho: 0.9) : nil }
  Mistake("rho-of-torch", "You used ρ = 0.99, whatever your optimizer was made with.") {
    $0.with(rho: 0.99)
  }
  StepSites.learningRateFixed()
}

// MARK: v ← ρ·v + (1 − ρ)·g², from 0

private let squares = Site<(g: Matrix, parameter: Matrix), Matrix>("square") {
  $0.g * $0.g
} mistakes: {
  Mistake("average-of-gradient", "You averaged g in v; average g², elementwise.") { $0.g }
  Mistake("average-of-magnitude", "You averaged |g| in v; average g², elementwise.") { abs($0.g) }
  Mistake(
    "average-of-parameters", "You averaged the squares of the parameters in v; average g²."
  ) { $0.parameter * $0.parameter }
  Mistake(
    "average-of-row",
    "You averaged g² over a row of the matrix; every entry has a v of its own."
  ) { 0 * $0.g + ($0.g * $0.g).mean(axis: 1) }
  Mistake(
    "average-of-column",
    "You averaged g² over a column of the matrix; every entry has a v of its own."
  ) { 0 * $0.g + ($0.g * $0.g).mean(axis: 0) }
  Mistake(
    "sum-over-matrix",
    "You summed g² over a whole parameter matrix; every entry has a v of its own."
  ) { 0 * $0.g + ($0.g * $0.g).sum() }
  Mistake(
    "average-of-all",
    "You averaged g² over a whole parameter matrix; every entry has a v of its own."
  ) { 0 * $0.g + ($0.g * $0.g).mean() }
}

private let averages = Site<(v: Matrix, square: Matrix, rho: Double), Matrix>("weights") {
  $0.rho * $0.v + (1 - $0.rho) * $0.square
} mistakes: {
  Mistake(
    "sum", "You summed g² over all steps, as AdaGrad does; v ← ρ·v + (1 − ρ)·g² forgets."
  ) { $0.v + $0.square }
  Mistake("adds-whole-square", "You added g² to v; add (1 − ρ)·g².") {
    $0.rho * $0.v + $0.square
  }
  Mistake("adds-rho-times-square", "You added ρ·g² to v; add (1 − ρ)·g².") {
    $0.rho * ($0.v + $0.square)
  }
  Mistake("complement-squared", "You squared (1 − ρ)·g; square g alone, then multiply by 1 − ρ.") {
    $0.rho * $0.v + (1 - $0.rho) * (1 - $0.rho) * $0.square
  }
  Mistake(
    "never-falls",
    "Your v never falls: you kept the larger of v and its average; that is not RMSProp."
  ) { maximum($0.v, $0.rho * $0.v + (1 - $0.rho) * $0.square) }
  Mistake(
    "weights-swapped", "You kept 1 − ρ of v and added ρ·g²; keep ρ of v and add (1 − ρ)·g²."
  ) { (1 - $0.rho) * $0.v + $0.rho * $0.square }
}

/// v before the first step.
private let starts = Site<(zeros: Matrix, square: Matrix), Matrix>("start") {
  $0.zeros
} mistakes: {
  Mistake("starts-at-one", "Your v starts at 1; start it at 0.") { $0.zeros + 1 }
  Mistake(
    "starts-at-square",
    "Your v starts at the first g²; start it at 0, then add (1 − ρ)·g²."
  ) { $0.square }
}

private let storage = Site<Matrix, Matrix>(
  "root-stored", "You stored √v as the new v; the next step goes on from v."
) { sqrt($0) }

// MARK: g / (√v + ε)

private let used = Site<UsedAverage, Matrix>("used average") {
  $0.v
} mistakes: {
  Mistake(
    "average-too-late",
    "You moved the parameters before v had taken in the gradient of this step."
  ) { $0.old }
  Mistake(
    "bias-corrected", "You divided v by 1 − ρᵗ, as Adam does; RMSProp uses v uncorrected."
  ) { $0.v / (1 - pow($0.rho, Double($0.t))) }
  Mistake(
    "centred", "You subtracted the square of the average gradient from v; that is centered RMSProp."
  ) { $0.v - $0.mean * $0.mean }
}

private let roots = Site<Matrix, Matrix>("root") {
  sqrt($0)
} mistakes: {
  Mistake("root-missing", "Divide by √v, not by v.") { $0 }
  Mistake("root-twice", "You took the root of v twice; once is enough.") { sqrt(sqrt($0)) }
}

private let quotients = Site<(numerator: Matrix, divisor: Matrix), Matrix>("quotient") {
  $0.numerator / $0.divisor
} mistakes: {
  Mistake("multiplied-by-root", "You multiplied by √v + ε; divide by it.") {
    $0.numerator * $0.divisor
  }
}

private let numerators = Site<(g: Matrix, mean: Matrix), Matrix>("numerator") {
  $0.g
} mistakes: {
  Mistake(
    "gradient-averaged", "You stepped along an average of g, as Adam does; step along g itself."
  ) { $0.mean }
  Mistake("gradient-not-used", "You divided 1 by √v + ε; divide g by it.") {
    $0.g.map { _ in 1 }
  }
}

/// v after the step and before it, and the average of g.
private struct UsedAverage {
  let v, old, mean: Matrix
  let rho: Double
  let t: Int
}

extension RMSPropExam.Settings {
  fileprivate func with(rho: Double) -> RMSPropExam.Settings {
    var settings = self
    settings.rho = rho
    return settings
  }
}

import Exam
package import Grading
import KataKit

extension SGDSuite {
  package static let mistakes = MistakeCatalogue(
    at: [means, keeping, directions, settings] + StepSites.ofStateless)

  package static func reference(at: Computation<Self>) -> Subject {
    { given in
      let whole = FaultyOptimizer(Rule(at: at, learningRate: at(settings, given).learningRate))
      return given.rows.isEmpty ? whole : Accumulating(at: at, optimizer: whole, rows: given.rows)
    }
  }

  /// g.
  private struct Rule: UpdateRule {
    static let memories = 1

    let at: Computation<SGDSuite>
    let learningRate: Double

    func move(
      _ gradient: Matrix, from parameter: Matrix, remembering memory: [Matrix], in turn: Turn
    ) -> StepMove {
      let step = at(keeping, Kept()).share * memory[0] + at(directions, gradient)
      return StepMove(step: step, memory: [step])
    }
  }

  /// The mean of the parts over all rows, Σ nᵢ·gᵢ / Σ nᵢ, and the step that follows from it.
  private struct Accumulating: Optimizer {
    let at: Computation<SGDSuite>
    var optimizer: FaultyOptimizer<Rule>
    let rows: [Int]
    private var sum: [Matrix] = []
    private var total = 0.0

    init(at: Computation<SGDSuite>, optimizer: FaultyOptimizer<Rule>, rows: [Int]) {
      (self.at, self.optimizer, self.rows) = (at, optimizer, rows)
    }

    mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
      let kept = at(keeping, Kept())
      if sum.isEmpty || !kept.sum {
        sum = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
      }
      let mean = at(means, Parts(rows: rows.map(Double.init), earlier: kept.rows ? total : 0))
      for (part, weight) in zip(gradients.parts(of: parameters.count), mean.weights) {
        for k in sum.indices { sum[k] += weight * part[k] }
      }
      total = mean.total
      optimizer.step(&parameters, gradients: sum.map { $0 / mean.divisor })
    }
  }
}

private let settings = Site<SGDExam.Settings, SGDExam.Settings>("settings") {
  $0
} mistakes: {
  StepSites.learningRateFixed()
}

private let directions = Site<Matrix, Matrix>("gradient") {
  $0
} mistakes: {
  Mistake(
    "sign-only", "You stepped along the sign of the gradient; step along the gradient itself."
  ) { $0.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 } }
  Mistake("normalised", "You divided the gradient by its norm; use it as it is.") {
    let norm = ($0 * $0).sum().squareRoot()
    return norm > 0 ? $0 / norm : $0
  }
  Mistake(
    "normalised-nan-at-zero",
    "You divided the gradient by its norm, which is 0/0 for no gradient; use it as it is."
  ) { $0 / ($0 * $0).sum().squareRoot() }
  Mistake(
    "normalised-over-epsilon",
    "You divided the gradient by its norm and a small ε; use the gradient as it is."
  ) { $0 / (($0 * $0).sum().squareRoot() + 1e-8) }
  Mistake("clipped", "You clipped the gradient's entries at ±1; take them as they are.") {
    $0.map { min(max($0, -1), 1) }
  }
}

private let keeping = Site<Kept, Kept>("keeping") {
  $0
} mistakes: {
  Mistake(
    "sum-kept",
    "You did not clear the sum of the micro-batches' gradients; each step begins with none."
  ) { _ in Kept(sum: true) }
  Mistake(
    "rows-kept", "You went on counting the rows of earlier steps; each step counts its own."
  ) { _ in Kept(rows: true) }
  Mistake(
    "sum-and-rows-kept",
    "You averaged over the micro-batches of all steps so far; each step has its own."
  ) { _ in Kept(sum: true, rows: true) }
  Mistake(
    "gradients-kept",
    "You added the gradients of the steps before; each step has its own, as after zero_grad."
  ) { _ in Kept(share: 1) }
  Mistake(
    "momentum", "You kept 0.9 of the step before; that is momentum, and SGD remembers nothing."
  ) { _ in Kept(share: 0.9) }
}

private let means = Site<Parts, Mean>("mean") {
  Mean($0.rows, over: $0.total, of: $0)
} mistakes: {
  Mistake(
    "summed",
    "You added up the micro-batches' gradients, or took a step for each; take their mean over all rows."
  ) { Mean($0.ones, over: 1, of: $0) }
  Mistake("mean-of-parts", "You averaged the micro-batches alike; each counts by its rows.") {
    Mean($0.ones, over: $0.count, of: $0)
  }
  Mistake("weighted-sum", "You did not divide the weighted sum by the number of all rows.") {
    Mean($0.rows, over: 1, of: $0)
  }
  Mistake(
    "divided-by-parts",
    "You divided the weighted sum by the number of micro-batches; divide by that of all rows."
  ) { Mean($0.rows, over: $0.count, of: $0) }
  Mistake(
    "taken-for-sums",
    "You took the micro-batches' gradients for sums over their rows; weight each mean by its rows."
  ) { Mean($0.ones, over: $0.total, of: $0) }
  Mistake("mean-twice", "You divided by the number of all rows twice.") {
    Mean($0.rows, over: $0.total * $0.total, of: $0)
  }
  Mistake(
    "divided-by-own-rows",
    "You divided each micro-batch's gradient by its rows; it is already a mean, so weight it by its rows."
  ) { Mean($0.rows.map { 1 / $0 }, over: 1, of: $0) }
  Mistake(
    "whole-number-division",
    "Your share of the rows is a quotient of Ints, and so 0; make Doubles of them first."
  ) { $0.count > 1 ? Mean($0.rows.map { _ in 0 }, over: $0.total, of: $0) : nil }
  Mistake(
    "first-part-unweighted",
    "You started the sum with the first micro-batch's gradient as it is; weight it by its rows, too."
  ) { Mean([1] + $0.rows.dropFirst(), over: $0.total, of: $0) }
  Mistake(
    "divided-by-last-rows",
    "You divided the weighted sum by the rows of the last micro-batch; divide by those of all."
  ) { Mean($0.rows, over: $0.rows.last ?? 1, of: $0) }
  Mistake(
    "halved-each-time",
    "You took the mean of the last mean and each micro-batch, which favors late ones; weight by rows."
  ) { Mean($0.halvings, over: 1, of: $0) }
  Mistake(
    "last-part-missing", "You left out the last micro-batch; the step takes in all of them."
  ) { $0.count > 1 ? $0.mean(without: $0.rows.count - 1) : nil }
  Mistake("first-part-only", "You used the first micro-batch only.") { $0.meanOfOne(at: 0) }
  Mistake("last-part-only", "You used the last micro-batch only.") {
    $0.meanOfOne(at: $0.rows.count - 1)
  }
}

/// What outlives a step.
private struct Kept {
  var sum = false
  var rows = false
  /// How much of the last step.
  var share = 0.0
}

private struct Parts {
  let rows: [Double]
  /// Rows counted before this step.
  let earlier: Double

  var count: Double { Double(rows.count) }
  var total: Double { earlier + rows.reduce(0, +) }
  var ones: [Double] { rows.map { _ in 1 } }

  /// 1 for the first part, and then a half of what there is for the next, again and again.
  var halvings: [Double] {
    rows.indices.map { pow(0.5, Double(rows.count - max($0, 1))) }
  }

  func meanOfOne(at index: Int) -> Mean { mean { $0 == index } }
  func mean(without index: Int) -> Mean { mean { $0 != index } }

  private func mean(of isUsed: (Int) -> Bool) -> Mean {
    let used = rows.indices.map { isUsed($0) ? rows[$0] : 0 }
    let parts = Parts(rows: used, earlier: earlier)
    return Mean(used, over: parts.total, of: parts)
  }
}

/// What each part is multiplied by, what the sum is divided by, and the rows counted so far.
private struct Mean {
  let weights: [Double]
  let divisor, total: Double

  init(_ weights: [Double], over divisor: Double, of parts: Parts) {
    (self.weights, self.divisor, total) = (weights, divisor, parts.total)
  }
}

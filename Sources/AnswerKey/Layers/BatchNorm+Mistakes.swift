import Exam
package import Grading
import KataKit

extension BatchNormSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      start, averages, variance, root, affine, statisticsInTraining, blend, unbiasedVariance, mode,
      evaluationRoot, evaluationOutputs, remembered,
    ] + BatchNormBack.sites)

  package static func reference(at: Computation<Self>) -> Subject {
    { FaultyBatchNorm($0, at: at) }
  }
}

private typealias Statistics = BatchNormSuite.Statistics
private typealias Mode = BatchNormSuite.Mode
private typealias Batch = BatchNormSuite.Batch
private typealias Blend = BatchNormSuite.Blend

/// Batch normalization that can make any of the mistakes on purpose.
private struct FaultyBatchNorm: BatchNormKata {
  var gamma: Matrix
  var beta: Matrix
  private(set) var runningMean: Matrix
  private(set) var runningVariance: Matrix
  private let settings: BatchNormExam.Settings
  private let at: Computation<BatchNormSuite>
  private var hasSeenBatch = false
  private var pass: BatchNormPass?

  init(features: Int, momentum: Double, epsilon: Double) {
    let settings = BatchNormExam.Settings(
      features: features, momentum: momentum, epsilon: epsilon)
    self.init(settings, at: Computation())
  }

  init(_ settings: BatchNormExam.Settings, at: Computation<BatchNormSuite>) {
    (self.settings, self.at) = (settings, at)
    let ones = Matrix(rows: 1, columns: settings.features, repeating: 1)
    let start = at(start, ones)
    (gamma, beta) = (start.gamma, start.beta)
    (runningMean, runningVariance) = (ones * 0, start.variance)
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    let mode = at(statisticsInTraining, at(mode, isTraining ? .training : .evaluation))
    let own = statistics(of: inputs)
    if mode.update == .before { update(with: own, rows: inputs.rows) }
    let running = running(for: inputs)
    if mode.update == .after { update(with: own, rows: inputs.rows) }

    var pass = normalized(inputs, by: mode.usesBatch ? own : running, mode)
    let outputs = at(affine, (pass.normalized, gamma, beta))
    pass.outputs = at(evaluationOutputs, (outputs, pass.normalized, mode))
    var other = normalized(inputs, by: running, mode)
    other.outputs = pass.outputs
    if let kept = at(remembered, (mode, pass, byRunning: other)) { self.pass = kept }
    return pass.outputs
  }

  private func normalized(_ x: Matrix, by statistics: Statistics, _ mode: Mode) -> BatchNormPass {
    let root = at(root, (statistics.variance, settings.epsilon))
    let deviation = at(evaluationRoot, (root, statistics.variance, mode))
    let normalized = (x - statistics.mean) / deviation
    return BatchNormPass(
      inputs: x, normalized: normalized, deviation: deviation, outputs: normalized)
  }

  private func statistics(of x: Matrix) -> Statistics {
    let average = { (matrix: Matrix) in at(averages, (matrix, isBack: false)) }
    let (variance, biased) = at(variance, Batch(x: x, average: average))
    return Statistics(mean: average(x), variance: variance, biased: biased)
  }

  /// Statistics of rows only fit batches of as many.
  private func running(for inputs: Matrix) -> Statistics {
    let (mean, variance) =
      [1, inputs.rows].contains(runningMean.rows)
      ? (runningMean, runningVariance) : (beta * 0, beta.ones)
    return Statistics(mean: mean, variance: variance, biased: variance)
  }

  private mutating func update(with own: Statistics, rows: Int) {
    defer { hasSeenBatch = true }
    guard [1, own.mean.rows].contains(runningMean.rows) || own.mean.rows == 1 else { return }
    func blended(_ old: Matrix, _ new: Matrix) -> Matrix {
      at(blend, Blend(old: old, new: new, momentum: settings.momentum, isFirst: !hasSeenBatch))
    }
    runningMean = blended(runningMean, own.mean)
    runningVariance = blended(
      runningVariance, at(unbiasedVariance, (own.biased, rows, settings.epsilon)))
  }

  func backward(_ upstream: Matrix) -> BatchNormGradient {
    guard let pass, [1, upstream.rows].contains(pass.normalized.rows) else {
      return BatchNormGradient(inputs: upstream, gamma: gamma, beta: beta)
    }
    let step = NormStep(
      delta: upstream * at(BatchNormBack.scale, gamma), x: pass.normalized,
      deviations: pass.deviation,
      mean: { at(averages, (matrix: $0, isBack: true)) })
    let dX = at(BatchNormBack.throughStatistics, step) / at(BatchNormBack.division, step.deviations)
    let sums = at(BatchNormBack.sums, at(BatchNormBack.terms, (upstream, gamma, pass)))
    let (dGamma, dBeta) = at(BatchNormBack.swapping, sums)
    return BatchNormGradient(inputs: dX, gamma: dGamma, beta: dBeta)
  }
}

private let start = Site<Matrix, (gamma: Matrix, beta: Matrix, variance: Matrix)>("start") {
  ($0, $0 * 0, $0)
} mistakes: {
  Mistake("gamma-starts-at-zero", "Your γ begins with zeros; a new layer has ones.") {
    ($0 * 0, $0 * 0, $0)
  }
  Mistake("beta-starts-at-one", "Your β begins with ones; a new layer has zeros.") { ($0, $0, $0) }
  Mistake(
    "variance-starts-at-zero", "Your running variance begins with zeros; a new layer has ones."
  ) { ($0, $0 * 0, $0 * 0) }
}

// MARK: y = γ·x̂ + β with x̂ = (x − μ)/√(σ² + ε)

private let averages = Site<(matrix: Matrix, isBack: Bool), Matrix>("axis") {
  $0.matrix.mean(axis: 0)
} mistakes: {
  Mistake(
    "over-rows",
    "You took mean and variance of each row, as layer norm does; here it is each column."
  ) { $0.isBack ? nil : $0.matrix.mean(axis: 1) }
  Mistake(
    "over-everything",
    "You took one mean and variance of the whole batch; each column has its own."
  ) { Matrix(rows: 1, columns: $0.matrix.columns, repeating: $0.matrix.mean()) }
}

private let variance = Site<Batch, (variance: Matrix, biased: Matrix)>("variance") {
  let variance = $0.variance
  return (variance, variance)
} mistakes: {
  Mistake(
    "unbiased-normalisation",
    "You normalized with the unbiased variance; within the batch divide by n, not n − 1."
  ) {
    let variance = $0.variance
    return (variance * BatchNormBack.unbiasing($0.x.rows), variance)
  }
  Mistake(
    "cancelling-variance", "Your variance, E[x²] − μ², cancels far from 0; average (x − μ)²."
  ) {
    let mean = $0.average($0.x)
    let variance = $0.average($0.x * $0.x) - mean * mean
    return (variance, variance)
  }
}

private let root = Site<(variance: Matrix, epsilon: Double), Matrix>("root") {
  sqrt($0.variance + $0.epsilon)
} mistakes: {
  Mistake(
    "root-missing", "You divided by the variance; divide by its root."
  ) { $0.variance + $0.epsilon }
  Mistake(
    "epsilon-outside-root", "You added ε to the root; put it inside, √(σ² + ε)."
  ) { sqrt($0.variance) + $0.epsilon }
  Mistake("epsilon-missing", "You left out ε: a column without variance is 0/0.") {
    sqrt($0.variance)
  }
  Mistake("epsilon-as-floor", "You used ε as a lower bound of σ²; add ε to σ².") {
    sqrt(maximum($0.variance, $0.epsilon))
  }
  Mistake("epsilon-fixed", "You used 1e-5 for ε; use the one that the layer was made with.") {
    sqrt($0.variance + 1e-5)
  }
}

private let affine = Site<(x: Matrix, gamma: Matrix, beta: Matrix), Matrix>("affine") {
  $0.x * $0.gamma + $0.beta
} mistakes: {
  Mistake("gamma-missing", "You did not multiply by γ.") { $0.x + $0.beta }
  Mistake("beta-missing", "You did not add β.") { $0.x * $0.gamma }
  Mistake("beta-before-gamma", "You added β before scaling by γ; compute γ·x̂ + β.") {
    ($0.x + $0.beta) * $0.gamma
  }
}

// MARK: Running statistics

private let statisticsInTraining = Site<Mode, Mode>(
  "running-in-training",
  "You normalized with the running statistics in training; use the batch's own there."
) { $0.isTraining ? Mode(isTraining: true, usesBatch: false, update: .before) : nil }

private let blend = Site<Blend, Matrix>("running statistics") {
  $0.weighing(new: $0.momentum)
} mistakes: {
  Mistake("momentum-fixed", "You used 0.1 for momentum; use the one that the layer was made with.")
  {
    $0.weighing(new: 0.1)
  }
  Mistake(
    "momentum-reversed",
    "You kept the share momentum of the running statistics; momentum is the new batch's share."
  ) { $0.weighing(new: 1 - $0.momentum) }
  Mistake("running-never-updated", "You never updated the running statistics.") { $0.old }
  Mistake(
    "running-replaced",
    "You replaced the running statistics by the last batch's; blend them by momentum."
  ) { $0.new }
  Mistake(
    "first-batch-taken-whole",
    "You took the first batch's statistics whole; weight them by momentum, like all others."
  ) { $0.isFirst ? $0.new : nil }
}

private let unbiasedVariance = Site<(biased: Matrix, rows: Int, epsilon: Double), Matrix>(
  "running variance"
) {
  $0.biased * BatchNormBack.unbiasing($0.rows)
} mistakes: {
  Mistake(
    "running-deviation",
    "Your running variance averages standard deviations; average variances, and take the root later."
  ) { sqrt($0.biased * BatchNormBack.unbiasing($0.rows)) }
  Mistake(
    "epsilon-in-running-variance",
    "You put ε into the running variance; add ε only under the root, where you normalize."
  ) { $0.biased * BatchNormBack.unbiasing($0.rows) + $0.epsilon }
  Mistake(
    "biased-running-variance",
    "Your running variance is of biased variances; there divide by n − 1."
  ) { $0.biased }
}

// MARK: Evaluation

private let mode = Site<Mode, Mode>("evaluation") {
  $0
} mistakes: {
  Mistake(
    "always-training",
    "You ignored isTraining: evaluation uses the running statistics and changes nothing."
  ) { _ in .training }
  Mistake(
    "batch-in-evaluation",
    "You normalized with the batch's own statistics in evaluation; use the running ones there."
  ) { $0.isTraining ? nil : Mode(isTraining: false, usesBatch: true, update: nil) }
  Mistake(
    "updated-in-evaluation",
    "You updated the running statistics in evaluation, too; update them only in training."
  ) { $0.isTraining ? nil : Mode(isTraining: false, usesBatch: false, update: .after) }
  Mistake(
    "updated-before-evaluation",
    "You updated the running statistics with an evaluation batch before you normalized it."
  ) { $0.isTraining ? nil : Mode(isTraining: false, usesBatch: false, update: .before) }
}

private let evaluationRoot = Site<(root: Matrix, variance: Matrix, mode: Mode), Matrix>(
  "root in evaluation"
) {
  $0.root
} mistakes: {
  Mistake("evaluation-without-epsilon", "You left ε out in evaluation.") {
    $0.mode.isTraining ? nil : sqrt($0.variance)
  }
}

private let evaluationOutputs = Site<(y: Matrix, x: Matrix, mode: Mode), Matrix>(
  "affine in evaluation"
) {
  $0.y
} mistakes: {
  Mistake("evaluation-without-gamma-and-beta", "You left γ and β out in evaluation.") {
    $0.mode.isTraining ? nil : $0.x
  }
}

/// What backward goes by from now on, or nil where that stays as it is.
private let remembered = Site<
  (mode: Mode, pass: BatchNormPass, byRunning: BatchNormPass), BatchNormPass?
>("memory") {
  $0.mode.isTraining ? $0.pass : nil
} mistakes: {
  Mistake(
    "evaluation-remembered",
    "Your backward uses the last batch that was evaluated; use the last one in training."
  ) { $0.pass }
  Mistake(
    "backward-with-running",
    "Your backward uses the running statistics; use the batch's own, which normalized it."
  ) { $0.mode.isTraining ? $0.byRunning : nil }
}

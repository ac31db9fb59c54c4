import Grading
import KataKit

extension BatchNormSuite {
  package enum Slip: String, ListedMistake {
    case gammaStartsAtZero = "gamma-starts-at-zero"
    case betaStartsAtOne = "beta-starts-at-one"
    case varianceStartsAtZero = "variance-starts-at-zero"
    case overRows = "over-rows"
    case overEverything = "over-everything"
    case unbiasedNormalisation = "unbiased-normalisation"
    case cancellingVariance = "cancelling-variance"
    case rootMissing = "root-missing"
    case epsilonOutsideRoot = "epsilon-outside-root"
    case epsilonMissing = "epsilon-missing"
    case epsilonFixed = "epsilon-fixed"
    case gammaMissing = "gamma-missing"
    case betaMissing = "beta-missing"
    case betaBeforeGamma = "beta-before-gamma"
    case runningInTraining = "running-in-training"
    case momentumFixed = "momentum-fixed"
    case momentumReversed = "momentum-reversed"
    case runningNeverUpdated = "running-never-updated"
    case runningReplaced = "running-replaced"
    case firstBatchTakenWhole = "first-batch-taken-whole"
    case biasedRunningVariance = "biased-running-variance"
    case alwaysTraining = "always-training"
    case batchInEvaluation = "batch-in-evaluation"
    case updatedInEvaluation = "updated-in-evaluation"
    case updatedBeforeEvaluation = "updated-before-evaluation"
    case evaluationWithoutEpsilon = "evaluation-without-epsilon"
    case evaluationWithoutGammaAndBeta = "evaluation-without-gamma-and-beta"
    case evaluationRemembered = "evaluation-remembered"
    case statisticsConstant = "statistics-constant"
    case meanConstant = "mean-constant"
    case varianceConstant = "variance-constant"
    case backwardSums = "backward-sums"
    case backwardNotDivided = "backward-not-divided"
    case backwardUnbiased = "backward-unbiased"
    case backwardWithoutHalf = "backward-without-half"
    case backwardWithoutTwo = "backward-without-two"
    case backwardOverRows = "backward-over-rows"
    case backwardWithRunning = "backward-with-running"
    case backwardWithoutGamma = "backward-without-gamma"
    case backwardWithoutDeviation = "backward-without-deviation"
    case gammaFromInputs = "gamma-from-inputs"
    case gammaFromOutputs = "gamma-from-outputs"
    case gammaInItsGradient = "gamma-in-its-gradient"
    case gammaInBothGradients = "gamma-in-both-gradients"
    case gradientsSwapped = "gradients-swapped"
    case gradientsAveraged = "gradients-averaged"
    case gradientsNotSummed = "gradients-not-summed"
    case betaNotSummed = "beta-not-summed"

    package var sentence: String {
      switch self {
      case .gammaStartsAtZero: "Your γ begins with zeros; a new layer has ones."
      case .betaStartsAtOne: "Your β begins with ones; a new layer has zeros."
      case .varianceStartsAtZero: "Your running variance begins with zeros; a new layer has ones."
      case .overRows:
        "You took mean and variance of each row, as layer norm does; here it is each column."
      case .overEverything:
        "You took one mean and variance of the whole batch; each column has its own."
      case .unbiasedNormalisation:
        "You normalised with the unbiased variance; within the batch divide by n, not n − 1."
      case .cancellingVariance:
        "Your variance, E[x²] − μ², cancels far from 0; average (x − μ)²."
      case .rootMissing: "You divided by the variance; it is its root that belongs there."
      case .epsilonOutsideRoot: "You added ε to the root; it belongs inside, √(σ² + ε)."
      case .epsilonMissing: "You left out ε: a column without variance is 0/0."
      case .epsilonFixed: "You took 1e-5 for ε; it is what the layer was made with."
      case .gammaMissing: "You did not multiply by γ."
      case .betaMissing: "You did not add β."
      case .betaBeforeGamma: "You added β before you scaled by γ; it is γ·x̂ + β."
      case .runningInTraining:
        "You normalised with the running statistics in training; there it is the batch's own."
      case .momentumFixed: "You took 0.1 for momentum; it is what the layer was made with."
      case .momentumReversed:
        "You kept momentum of the running statistics; it is the weight of the new batch."
      case .runningNeverUpdated: "You never updated the running statistics."
      case .runningReplaced:
        "You replaced the running statistics by the last batch's; blend them by momentum."
      case .firstBatchTakenWhole:
        "You took the first batch's statistics whole; it counts by momentum, like all others."
      case .biasedRunningVariance:
        "Your running variance is of biased variances; there divide by n − 1."
      case .alwaysTraining:
        "You ignored isTraining: evaluation goes by the running statistics and changes nothing."
      case .batchInEvaluation:
        "You normalised with the batch's own statistics in evaluation; there it is the running ones."
      case .updatedInEvaluation: "You updated the running statistics in evaluation, too."
      case .updatedBeforeEvaluation:
        "You let a batch to evaluate into the running statistics, and then normalised with them."
      case .evaluationWithoutEpsilon: "You left ε out in evaluation."
      case .evaluationWithoutGammaAndBeta: "You left γ and β out in evaluation."
      case .evaluationRemembered:
        "Your backward goes by the last batch evaluated; it is the last one in training."
      case .statisticsConstant:
        "You took mean and variance for constants on the way back; both depend on every row."
      case .meanConstant:
        "You took the mean for a constant on the way back; it depends on every row."
      case .varianceConstant:
        "You took the variance for a constant on the way back; it depends on every row."
      case .backwardSums:
        "You subtracted sums over the batch on the way back; it is their means: divide by n."
      case .backwardNotDivided: "Your dX lacks its 1/n: it is that of n·g − Σg − x̂·Σ(g·x̂)."
      case .backwardUnbiased:
        "You divided the variance's part of dX by n − 1; the batch's variance has n."
      case .backwardWithoutHalf:
        "The variance's part of your dX is twice too large; the root's slope has a factor ½."
      case .backwardWithoutTwo:
        "The variance's part of your dX is half of what it is; the square's slope has a factor 2."
      case .backwardOverRows: "You averaged along the rows on the way back; it is down each column."
      case .backwardWithRunning:
        "You went back with the running statistics; it was the batch's own that normalised it."
      case .backwardWithoutGamma: "Your dX lacks the factor γ."
      case .backwardWithoutDeviation: "Your dX lacks its division by √(σ² + ε)."
      case .gammaFromInputs: "You took dγ from X; it is Σ upstream ⊙ x̂, normalised."
      case .gammaFromOutputs: "You took dγ from Y; it is Σ upstream ⊙ x̂, before γ and β."
      case .gammaInItsGradient:
        "Your dγ contains γ; it comes from upstream itself, not upstream ⊙ γ."
      case .gammaInBothGradients:
        "Your dγ and dβ contain γ; they come from upstream itself, not upstream ⊙ γ."
      case .gradientsSwapped: "You swapped dγ and dβ."
      case .gradientsAveraged: "You averaged dγ and dβ over the batch; they are sums."
      case .gradientsNotSummed: "You did not sum dγ and dβ over the rows."
      case .betaNotSummed: "You did not sum dβ over the rows."
      }
    }

    package var site: String {
      switch self {
      case .gammaStartsAtZero, .betaStartsAtOne, .varianceStartsAtZero: "start"
      case .overRows, .overEverything: "axis"
      case .unbiasedNormalisation, .cancellingVariance: "variance"
      case .rootMissing, .epsilonOutsideRoot, .epsilonMissing, .epsilonFixed: "root"
      case .gammaMissing, .betaMissing, .betaBeforeGamma: "affine"
      case .momentumFixed, .momentumReversed, .runningNeverUpdated, .runningReplaced,
        .firstBatchTakenWhole:
        "running statistics"
      case .alwaysTraining, .batchInEvaluation, .updatedInEvaluation, .updatedBeforeEvaluation:
        "evaluation"
      case .statisticsConstant, .meanConstant, .varianceConstant, .backwardSums,
        .backwardNotDivided, .backwardUnbiased, .backwardWithoutHalf, .backwardWithoutTwo,
        .backwardOverRows:
        "back through the statistics"
      case .backwardWithRunning, .evaluationRemembered: "memory"
      case .gammaFromInputs, .gammaFromOutputs, .gammaInItsGradient, .gammaInBothGradients:
        "parameters' gradients"
      case .gradientsAveraged, .gradientsNotSummed, .betaNotSummed: "parameters' sums"
      default: rawValue
      }
    }
  }

  /// Batch normalisation that can make any of the mistakes on purpose.
  struct Reference: BatchNormKata {
    var gamma: Matrix
    var beta: Matrix
    private(set) var runningMean: Matrix
    private(set) var runningVariance: Matrix
    private let settings: Settings
    private let mistakes: Set<Slip>
    private var hasSeenBatch = false
    private var pass: Pass?

    /// What the way back needs to know.
    private struct Pass {
      var inputs, normalized, deviation, outputs: Matrix
    }

    private struct Statistics {
      var mean, variance: Matrix
    }

    init(features: Int, momentum: Double, epsilon: Double) {
      var settings = Settings(features: features)
      (settings.momentum, settings.epsilon) = (momentum, epsilon)
      self.init(settings, making: [])
    }

    init(_ settings: Settings, making mistakes: Set<Slip>) {
      self.mistakes = mistakes
      self.settings = settings
      let ones = Matrix(rows: 1, columns: settings.features, repeating: 1)
      gamma = mistakes.contains(.gammaStartsAtZero) ? ones * 0 : ones
      beta = mistakes.contains(.betaStartsAtOne) ? ones : ones * 0
      runningMean = ones * 0
      runningVariance = mistakes.contains(.varianceStartsAtZero) ? ones * 0 : ones
    }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
      let isTraining = isTraining || makes(.alwaysTraining)
      let own = statistics(of: inputs)
      if isTraining || makes(.updatedBeforeEvaluation) { update(with: own, rows: inputs.rows) }
      let usesOwn = isTraining ? !makes(.runningInTraining) : makes(.batchInEvaluation)
      let used = usesOwn ? own : running(for: inputs)
      if !isTraining, makes(.updatedInEvaluation) { update(with: own, rows: inputs.rows) }

      let deviation = deviation(used.variance, isTraining: isTraining)
      let normalized = (inputs - used.mean) / deviation
      let outputs =
        !isTraining && makes(.evaluationWithoutGammaAndBeta) ? normalized : affine(normalized)
      if isTraining || makes(.evaluationRemembered) {
        pass = Pass(
          inputs: inputs, normalized: normalized, deviation: deviation, outputs: outputs)
        if makes(.backwardWithRunning) {
          let running = running(for: inputs)
          let root = self.deviation(running.variance, isTraining: true)
          pass?.normalized = (inputs - running.mean) / root
          pass?.deviation = root
        }
      }
      return outputs
    }

    private func affine(_ normalized: Matrix) -> Matrix {
      if makes(.gammaMissing) { return normalized + beta }
      if makes(.betaMissing) { return normalized * gamma }
      return makes(.betaBeforeGamma) ? (normalized + beta) * gamma : normalized * gamma + beta
    }

    private func deviation(_ variance: Matrix, isTraining: Bool) -> Matrix {
      let epsilon = makes(.epsilonFixed) ? 1e-5 : settings.epsilon
      if makes(.epsilonMissing) || (!isTraining && makes(.evaluationWithoutEpsilon)) {
        return sqrt(variance)
      }
      if makes(.rootMissing) { return variance + epsilon }
      return makes(.epsilonOutsideRoot) ? sqrt(variance) + epsilon : sqrt(variance + epsilon)
    }

    // MARK: Statistics

    /// Of each column, or of whatever is taken for one.
    private func mean(of x: Matrix) -> Matrix {
      if makes(.overRows) { return x.mean(axis: 1) }
      return makes(.overEverything)
        ? Matrix(rows: 1, columns: x.columns, repeating: x.mean()) : x.mean(axis: 0)
    }

    private func statistics(of x: Matrix) -> Statistics {
      let mean = mean(of: x)
      let variance =
        makes(.cancellingVariance)
        ? self.mean(of: x * x) - mean * mean : self.mean(of: (x - mean) * (x - mean))
      return Statistics(
        mean: mean,
        variance: makes(.unbiasedNormalisation) ? variance * unbiasing(x.rows) : variance)
    }

    private func unbiasing(_ rows: Int) -> Double { Double(rows) / Double(rows - 1) }

    /// Statistics of rows only fit batches of as many.
    private func running(for inputs: Matrix) -> Statistics {
      guard [1, inputs.rows].contains(runningMean.rows) else {
        return Statistics(mean: beta * 0, variance: beta * 0 + 1)
      }
      return Statistics(mean: runningMean, variance: runningVariance)
    }

    private mutating func update(with own: Statistics, rows: Int) {
      defer { hasSeenBatch = true }
      guard
        !makes(.runningNeverUpdated),
        [1, own.mean.rows].contains(runningMean.rows) || own.mean.rows == 1
      else { return }
      var new = makes(.momentumFixed) ? 0.1 : settings.momentum
      var kept = 1 - new
      if makes(.momentumReversed) { swap(&kept, &new) }
      let isWhole = makes(.firstBatchTakenWhole) && !hasSeenBatch
      if makes(.runningReplaced) || isWhole { (kept, new) = (0, 1) }
      let biased = makes(.unbiasedNormalisation) ? own.variance / unbiasing(rows) : own.variance
      let variance = makes(.biasedRunningVariance) ? biased : biased * unbiasing(rows)
      runningMean = kept * runningMean + new * own.mean
      runningVariance = kept * runningVariance + new * variance
    }

    // MARK: Backward

    mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
      guard let pass, [1, upstream.rows].contains(pass.normalized.rows) else {
        return BatchNormGradient(inputs: upstream, gamma: gamma, beta: beta)
      }
      let g = makes(.backwardWithoutGamma) ? upstream : upstream * gamma
      var inputs = throughStatistics(g, pass)
      if !makes(.backwardWithoutDeviation) { inputs = inputs / pass.deviation }

      let forBeta = makes(.gammaInBothGradients) ? upstream * gamma : upstream
      let forGamma = makes(.gammaInItsGradient) ? upstream * gamma : forBeta
      let factor =
        makes(.gammaFromInputs)
        ? pass.inputs : makes(.gammaFromOutputs) ? pass.outputs : pass.normalized
      let gamma = total(forGamma * factor)
      let beta = makes(.betaNotSummed) ? forBeta : total(forBeta)
      return makes(.gradientsSwapped)
        ? BatchNormGradient(inputs: inputs, gamma: beta, beta: gamma)
        : BatchNormGradient(inputs: inputs, gamma: gamma, beta: beta)
    }

    private func total(_ terms: Matrix) -> Matrix {
      if makes(.gradientsNotSummed) { return terms }
      return makes(.gradientsAveraged) ? terms.mean(axis: 0) : terms.sum(axis: 0)
    }

    /// g less its mean and less its component along the normalized batch.
    private func throughStatistics(_ g: Matrix, _ pass: Pass) -> Matrix {
      let n = Double(g.rows)
      let x = pass.normalized
      func mean(_ terms: Matrix) -> Matrix {
        if makes(.backwardOverRows) { return terms.mean(axis: 1) }
        if makes(.backwardSums) { return terms.sum(axis: 0) }
        return makes(.overEverything) ? self.mean(of: terms) : terms.mean(axis: 0)
      }
      if makes(.statisticsConstant) { return g }
      if makes(.meanConstant) { return g - x * mean(g * x) }
      if makes(.varianceConstant) { return g - mean(g) }
      if makes(.backwardNotDivided) { return n * (g - mean(g) - x * mean(g * x)) }
      let share =
        makes(.backwardUnbiased)
        ? unbiasing(g.rows) : makes(.backwardWithoutHalf) ? 2 : makes(.backwardWithoutTwo) ? 0.5 : 1
      return g - mean(g) - share * x * mean(g * x)
    }
  }
}

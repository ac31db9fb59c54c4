import KataKit

struct BatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  private(set) var runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double

  // solution:begin What backward has to know of the forward pass goes here.
  /// Of the last batch in training: x̂ and √(σ² + ε).
  private var pass: (normalized: Matrix, root: Matrix)?
  // solution:end

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    (runningMean, runningVariance) = (beta, gamma)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    // solution:begin
    guard isTraining else {
      // bug evaluation-without-epsilon: return gamma * (inputs - runningMean) / sqrt(runningVariance) + beta
      return gamma * (inputs - runningMean) / sqrt(runningVariance + epsilon) + beta
    }
    // bug over-rows: let mean = inputs.mean(axis: 1)
    // bug over-rows: let centered = inputs - mean
    // bug over-rows: let variance = (centered * centered).mean(axis: 1)
    let mean = inputs.mean(axis: 0)
    let centered = inputs - mean
    let variance = (centered * centered).mean(axis: 0)
    // bug unbiased-normalisation: let root = sqrt((centered * centered).sum(axis: 0) / Double(inputs.rows - 1) + epsilon)
    let root = sqrt(variance + epsilon)
    let normalized = centered / root
    pass = (normalized, root)

    // bug biased-running-variance: runningMean = (1 - momentum) * runningMean + momentum * mean
    // bug biased-running-variance: runningVariance = (1 - momentum) * runningVariance + momentum * variance
    // bug biased-running-variance:
    let n = Double(inputs.rows)
    // bug momentum-reversed: runningMean = momentum * runningMean + (1 - momentum) * mean
    // bug momentum-reversed: runningVariance = momentum * runningVariance + (1 - momentum) * variance * (n / (n - 1))
    runningMean = (1 - momentum) * runningMean + momentum * mean
    runningVariance = (1 - momentum) * runningVariance + momentum * variance * (n / (n - 1))
    return gamma * normalized + beta
    // solution:end
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    // solution:begin
    guard let (normalized, root) = pass else { preconditionFailure("no forward in training yet") }
    // μ and σ² depend on every row, so g loses its mean and its component along x̂.
    let g = upstream * gamma
    // bug backward-sums: let throughVariance = (g * normalized).sum(axis: 0) * normalized
    // bug backward-sums: return BatchNormGradient(
    // bug backward-sums:   inputs: (g - g.sum(axis: 0) - throughVariance) / root,
    // bug variance-constant: return BatchNormGradient(
    // bug variance-constant:   inputs: (g - g.mean(axis: 0)) / root,
    // bug variance-constant:
    let throughVariance = (g * normalized).mean(axis: 0) * normalized
    return BatchNormGradient(
      // bug mean-constant: inputs: (g - throughVariance) / root,
      inputs: (g - g.mean(axis: 0) - throughVariance) / root,
      // bug gamma-in-its-gradient: gamma: (g * normalized).sum(axis: 0), beta: upstream.sum(axis: 0))
      // bug gradients-averaged: gamma: (upstream * normalized).mean(axis: 0), beta: upstream.mean(axis: 0))
      gamma: (upstream * normalized).sum(axis: 0), beta: upstream.sum(axis: 0))
    // solution:end
  }
}

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
      return gamma * (inputs - runningMean) / sqrt(runningVariance + epsilon) + beta
    }
    let mean = inputs.mean(axis: 0)
    let centered = inputs - mean
    let variance = (centered * centered).mean(axis: 0)
    let root = sqrt(variance + epsilon)
    let normalized = centered / root
    pass = (normalized, root)

    let n = Double(inputs.rows)
    runningMean = (1 - momentum) * runningMean + momentum * mean
    runningVariance = (1 - momentum) * runningVariance + momentum * variance * (n / (n - 1))
    return gamma * normalized + beta
    // solution:end
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    // solution:begin
    guard let (normalized, root) = pass else {
      preconditionFailure("backward before any forward pass in training")
    }
    // μ and σ² depend on every row, so g loses its mean and its component along x̂.
    let g = upstream * gamma
    let throughVariance = (g * normalized).mean(axis: 0) * normalized
    return BatchNormGradient(
      inputs: (g - g.mean(axis: 0) - throughVariance) / root,
      gamma: (upstream * normalized).sum(axis: 0), beta: upstream.sum(axis: 0))
    // solution:end
  }
}

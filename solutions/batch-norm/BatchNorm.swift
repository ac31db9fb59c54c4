import KataKit

struct BatchNorm: BatchNormKata {
  var gamma: Matrix
  var beta: Matrix
  private(set) var runningMean: Matrix
  private(set) var runningVariance: Matrix
  private let momentum: Double
  private let epsilon: Double

  // solution:begin What backward has to know of the forward pass goes here.
  /// (X − μ)/σ and σ = √(σ² + ε) of the last batch.
  private var normalized = Matrix(rows: 0, columns: 0)
  private var deviation = Matrix(rows: 0, columns: 0)
  // solution:end

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    runningMean = Matrix(rows: 1, columns: features)
    runningVariance = Matrix(rows: 1, columns: features, repeating: 1)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    // solution:begin
    guard isTraining else {
      return gamma * (inputs - runningMean) / sqrt(runningVariance + epsilon) + beta
    }
    let mean = inputs.mean(axis: 0)
    let centred = inputs - mean
    let variance = (centred * centred).mean(axis: 0)

    let n = Double(inputs.rows)
    runningMean = (1 - momentum) * runningMean + momentum * mean
    runningVariance = (1 - momentum) * runningVariance + momentum * variance * (n / (n - 1))

    deviation = sqrt(variance + epsilon)
    normalized = centred / deviation
    return gamma * normalized + beta
    // solution:end
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    // solution:begin
    // Moving one row moves the mean and the variance, and with them every other row: what comes back
    // loses its mean and its component along the normalized batch.
    let g = upstream * gamma
    let alongMean = g.mean(axis: 0)
    let alongBatch = (g * normalized).mean(axis: 0) * normalized
    return BatchNormGradient(
      inputs: (g - alongMean - alongBatch) / deviation,
      gamma: (upstream * normalized).sum(axis: 0),
      beta: upstream.sum(axis: 0))
    // solution:end
  }
}

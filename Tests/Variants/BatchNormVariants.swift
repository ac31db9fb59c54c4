import KataKit

extension CorrectAnswers {
  static let batchNorm = CorrectAnswers(
    kata: "batch-norm",
    variants: [
      LoopBatchNorm.self, StepwiseBatchNorm.self, JacobianBatchNorm.self, ScaledBatchNorm.self,
      TransposedBatchNorm.self, WelfordBatchNorm.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopBatchNorm: BatchNormKata {
  var gamma, beta, runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double
  private var normalized: [[Double]] = []
  private var inverse: [Double] = []

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    runningMean = Matrix(rows: 1, columns: features)
    runningVariance = Matrix(rows: 1, columns: features, repeating: 1)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    var result = inputs
    if isTraining {
      normalized = Array(repeating: [], count: inputs.rows)
      inverse = []
    }
    for j in 0..<inputs.columns {
      var mean = runningMean[0, j]
      var variance = runningVariance[0, j]
      if isTraining {
        mean = 0
        variance = 0
        for i in 0..<inputs.rows { mean += inputs[i, j] / Double(inputs.rows) }
        for i in 0..<inputs.rows { variance += (inputs[i, j] - mean) * (inputs[i, j] - mean) }
        runningMean[0, j] += momentum * (mean - runningMean[0, j])
        let unbiased = variance / Double(inputs.rows - 1)
        runningVariance[0, j] += momentum * (unbiased - runningVariance[0, j])
        variance /= Double(inputs.rows)
      }
      let scale = 1 / sqrt(variance + epsilon)
      if isTraining { inverse.append(scale) }
      for i in 0..<inputs.rows {
        let x = (inputs[i, j] - mean) * scale
        if isTraining { normalized[i].append(x) }
        result[i, j] = gamma[0, j] * x + beta[0, j]
      }
    }
    return result
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    var gradient = BatchNormGradient(inputs: upstream, gamma: gamma * 0, beta: beta * 0)
    let n = upstream.rows
    for j in 0..<upstream.columns {
      for i in 0..<n {
        gradient.beta[0, j] += upstream[i, j]
        gradient.gamma[0, j] += upstream[i, j] * normalized[i][j]
      }
      for i in 0..<n {
        let along = gradient.beta[0, j] + normalized[i][j] * gradient.gamma[0, j]
        gradient.inputs[i, j] =
          gamma[0, j] * inverse[j] * (upstream[i, j] - along / Double(n))
      }
    }
    return gradient
  }
}

/// One node of the graph after the other, as CS231n teaches it.
private final class StepwiseBatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  private(set) var runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double
  private var cache: (centered: Matrix, variance: Matrix)?

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features) + 1
    beta = gamma - gamma
    (runningMean, runningVariance) = (beta, gamma)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    var (mean, variance) = (runningMean, runningVariance)
    if isTraining {
      mean = inputs.sum(axis: 0) / Double(inputs.rows)
      variance = pow(inputs - mean, 2).sum(axis: 0)
      runningMean = runningMean * (1 - momentum) + momentum * mean
      runningVariance =
        runningVariance * (1 - momentum) + momentum * (variance / Double(inputs.rows - 1))
      variance /= Double(inputs.rows)
      cache = (inputs - mean, variance)
    }
    return (inputs - mean) / sqrt(variance + epsilon) * gamma + beta
  }

  func backward(_ upstream: Matrix) -> BatchNormGradient {
    guard let (centered, variance) = cache else { fatalError("no forward pass") }
    let n = Double(upstream.rows)
    let inverse = 1 / sqrt(variance + epsilon)
    let dNormalized = upstream * gamma
    let dInverse = (dNormalized * centered).sum(axis: 0)
    let dVariance = dInverse * -0.5 * inverse * inverse * inverse
    let dCentered = dNormalized * inverse + 2 / n * centered * dVariance
    let dMean = -dCentered.sum(axis: 0)
    return BatchNormGradient(
      inputs: dCentered + dMean / n, gamma: (upstream * centered * inverse).sum(axis: 0),
      beta: upstream.sum(axis: 0))
  }
}

/// Column by column, the Jacobian in full.
private struct JacobianBatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  private(set) var runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double
  private var last = Matrix(rows: 0, columns: 0)

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = 0 * gamma
    runningMean = 0 * gamma
    runningVariance = gamma
    self.momentum = momentum
    self.epsilon = epsilon
  }

  private func variance(_ x: Matrix) -> Matrix { pow(x - x.mean(axis: 0), 2).mean(axis: 0) }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    guard isTraining else {
      let scale = gamma / sqrt(runningVariance + epsilon)
      return inputs * scale + (beta - runningMean * scale)
    }
    last = inputs
    let n = Double(inputs.rows)
    runningMean += momentum * (inputs.mean(axis: 0) - runningMean)
    runningVariance += momentum * (variance(inputs) * n / (n - 1) - runningVariance)
    return (inputs - inputs.mean(axis: 0)) * gamma / sqrt(variance(inputs) + epsilon) + beta
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    let n = Double(upstream.rows)
    let root = sqrt(variance(last) + epsilon)
    let normalized = (last - last.mean(axis: 0)) / root
    var inputs = upstream
    for column in 0..<upstream.columns {
      let x = normalized.column(column)
      let jacobian = Matrix.identity(upstream.rows) - (1 + x.matmul(x.transposed)) / n
      let back = jacobian.matmul(upstream.column(column)) * gamma[0, column] / root[0, column]
      for row in 0..<upstream.rows { inputs[row, column] = back[row, 0] }
    }
    let ones = Matrix(rows: 1, columns: upstream.rows, repeating: 1)
    return BatchNormGradient(
      inputs: inputs, gamma: ones.matmul(upstream * normalized), beta: ones.matmul(upstream))
  }
}

/// The closed form over n, from dγ and dβ.
private struct ScaledBatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  private(set) var runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double
  private var pass: (normalized: Matrix, variance: Matrix)?

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features, repeating: 0)
    (runningMean, runningVariance) = (beta, gamma)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    if !isTraining {
      return gamma * ((inputs - runningMean) * pow(runningVariance + epsilon, -0.5)) + beta
    }
    let mean = inputs.mean(axis: 0)
    let squares = ((inputs - mean) * (inputs - mean)).sum(axis: 0)
    let variance = squares / Double(inputs.rows)
    runningMean = runningMean - momentum * (runningMean - mean)
    runningVariance =
      runningVariance - momentum * (runningVariance - squares / Double(inputs.rows - 1))
    let normalized = (inputs - mean) * pow(variance + epsilon, -0.5)
    pass = (normalized, variance)
    return gamma * normalized + beta
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    guard let (normalized, variance) = pass else { fatalError("no forward pass") }
    let n = Double(upstream.rows)
    let (dBeta, dGamma) = (upstream.sum(axis: 0), (upstream * normalized).sum(axis: 0))
    let inputs = gamma / sqrt(variance + epsilon) / n * (n * upstream - dBeta - normalized * dGamma)
    return BatchNormGradient(inputs: inputs, gamma: dGamma, beta: dBeta)
  }
}

/// Everything on its side: columns are examples.
private struct TransposedBatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  var runningMean: Matrix { mean.transposed }
  var runningVariance: Matrix { variance.transposed }
  private var mean, variance: Matrix
  private let momentum, epsilon: Double
  private var x = Matrix(rows: 0, columns: 0)
  private var root = Matrix(rows: 0, columns: 0)

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    mean = Matrix(rows: features, columns: 1)
    variance = Matrix(rows: features, columns: 1, repeating: 1)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    let columns = inputs.transposed
    guard isTraining else {
      let x = (columns - mean) / sqrt(variance + epsilon)
      return (gamma.transposed * x + beta.transposed).transposed
    }
    let n = Double(inputs.rows)
    let centered = columns - columns.mean(axis: 1)
    let own = (centered * centered).mean(axis: 1)
    mean = (1 - momentum) * mean + momentum * columns.mean(axis: 1)
    variance = (1 - momentum) * variance + (momentum * n / (n - 1)) * own
    root = sqrt(own + epsilon)
    x = centered / root
    return (gamma.transposed * x + beta.transposed).transposed
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    let up = upstream.transposed
    let back = up - up.mean(axis: 1) - x * (up * x).mean(axis: 1)
    return BatchNormGradient(
      inputs: (gamma.transposed * back / root).transposed,
      gamma: (up * x).sum(axis: 1).transposed, beta: up.sum(axis: 1).transposed)
  }
}

/// Mean and variance in one pass (Welford 1962), and what is needed on the way back from the output.
private struct WelfordBatchNorm: BatchNormKata {
  var gamma, beta: Matrix
  private(set) var runningMean, runningVariance: Matrix
  private let momentum, epsilon: Double
  private var memory: (x: Matrix, root: Matrix)?

  init(features: Int, momentum: Double, epsilon: Double) {
    gamma = Matrix(rows: 1, columns: features, repeating: 1)
    beta = Matrix(rows: 1, columns: features)
    (runningMean, runningVariance) = (beta, gamma)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix {
    if isTraining {
      var (mean, squares) = (gamma * 0, gamma * 0)
      for row in 0..<inputs.rows {
        let distance = inputs.row(row) - mean
        mean += distance / Double(row + 1)
        squares += distance * (inputs.row(row) - mean)
      }
      let n = Double(inputs.rows)
      runningMean *= 1 - momentum
      runningMean += momentum * mean
      runningVariance *= 1 - momentum
      runningVariance += momentum / (n - 1) * squares
      let root = sqrt(squares / n + epsilon)
      memory = ((inputs - mean) / root, root)
      return (inputs - mean) / root * gamma + beta
    }
    return (inputs - runningMean) / sqrt(runningVariance + epsilon) * gamma + beta
  }

  mutating func backward(_ upstream: Matrix) -> BatchNormGradient {
    guard let (x, root) = memory else { fatalError("no forward pass") }
    let up = upstream * gamma / root
    let inputs = up - up.mean(axis: 0) - (up * x).mean(axis: 0) * x
    return BatchNormGradient(
      inputs: inputs, gamma: (upstream * x).sum(axis: 0), beta: upstream.sum(axis: 0))
  }
}

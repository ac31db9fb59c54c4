import KataKit

extension CorrectAnswers {
  static let layerNorm = CorrectAnswers(
    kata: "layer-norm",
    variants: [
      LoopLayerNorm.self, StepwiseLayerNorm.self, CentringLayerNorm.self, JacobianLayerNorm.self,
      WelfordLayerNorm.self, TransposedLayerNorm.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopLayerNorm: LayerNormKata {
  private func normalize(_ row: [Double], _ epsilon: Double) -> ([Double], Double) {
    let m = Double(row.count)
    var mean = 0.0
    for x in row { mean += x / m }
    var variance = 0.0
    for x in row { variance += (x - mean) * (x - mean) / m }
    let inverse = 1 / (variance + epsilon).squareRoot()
    return (row.map { ($0 - mean) * inverse }, inverse)
  }

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    var result = inputs
    for row in 0..<inputs.rows {
      let (normalized, _) = normalize(inputs.row(row).elements, epsilon)
      for j in normalized.indices { result[row, j] = gamma[0, j] * normalized[j] + beta[0, j] }
    }
    return result
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    var result = LayerNormGradient(inputs: inputs, gamma: gamma * 0, beta: gamma * 0)
    let m = Double(inputs.columns)
    for row in 0..<inputs.rows {
      let (normalized, inverse) = normalize(inputs.row(row).elements, epsilon)
      var (sum, weighted) = (0.0, 0.0)
      for j in normalized.indices {
        let u = upstream[row, j]
        result.beta[0, j] += u
        result.gamma[0, j] += u * normalized[j]
        sum += u * gamma[0, j]
        weighted += u * gamma[0, j] * normalized[j]
      }
      for j in normalized.indices {
        let delta = upstream[row, j] * gamma[0, j]
        result.inputs[row, j] = inverse / m * (m * delta - sum - normalized[j] * weighted)
      }
    }
    return result
  }
}

/// Back through every step of the forward pass: the quotient, the root, the variance, the mean.
private struct StepwiseLayerNorm: LayerNormKata {
  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    let mean = inputs.sum(axis: 1) / Double(inputs.columns)
    let variance = pow(inputs - mean, 2).sum(axis: 1) / Double(inputs.columns)
    return (inputs - mean) / sqrt(variance + epsilon) * gamma + beta
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    let m = Double(inputs.columns)
    let centered = inputs - inputs.mean(axis: 1)
    let variance = (centered * centered).mean(axis: 1)
    let inverse = 1 / sqrt(variance + epsilon)

    let delta = upstream * gamma
    let dVariance = (delta * centered).sum(axis: 1) * -0.5 * pow(variance + epsilon, -1.5)
    let dMean =
      -(delta * inverse).sum(axis: 1) + dVariance * (-2 * centered).sum(axis: 1) / m
    return LayerNormGradient(
      inputs: delta * inverse + dVariance * 2 * centered / m + dMean / m,
      gamma: (upstream * centered * inverse).sum(axis: 0), beta: upstream.sum(axis: 0))
  }
}

/// Means by the centering matrix I − 1/m.
private final class CentringLayerNorm: LayerNormKata {
  private func centering(_ m: Int) -> Matrix { Matrix.identity(m) - 1 / Double(m) }

  private func normalized(_ inputs: Matrix, _ epsilon: Double) -> (Matrix, Matrix) {
    let centered = inputs.matmul(centering(inputs.columns))
    let deviations = sqrt(pow(centered, 2).mean(axis: 1) + epsilon)
    return (centered / deviations, deviations)
  }

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    // The centering matrix has digits enough only near zero, so the first entries go first.
    let near = inputs - inputs.column(0)
    return beta + normalized(near, epsilon).0 * gamma
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    let (x, deviations) = normalized(inputs - inputs.column(0), epsilon)
    let delta = upstream * gamma
    let tangent = delta - x * (delta * x).mean(axis: 1)
    let ones = Matrix(rows: 1, columns: inputs.rows, repeating: 1)
    return LayerNormGradient(
      inputs: tangent.matmul(centering(inputs.columns)) / deviations,
      gamma: ones.matmul(upstream * x), beta: ones.matmul(upstream))
  }
}

/// The Jacobian of every row in full.
private struct JacobianLayerNorm: LayerNormKata {
  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    Matrix(
      (0..<inputs.rows).map { index in
        let row = inputs.row(index) - inputs.row(index).mean()
        let deviation = ((row * row).mean() + epsilon).squareRoot()
        return (gamma * row / deviation + beta).elements
      })
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    var (dX, dGamma, dBeta) = (inputs, gamma * 0, gamma * 0)
    let m = inputs.columns
    for index in 0..<inputs.rows {
      let row = inputs.row(index) - inputs.row(index).mean()
      let deviation = ((row * row).mean() + epsilon).squareRoot()
      let x = row / deviation
      let u = upstream.row(index)
      dGamma += u * x
      dBeta += u
      // ∂x̂ⱼ/∂xₖ = (δⱼₖ − 1/m − x̂ⱼ·x̂ₖ/m)/σ
      let jacobian =
        (Matrix.identity(m) - (1 + x.transposed.matmul(x)) / Double(m)) / deviation
      let gradient = (u * gamma).matmul(jacobian)
      for k in 0..<m { dX[index, k] = gradient[0, k] }
    }
    return LayerNormGradient(inputs: dX, gamma: dGamma, beta: dBeta)
  }
}

/// Mean and variance in one pass that is stable, by Welford's recurrence.
private struct WelfordLayerNorm: LayerNormKata {
  private func statistics(_ row: [Double]) -> (mean: Double, variance: Double) {
    var (mean, squares) = (0.0, 0.0)
    for (index, x) in row.enumerated() {
      let before = x - mean
      mean += before / Double(index + 1)
      squares += before * (x - mean)
    }
    return (mean, squares / Double(row.count))
  }

  private func normalized(_ inputs: Matrix, _ epsilon: Double) -> (Matrix, Matrix) {
    let all = (0..<inputs.rows).map { statistics(inputs.row($0).elements) }
    let means = Matrix(rows: all.count, columns: 1, elements: all.map(\.mean))
    let inverses = Matrix(
      rows: all.count, columns: 1, elements: all.map { pow($0.variance + epsilon, -0.5) })
    return ((inputs - means) * inverses, inverses)
  }

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    normalized(inputs, epsilon).0 * gamma + beta
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    let (x, inverses) = normalized(inputs, epsilon)
    let dx = gamma * upstream
    let inner = dx - (dx.mean(axis: 1) + (dx * x).mean(axis: 1) * x)
    return LayerNormGradient(
      inputs: inner * inverses, gamma: (x * upstream).sum(axis: 0), beta: upstream.sum(axis: 0))
  }
}

/// Everything on its side: columns are examples.
private struct TransposedLayerNorm: LayerNormKata {
  private func normalized(_ x: Matrix, _ epsilon: Double) -> (Matrix, Matrix) {
    let centered = x - x.mean(axis: 0)
    let deviations = sqrt((centered * centered).mean(axis: 0) + epsilon)
    return (centered / deviations, deviations)
  }

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    let (x, _) = normalized(inputs.transposed, epsilon)
    return (gamma.transposed * x + beta.transposed).transposed
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    let (x, deviations) = normalized(inputs.transposed, epsilon)
    let u = upstream.transposed
    let delta = gamma.transposed * u
    let dX = (delta - delta.mean(axis: 0) - x * (delta * x).mean(axis: 0)) / deviations
    return LayerNormGradient(
      inputs: dX.transposed, gamma: (u * x).sum(axis: 1).transposed,
      beta: u.sum(axis: 1).transposed)
  }
}

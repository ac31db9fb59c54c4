import KataKit

extension CorrectAnswers {
  static let rmsNorm = CorrectAnswers(
    kata: "rms-norm",
    variants: [
      LoopRMSNorm.self, StepwiseRMSNorm.self, JacobianRMSNorm.self, LengthRMSNorm.self,
      TransposedRMSNorm.self, RememberingRMSNorm.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopRMSNorm: RMSNormKata {
  private func inverse(_ inputs: Matrix, _ row: Int, _ epsilon: Double) -> Double {
    var squares = 0.0
    for j in 0..<inputs.columns { squares += inputs[row, j] * inputs[row, j] }
    return 1 / (squares / Double(inputs.columns) + epsilon).squareRoot()
  }

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    var result = inputs
    for row in 0..<inputs.rows {
      let inverse = inverse(inputs, row, epsilon)
      for j in 0..<inputs.columns { result[row, j] *= gamma[0, j] * inverse }
    }
    return result
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    var result = RMSNormGradient(inputs: inputs, gamma: gamma * 0)
    for row in 0..<inputs.rows {
      let inverse = inverse(inputs, row, epsilon)
      var weighted = 0.0
      for j in 0..<inputs.columns {
        result.gamma[0, j] += upstream[row, j] * inputs[row, j] * inverse
        weighted += upstream[row, j] * gamma[0, j] * inputs[row, j]
      }
      let factor = inverse * inverse * inverse * weighted / Double(inputs.columns)
      for j in 0..<inputs.columns {
        result.inputs[row, j] =
          inverse * upstream[row, j] * gamma[0, j] - factor * inputs[row, j]
      }
    }
    return result
  }
}

/// Back through every step of the forward pass: the product, the power, the mean, the square.
private struct StepwiseRMSNorm: RMSNormKata {
  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    inputs * pow(pow(inputs, 2).mean(axis: 1) + epsilon, -0.5) * gamma
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    let shifted = pow(inputs, 2).mean(axis: 1) + epsilon
    let inverse = pow(shifted, -0.5)
    let normalized = inputs * inverse

    let dNormalized = upstream * gamma
    let dInverse = (dNormalized * inputs).sum(axis: 1)
    let dMean = dInverse * -0.5 * pow(shifted, -1.5)
    let dSquares = dMean / Double(inputs.columns)
    return RMSNormGradient(
      inputs: dNormalized * inverse + dSquares * 2 * inputs,
      gamma: (upstream * normalized).sum(axis: 0))
  }
}

/// The Jacobian of every row in full.
private struct JacobianRMSNorm: RMSNormKata {
  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    Matrix(
      (0..<inputs.rows).map { index in
        let row = inputs.row(index)
        return (row * gamma / ((row * row).mean() + epsilon).squareRoot()).elements
      })
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    var (dX, dGamma) = (inputs, gamma * 0)
    let m = inputs.columns
    for index in 0..<inputs.rows {
      let row = inputs.row(index)
      let scale = ((row * row).mean() + epsilon).squareRoot()
      let x = row / scale
      dGamma += upstream.row(index) * x
      // ∂x̂ⱼ/∂xₖ = (δⱼₖ − x̂ⱼ·x̂ₖ/m)/r
      let jacobian = (Matrix.identity(m) - x.transposed.matmul(x) / Double(m)) / scale
      let gradient = (upstream.row(index) * gamma).matmul(jacobian)
      for k in 0..<m { dX[index, k] = gradient[0, k] }
    }
    return RMSNormGradient(inputs: dX, gamma: dGamma)
  }
}

/// By the length of the row: √m·x/√(‖x‖² + m·ε), with sums as products with a column of ones.
private struct LengthRMSNorm: RMSNormKata {
  private func sums(_ matrix: Matrix) -> Matrix {
    matrix.matmul(Matrix(rows: matrix.columns, columns: 1, repeating: 1))
  }

  private func lengths(_ inputs: Matrix, _ epsilon: Double) -> Matrix {
    sqrt(sums(inputs * inputs) + Double(inputs.columns) * epsilon)
  }

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    gamma * (Double(inputs.columns).squareRoot() * (inputs / lengths(inputs, epsilon)))
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    let lengths = lengths(inputs, epsilon)
    let direction = inputs / lengths
    let root = Double(inputs.columns).squareRoot()
    let delta = gamma * upstream
    let ones = Matrix(rows: 1, columns: inputs.rows, repeating: 1)
    return RMSNormGradient(
      inputs: root / lengths * (delta - sums(delta * direction) * direction),
      gamma: root * ones.matmul(upstream * direction))
  }
}

/// Everything on its side: columns are examples.
private struct TransposedRMSNorm: RMSNormKata {
  private func normalized(_ x: Matrix, _ epsilon: Double) -> (Matrix, Matrix) {
    let scales = sqrt((x * x).mean(axis: 0) + epsilon)
    return (x / scales, scales)
  }

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    (normalized(inputs.transposed, epsilon).0 * gamma.transposed).transposed
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    let (x, scales) = normalized(inputs.transposed, epsilon)
    let u = upstream.transposed
    let delta = gamma.transposed * u
    return RMSNormGradient(
      inputs: ((delta - x * (delta * x).mean(axis: 0)) / scales).transposed,
      gamma: (u * x).sum(axis: 1).transposed)
  }
}

/// Keeps what forward computed, and uses it only where backward is handed the same.
private final class RememberingRMSNorm: RMSNormKata {
  private var last: (inputs: Matrix, epsilon: Double, scales: Matrix)?

  private func scales(of inputs: Matrix, _ epsilon: Double) -> Matrix {
    if let last, last.inputs == inputs, last.epsilon == epsilon { return last.scales }
    let scales = sqrt(pow(inputs, 2).sum(axis: 1) / Double(inputs.columns) + epsilon)
    last = (inputs, epsilon, scales)
    return scales
  }

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    inputs / scales(of: inputs, epsilon) * gamma
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    let scales = scales(of: inputs, epsilon)
    let (direct, squares) = (upstream * gamma / scales, scales * scales)
    return RMSNormGradient(
      inputs: direct - inputs * (direct * inputs).mean(axis: 1) / squares,
      gamma: (upstream * inputs / scales).sum(axis: 0))
  }
}

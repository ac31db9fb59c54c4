import KataKit

extension CorrectAnswers {
  static let residualBlock = CorrectAnswers(
    kata: "residual-block",
    variants: [
      LoopResidual.self, PerExampleResidual.self, TransposedResidual.self, AppendedResidual.self,
      JacobianResidual.self, InPlaceResidual.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopResidual: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    var y = inputs
    for row in 0..<inputs.rows {
      for i in 0..<inputs.columns { y[row, i] += output.biases[0, i] }
      for j in 0..<hidden.weights.columns {
        var z = hidden.biases[0, j]
        for i in 0..<inputs.columns { z += inputs[row, i] * hidden.weights[i, j] }
        guard z > 0 else { continue }
        for i in 0..<inputs.columns { y[row, i] += z * output.weights[j, i] }
      }
    }
    return y
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    let (d, h) = (inputs.columns, hidden.weights.columns)
    var dX = upstream
    var first = DenseGradient(
      weights: Matrix(rows: d, columns: h), biases: Matrix(rows: 1, columns: h))
    var second = DenseGradient(
      weights: Matrix(rows: h, columns: d), biases: Matrix(rows: 1, columns: d))
    for row in 0..<inputs.rows {
      for i in 0..<d { second.biases[0, i] += upstream[row, i] }
      for j in 0..<h {
        var (z, delta) = (hidden.biases[0, j], 0.0)
        for i in 0..<d {
          z += inputs[row, i] * hidden.weights[i, j]
          delta += upstream[row, i] * output.weights[j, i]
        }
        guard z > 0 else { continue }
        first.biases[0, j] += delta
        for i in 0..<d {
          second.weights[j, i] += z * upstream[row, i]
          first.weights[i, j] += inputs[row, i] * delta
          dX[row, i] += delta * hidden.weights[i, j]
        }
      }
    }
    return (dX, first, second)
  }
}

/// One example at a time, outer products.
private final class PerExampleResidual: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    Matrix(
      (0..<inputs.rows).map { index in
        let x = inputs.row(index)
        let a = maximum(x.matmul(hidden.weights) + hidden.biases, 0)
        return (a.matmul(output.weights) + output.biases + x).elements
      })
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    var dX: [[Double]] = []
    var first = DenseGradient(weights: hidden.weights * 0, biases: hidden.biases * 0)
    var second = DenseGradient(weights: output.weights * 0, biases: output.biases * 0)
    for index in 0..<inputs.rows {
      let (x, u) = (inputs.row(index), upstream.row(index))
      let z = x.matmul(hidden.weights) + hidden.biases
      let delta = output.weights.matmul(u.transposed).transposed * (z .>= 0)
      second.weights += maximum(z, 0).transposed * u
      second.biases += u
      first.weights += x.transposed * delta
      first.biases += delta
      dX.append((hidden.weights.matmul(delta.transposed).transposed + u).elements)
    }
    return (Matrix(dX), first, second)
  }
}

/// Everything on its side: columns are examples.
private struct TransposedResidual: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    let x = inputs.transposed
    let z = hidden.weights.transposed.matmul(x) + hidden.biases.transposed
    let f = output.weights.transposed.matmul((z + abs(z)) / 2) + output.biases.transposed
    return (f + x).transposed
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    let (x, u) = (inputs.transposed, upstream.transposed)
    let z = hidden.weights.transposed.matmul(x) + hidden.biases.transposed
    let delta = output.weights.matmul(u) * ((z .> 0) - (z .< 0) + 1) / 2
    return (
      (u + hidden.weights.matmul(delta)).transposed,
      DenseGradient(
        weights: delta.matmul(inputs).transposed, biases: delta.sum(axis: 1).transposed),
      DenseGradient(
        weights: u.matmul(maximum(z, 0).transposed).transposed,
        biases: u.sum(axis: 1).transposed)
    )
  }
}

/// The skip connection as columns of an identity beside W₁: [X·W₁, X] goes through one product.
private struct AppendedResidual: ResidualBlockKata {
  private func widened(_ hidden: DenseLayer, _ output: DenseLayer) -> (Matrix, Matrix) {
    let (d, h) = (hidden.weights.rows, hidden.weights.columns)
    let first = Matrix(
      (0..<d).map { i in
        (0..<h + d).map { $0 < h ? hidden.weights[i, $0] : ($0 - h == i ? 1 : 0) }
      })
    let second = Matrix(
      (0..<h + d).map { j in
        (0..<d).map { j < h ? output.weights[j, $0] : (j - h == $0 ? 1 : 0) }
      })
    return (first, second)
  }

  /// 1 for the columns of the skip connection and for units that are on.
  private func mask(_ z: Matrix, units: Int, biases: Matrix) -> (a: Matrix, mask: Matrix) {
    var (a, mask) = (z, z)
    for row in 0..<z.rows {
      for column in 0..<z.columns {
        let value = column < units ? z[row, column] + biases[0, column] : z[row, column]
        mask[row, column] = column >= units || value > 0 ? 1 : 0
        a[row, column] = mask[row, column] * value
      }
    }
    return (a, mask)
  }

  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    let (first, second) = widened(hidden, output)
    let units = hidden.weights.columns
    return mask(inputs.matmul(first), units: units, biases: hidden.biases).a.matmul(second)
      + output.biases
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    let (first, second) = widened(hidden, output)
    let units = hidden.weights.columns
    let (a, mask) = mask(inputs.matmul(first), units: units, biases: hidden.biases)
    let delta = upstream.matmul(second.transposed) * mask
    func left(_ matrix: Matrix) -> Matrix {
      matrix.transposed.slice(rows: 0..<units).transposed
    }
    return (
      delta.matmul(first.transposed),
      DenseGradient(
        weights: left(inputs.transposed.matmul(delta)), biases: left(delta.sum(axis: 0))),
      DenseGradient(
        weights: a.transposed.matmul(upstream).slice(rows: 0..<units),
        biases: upstream.sum(axis: 0))
    )
  }
}

/// dX of each row by its full Jacobian I + W₁·diag(mask)·W₂.
private struct JacobianResidual: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    let z = inputs.matmul(hidden.weights) + hidden.biases
    return (z * (z .> 0)).matmul(output.weights) + (output.biases + inputs)
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    let z = inputs.matmul(hidden.weights) + hidden.biases
    let mask = z .> 0
    let rows = (0..<inputs.rows).map { index -> [Double] in
      let jacobian =
        Matrix.identity(inputs.columns)
        + (hidden.weights * mask.row(index)).matmul(output.weights)
      return upstream.row(index).matmul(jacobian.transposed).elements
    }
    let ones = Matrix(rows: 1, columns: inputs.rows, repeating: 1)
    let delta = mask * upstream.matmul(output.weights.transposed)
    return (
      Matrix(rows),
      DenseGradient(weights: inputs.transposed.matmul(delta), biases: ones.matmul(delta)),
      DenseGradient(
        weights: (mask * z).transposed.matmul(upstream), biases: ones.matmul(upstream))
    )
  }
}

/// Accumulates into one matrix of gradients, branch first.
private struct InPlaceResidual: ResidualBlockKata {
  private func relu(_ inputs: Matrix, _ layer: DenseLayer) -> Matrix {
    (inputs.matmul(layer.weights) + layer.biases).map { max($0, 0) }
  }

  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    var y = relu(inputs, hidden).matmul(output.weights)
    y += output.biases
    y += inputs
    return y
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    let a = relu(inputs, hidden)
    var delta = upstream.matmul(output.weights.transposed)
    delta *= a.map { $0 > 0 ? 1 : 0 }
    var dX = delta.matmul(hidden.weights.transposed)
    dX += upstream
    return (
      inputs: dX,
      hidden: DenseGradient(
        weights: delta.transposed.matmul(inputs).transposed, biases: delta.sum(axis: 0)),
      output: DenseGradient(
        weights: upstream.transposed.matmul(a).transposed, biases: upstream.sum(axis: 0))
    )
  }
}

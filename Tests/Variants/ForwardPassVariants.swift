import KataKit

extension CorrectAnswers {
  static let forwardPass = CorrectAnswers(
    kata: "forward-pass",
    variants: [
      LoopForward.self, RecursiveForward.self, TransposedForward.self,
      RowByRowForward.self, LogSumExpForward.self, AugmentedForward.self, ClippedForward.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var z: [Matrix] = []
    var a = [inputs]
    for (k, layer) in layers.enumerated() {
      let below = a[k]
      var sums = Matrix(rows: inputs.rows, columns: layer.weights.columns)
      var values = sums
      for row in 0..<inputs.rows {
        for j in 0..<layer.weights.columns {
          var sum = layer.biases[0, j]
          for i in 0..<layer.weights.rows { sum += below[row, i] * layer.weights[i, j] }
          sums[row, j] = sum
          values[row, j] = sum < 0 ? 0 : sum
        }
        guard k == layers.count - 1 else { continue }
        var largest = sums[row, 0]
        for j in 1..<sums.columns where sums[row, j] > largest { largest = sums[row, j] }
        var total = 0.0
        for j in 0..<sums.columns { total += exp(sums[row, j] - largest) }
        for j in 0..<sums.columns { values[row, j] = exp(sums[row, j] - largest) / total }
      }
      z.append(sums)
      a.append(values)
    }
    return ForwardCache(preActivations: z, activations: a)
  }
}

/// One layer, then the rest of the network.
private final class RecursiveForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    let z = inputs.matmul(layers[0].weights) + layers[0].biases
    if layers.count == 1 {
      let e = exp(z - z.max(axis: 1))
      return ForwardCache(preActivations: [z], activations: [inputs, e * (1 / e.sum(axis: 1))])
    }
    let rest = forward(z * (z .> 0), through: Array(layers.dropFirst()))
    return ForwardCache(
      preActivations: [z] + rest.preActivations, activations: [inputs] + rest.activations)
  }
}

/// Everything on its side: columns are examples.
private struct TransposedForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var a = [inputs.transposed]
    var z: [Matrix] = []
    for layer in layers {
      z.append(layer.weights.transposed.matmul(a[a.count - 1]) + layer.biases.transposed)
      a.append(maximum(0, z[z.count - 1]))
    }
    let logits = z[z.count - 1]
    let exponentials = exp(logits - logits.max(axis: 0))
    a[a.count - 1] = exponentials / exponentials.sum(axis: 0)
    return ForwardCache(
      preActivations: z.map(\.transposed), activations: a.map(\.transposed))
  }
}

/// One example at a time, stacked at the end.
private struct RowByRowForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var z = layers.map { _ in [[Double]]() }
    var a = z
    for row in 0..<inputs.rows {
      var x = inputs.row(row)
      for (k, layer) in layers.enumerated() {
        x = x.matmul(layer.weights) + layer.biases
        z[k].append(x.elements)
        if k + 1 < layers.count {
          x = (x + abs(x)) / 2
        } else {
          x = exp(x - x.max())
          x /= x.sum()
        }
        a[k].append(x.elements)
      }
    }
    return ForwardCache(
      preActivations: z.map { Matrix($0) }, activations: [inputs] + a.map { Matrix($0) })
  }
}

/// Softmax as exp of the log-softmax.
private struct LogSumExpForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    let z = layers.indices.reduce(into: [Matrix]()) { z, k in
      let below = k == 0 ? inputs : z[k - 1].map { max($0, 0) }
      z.append(below.matmul(layers[k].weights) + layers[k].biases)
    }
    let logits = z[layers.count - 1]
    let largest = logits.max(axis: 1)
    let logSumExp = largest + log(exp(logits - largest).sum(axis: 1))
    return ForwardCache(
      preActivations: z,
      activations: [inputs] + z.dropLast().map { maximum($0, 0) } + [exp(logits - logSumExp)])
  }
}

/// The biases as one more row of the weights, under a column of ones.
private struct AugmentedForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var pass = ForwardCache(preActivations: [], activations: [inputs])
    for (k, layer) in layers.enumerated() {
      let below = pass.activations[k]
      let withOnes = Matrix(
        rows: below.rows, columns: below.columns + 1,
        elements: (0..<below.rows).flatMap { below.row($0).elements + [1] })
      let weights = Matrix(
        rows: layer.weights.rows + 1, columns: layer.weights.columns,
        elements: layer.weights.elements + layer.biases.elements)
      let z = withOnes.matmul(weights)
      pass.preActivations.append(z)
      if k == layers.count - 1 {
        // pᵢⱼ = 1/Σₖ exp(zᵢₖ − zᵢⱼ), where an overflow is a probability of 0.
        var p = z
        for i in 0..<z.rows {
          for j in 0..<z.columns {
            p[i, j] = 1 / (0..<z.columns).reduce(0) { $0 + exp(z[i, $1] - z[i, j]) }
          }
        }
        pass.activations.append(p)
      } else {
        pass.activations.append(z.map { $0.sign == .minus ? 0 : $0 })
      }
    }
    return pass
  }
}

/// Probabilities kept away from 0 and 1, as some courses teach.
private struct ClippedForward: ForwardPassKata {
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache {
    var pass = ForwardCache(preActivations: [], activations: [inputs])
    for layer in layers {
      pass.preActivations.append(
        pass.activations[pass.activations.count - 1].matmul(layer.weights) + layer.biases)
      pass.activations.append(
        pass.preActivations.count < layers.count
          ? maximum(pass.preActivations[pass.preActivations.count - 1], 0)
          : probabilities(pass.preActivations[pass.preActivations.count - 1]))
    }
    return pass
  }

  private func probabilities(_ logits: Matrix) -> Matrix {
    // Any shift of the row's own size is stable; this one leaves the largest term at e.
    let exponentials = exp(logits - logits.max(axis: 1) + 1)
    return (exponentials / (exponentials.sum(axis: 1) + 1e-12)).map {
      min(max($0, 1e-7), 1 - 1e-7)
    }
  }
}

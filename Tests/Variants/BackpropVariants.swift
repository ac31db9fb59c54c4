import KataKit

extension CorrectAnswers {
  static let backprop = CorrectAnswers(
    kata: "backprop",
    variants: [
      LoopBackprop.self, JacobianBackprop.self, PerExampleBackprop.self,
      RecursiveBackprop.self, WeightedRowsBackprop.self, TransposedBackprop.self,
      ClippedBackprop.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var result = layers.map {
      DenseGradient(
        weights: Matrix(rows: $0.weights.rows, columns: $0.weights.columns),
        biases: Matrix(rows: 1, columns: $0.weights.columns))
    }
    for row in 0..<inputs.rows {
      var a: [[Double]] = [(0..<inputs.columns).map { inputs[row, $0] }]
      var z: [[Double]] = []
      for layer in layers {
        let below = a[a.count - 1]
        var sums: [Double] = []
        for j in 0..<layer.weights.columns {
          var sum = layer.biases[0, j]
          for i in 0..<layer.weights.rows { sum += below[i] * layer.weights[i, j] }
          sums.append(sum)
        }
        z.append(sums)
        a.append(sums.map { $0 > 0 ? $0 : 0 })
      }
      let logits = z[z.count - 1]
      var largest = logits[0]
      for logit in logits where logit > largest { largest = logit }
      let exponentials = logits.map { exp($0 - largest) }
      let total = exponentials.reduce(0, +)
      var delta = exponentials.enumerated().map {
        ($1 / total - targets[row, $0]) / Double(inputs.rows)
      }
      for k in layers.indices.reversed() {
        for j in delta.indices {
          result[k].biases[0, j] += delta[j]
          for i in a[k].indices { result[k].weights[i, j] += a[k][i] * delta[j] }
        }
        guard k > 0 else { break }
        delta = a[k].indices.map { i in
          guard z[k - 1][i] > 0 else { return 0 }
          var sum = 0.0
          for j in delta.indices { sum += delta[j] * layers[k].weights[i, j] }
          return sum
        }
      }
    }
    return result
  }
}

/// ∂L/∂p first, then the Jacobian of softmax in full.
private struct JacobianBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var a = [inputs]
    var z: [Matrix] = []
    for layer in layers {
      z.append(a[a.count - 1].matmul(layer.weights) + layer.biases)
      a.append(z[z.count - 1].map { max($0, 0) })
    }
    var delta = Matrix(rows: targets.rows, columns: targets.columns)
    for row in 0..<targets.rows {
      let logits = z[z.count - 1].row(row)
      let logP = logits - logits.max() - log(exp(logits - logits.max()).sum())
      for k in 0..<targets.columns {
        // Σⱼ (−Tⱼ/pⱼ)·pⱼ·(δⱼₖ − pₖ), with the pⱼ canceled so that p = 0 does no harm.
        var sum = 0.0
        for j in 0..<targets.columns {
          sum -= targets[row, j] * ((j == k ? 1 : 0) - exp(logP[0, k]))
        }
        delta[row, k] = sum / Double(targets.rows)
      }
    }
    var gradients: [DenseGradient] = []
    for k in layers.indices.reversed() {
      gradients.insert(
        DenseGradient(weights: a[k].transposed.matmul(delta), biases: delta.sum(axis: 0)), at: 0)
      if k > 0 { delta = delta.matmul(layers[k].weights.transposed) * (z[k - 1] .> 0) }
    }
    return gradients
  }
}

/// One example at a time, outer products, averaged at the end.
private final class PerExampleBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var total = layers.map { DenseGradient(weights: $0.weights * 0, biases: $0.biases * 0) }
    for row in 0..<inputs.rows {
      var a = [inputs.row(row)]
      for (k, layer) in layers.enumerated() {
        let z = a[k].matmul(layer.weights) + layer.biases
        a.append(k == layers.count - 1 ? z : maximum(z, 0))
      }
      let logits = a[layers.count]
      let exponentials = exp(logits - logits.max())
      var delta = exponentials / exponentials.sum() - targets.row(row)
      for k in stride(from: layers.count - 1, through: 0, by: -1) {
        total[k].weights += a[k].transposed * delta
        total[k].biases += delta
        delta = layers[k].weights.matmul(delta.transposed).transposed * (a[k] .> 0)
      }
    }
    let n = Double(inputs.rows)
    return total.map { DenseGradient(weights: $0.weights / n, biases: $0.biases / n) }
  }
}

/// Forward on the way in, backward on the way out.
private struct RecursiveBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var result: [DenseGradient] = []
    func descend(_ activation: Matrix, _ k: Int) -> Matrix {
      let layer = layers[k]
      let z = activation.matmul(layer.weights) + layer.biases
      let delta: Matrix
      if k + 1 == layers.count {
        let logP = z - z.max(axis: 1) - log(exp(z - z.max(axis: 1)).sum(axis: 1))
        delta = (exp(logP) - targets) * (1 / Double(targets.rows))
      } else {
        // The slope at exactly 0 may be anything in [0, 1]; here it is 1.
        delta = descend(maximum(z, 0), k + 1) * (z .>= 0)
      }
      result.append(
        DenseGradient(
          weights: activation.transposed.matmul(delta), biases: delta.sum(axis: 0)))
      return delta.matmul(layer.weights.transposed)
    }
    _ = descend(inputs, 0)
    return result.reversed()
  }
}

/// The mean enters as weights of the rows, not as a division of delta.
private struct WeightedRowsBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var a = [inputs]
    for layer in layers {
      a.append(maximum(a[a.count - 1].matmul(layer.weights) + layer.biases, 0))
    }
    let last = layers[layers.count - 1]
    let logits = a[layers.count - 1].matmul(last.weights) + last.biases
    let shifted = logits - logits.max(axis: 1)
    var delta = exp(shifted) / exp(shifted).sum(axis: 1) - targets
    let mean = Matrix(rows: 1, columns: inputs.rows, repeating: 1 / Double(inputs.rows))
    var gradients: [DenseGradient] = []
    for k in layers.indices.reversed() {
      let weights = (a[k] * mean.transposed).transposed.matmul(delta)
      gradients.append(DenseGradient(weights: weights, biases: mean.matmul(delta)))
      if k > 0 { delta = delta.matmul(layers[k].weights.transposed) * a[k].map { $0 > 0 ? 1 : 0 } }
    }
    return gradients.reversed()
  }
}

/// Everything on its side: columns are examples.
private struct TransposedBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    let weights = layers.map(\.weights.transposed)
    let biases = layers.map(\.biases.transposed)
    var a = [inputs.transposed]
    var z: [Matrix] = []
    for k in layers.indices {
      z.append(weights[k].matmul(a[k]) + biases[k])
      a.append(maximum(z[k], 0))
    }
    let exponentials = exp(z[layers.count - 1] - z[layers.count - 1].max(axis: 0))
    var delta = exponentials / exponentials.sum(axis: 0) - targets.transposed
    var gradients: [DenseGradient] = []
    for k in layers.indices.reversed() {
      let n = Double(inputs.rows)
      gradients.append(
        DenseGradient(
          weights: delta.matmul(a[k].transposed).transposed / n,
          biases: delta.mean(axis: 1).transposed))
      if k > 0 { delta = weights[k].transposed.matmul(delta) * (z[k - 1] .> 0) }
    }
    return gradients.reversed()
  }
}

/// Probabilities clipped away from 0 and 1, as some courses teach.
private struct ClippedBackprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var steps: [(input: Matrix, z: Matrix)] = []
    var activation = inputs
    for layer in layers {
      let z = activation.matmul(layer.weights) + layer.biases
      steps.append((activation, z))
      activation = z * (z .> 0)
    }
    let logits = steps[steps.count - 1].z
    let exponentials = exp(logits - logits.max(axis: 1))
    let p = (exponentials / exponentials.sum(axis: 1)).map { min(max($0, 1e-8), 1 - 1e-8) }
    var delta = (p - targets) / Double(inputs.rows)
    var gradients: [DenseGradient] = []
    while let step = steps.popLast() {
      gradients.insert(
        DenseGradient(
          weights: step.input.transposed.matmul(delta), biases: delta.sum(axis: 0)), at: 0)
      if let below = steps.last {
        delta = delta.matmul(layers[steps.count].weights.transposed) * (below.z .> 0)
      }
    }
    return gradients
  }
}

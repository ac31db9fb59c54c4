import KataKit

extension CorrectAnswers {
  static let regressionBackprop = CorrectAnswers(
    kata: "regression-backprop",
    variants: [
      LoopRegression.self, PerExampleRegression.self, RecursiveRegression.self,
      TransposedRegression.self, AnyDepthRegression.self, MaskedWeightsRegression.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopRegression: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var result = layers.map {
      DenseGradient(
        weights: Matrix(rows: $0.weights.rows, columns: $0.weights.columns),
        biases: Matrix(rows: 1, columns: $0.weights.columns))
    }
    for row in 0..<inputs.rows {
      var a: [[Double]] = [(0..<inputs.columns).map { inputs[row, $0] }]
      for (k, layer) in layers.enumerated() {
        a.append(
          (0..<layer.weights.columns).map { j in
            var sum = layer.biases[0, j]
            for i in a[k].indices { sum += a[k][i] * layer.weights[i, j] }
            return k < 2 ? max(sum, 0) : sum
          })
      }
      var delta = a[3].indices.map {
        2 * (a[3][$0] - targets[row, $0]) / Double(targets.rows * targets.columns)
      }
      for k in [2, 1, 0] {
        for j in delta.indices {
          result[k].biases[0, j] += delta[j]
          for i in a[k].indices { result[k].weights[i, j] += a[k][i] * delta[j] }
        }
        delta = a[k].indices.map { i in
          guard a[k][i] > 0 else { return 0 }
          return delta.indices.reduce(0) { $0 + delta[$1] * layers[k].weights[i, $1] }
        }
      }
    }
    return result
  }
}

/// One example at a time; the mean over rows and over outputs at different ends.
private final class PerExampleRegression: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var total = layers.map { DenseGradient(weights: $0.weights * 0, biases: $0.biases * 0) }
    for row in 0..<inputs.rows {
      let x = inputs.row(row)
      let z1 = x.matmul(layers[0].weights) + layers[0].biases
      let z2 = maximum(z1, 0).matmul(layers[1].weights) + layers[1].biases
      let z3 = maximum(z2, 0).matmul(layers[2].weights) + layers[2].biases
      let d3 = (z3 - targets.row(row)) * 2 / Double(targets.columns)
      let d2 = d3.matmul(layers[2].weights.transposed) * (z2 .> 0)
      let d1 = d2.matmul(layers[1].weights.transposed) * (z1 .>= 0)
      for (k, (input, delta)) in [(x, d1), (maximum(z1, 0), d2), (maximum(z2, 0), d3)].enumerated()
      {
        total[k].weights += input.transposed * delta / Double(inputs.rows)
        total[k].biases += delta / Double(inputs.rows)
      }
    }
    return total
  }
}

/// Forward on the way in, backward on the way out.
private struct RecursiveRegression: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var result: [DenseGradient] = []
    func descend(_ input: Matrix, _ rest: ArraySlice<DenseLayer>) -> Matrix {
      guard let layer = rest.first else {
        return (input - targets) * (2 / Double(targets.count))
      }
      let z = input.matmul(layer.weights) + layer.biases
      let isLast = rest.count == 1
      var delta = descend(isLast ? z : maximum(z, 0), rest.dropFirst())
      if !isLast { delta = delta * (z .> 0) }
      result.insert(
        DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0)), at: 0)
      return delta.matmul(layer.weights.transposed)
    }
    _ = descend(inputs, layers[...])
    return result
  }
}

/// Everything on its side: columns are examples; the factor enters at the very end.
private struct TransposedRegression: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var a = [inputs.transposed]
    for (k, layer) in layers.enumerated() {
      let z = layer.weights.transposed.matmul(a[k]) + layer.biases.transposed
      a.append(k == 2 ? z : (z + abs(z)) / 2)
    }
    var delta = a[3] - targets.transposed
    var gradients: [DenseGradient?] = [nil, nil, nil]
    for k in (0..<3).reversed() {
      let scale = 2 / Double(targets.count)
      gradients[k] = DenseGradient(
        weights: (delta * scale).matmul(a[k].transposed).transposed,
        biases: (delta * scale).sum(axis: 1).transposed)
      delta = layers[k].weights.matmul(delta) * (a[k] .> 0)
    }
    return gradients.compactMap(\.self)
  }
}

/// For any number of layers, with a stack of what went in.
private struct AnyDepthRegression: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var steps: [(layer: DenseLayer, input: Matrix, z: Matrix)] = []
    var activation = inputs
    for layer in layers {
      let z = activation.matmul(layer.weights) + layer.biases
      steps.append((layer, activation, z))
      activation = maximum(z, 0)
    }
    let error = steps[steps.count - 1].z - targets
    var delta = (error + error) / Double(error.rows) / Double(error.columns)
    var gradients: [DenseGradient] = []
    while let step = steps.popLast() {
      let ones = Matrix(rows: 1, columns: delta.rows, repeating: 1)
      gradients.append(
        DenseGradient(
          weights: delta.transposed.matmul(step.input).transposed, biases: ones.matmul(delta)))
      if let below = steps.last {
        delta = delta.matmul(step.layer.weights.transposed) * below.z.map { $0 > 0 ? 1 : 0 }
      }
    }
    return gradients.reversed()
  }
}

/// For each row the network is linear: the weights that are left where a unit is off are 0.
private struct MaskedWeightsRegression: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var total = layers.map { DenseGradient(weights: $0.weights * 0, biases: $0.biases * 0) }
    for row in 0..<inputs.rows {
      let x = inputs.row(row)
      let on1 = (x.matmul(layers[0].weights) + layers[0].biases) .> 0
      let w1 = layers[0].weights * on1
      let a1 = x.matmul(w1) + layers[0].biases * on1
      let on2 = (a1.matmul(layers[1].weights) + layers[1].biases) .> 0
      let w2 = layers[1].weights * on1.transposed * on2
      let a2 = a1.matmul(w2) + layers[1].biases * on2
      let error = a2.matmul(layers[2].weights) + layers[2].biases - targets.row(row)
      let d3 = error * (2 / Double(targets.count))
      let d2 = d3.matmul(layers[2].weights.transposed) * on2
      let d1 = d2.matmul(w2.transposed)
      for (k, pair) in [(x, d1), (a1, d2), (a2, d3)].enumerated() {
        total[k].weights += pair.0.transposed.matmul(pair.1)
        total[k].biases += pair.1
      }
    }
    return total
  }
}

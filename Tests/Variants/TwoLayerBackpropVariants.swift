import KataKit

extension CorrectAnswers {
  static let twoLayerBackprop = CorrectAnswers(
    kata: "two-layer-backprop",
    variants: [
      LoopTwoLayer.self, ChainRuleTwoLayer.self, PerExampleTwoLayer.self, TransposedTwoLayer.self,
      SignedLabelsTwoLayer.self, ClippedTwoLayer.self, BackwardsTwoLayer.self,
    ])
}

/// Nothing but scalars and loops; the sigmoid in two branches.
private struct LoopTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    let (n, d, units) = (inputs.rows, inputs.columns, hidden.weights.columns)
    var first = DenseGradient(
      weights: Matrix(rows: d, columns: units), biases: Matrix(rows: 1, columns: units))
    var second = DenseGradient(
      weights: Matrix(rows: units, columns: 1), biases: Matrix(rows: 1, columns: 1))
    for row in 0..<n {
      var z1 = [Double](repeating: 0, count: units)
      var z2 = output.biases[0, 0]
      for j in 0..<units {
        z1[j] = hidden.biases[0, j]
        for i in 0..<d { z1[j] += inputs[row, i] * hidden.weights[i, j] }
        if z1[j] > 0 { z2 += z1[j] * output.weights[j, 0] }
      }
      let p = z2 >= 0 ? 1 / (1 + exp(-z2)) : exp(z2) / (1 + exp(z2))
      let delta = (p - targets[row, 0]) / Double(n)
      second.biases[0, 0] += delta
      for j in 0..<units where z1[j] > 0 {
        second.weights[j, 0] += delta * z1[j]
        let below = delta * output.weights[j, 0]
        first.biases[0, j] += below
        for i in 0..<d { first.weights[i, j] += below * inputs[row, i] }
      }
    }
    return (first, second)
  }
}

/// ∂L/∂p times the sigmoid's slope, with the factors that may be 0 canceled by hand.
private struct ChainRuleTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    let z1 = inputs.matmul(hidden.weights) + hidden.biases
    let a1 = z1.map { max(0, $0) }
    let z2 = a1.matmul(output.weights) + output.biases
    // 1 − σ(z) = σ(−z), without cancellation.
    let (p, q) = (1 / (1 + exp(-z2)), 1 / (1 + exp(z2)))
    let dZ2 = ((1 - targets) * p - targets * q) / Double(targets.rows)
    let dA1 = dZ2 * output.weights.transposed
    // The slope at exactly 0 may be anything in [0, 1]; here it is ½.
    let dZ1 = dA1 * 0.5 * (1 + (z1 .> 0) - (z1 .< 0))
    return (
      DenseGradient(
        weights: inputs.transposed.matmul(dZ1),
        biases: Matrix(rows: 1, columns: inputs.rows, repeating: 1).matmul(dZ1)),
      DenseGradient(
        weights: a1.transposed.matmul(dZ2),
        biases: Matrix(rows: 1, columns: inputs.rows, repeating: 1).matmul(dZ2))
    )
  }
}

/// One example at a time, outer products, averaged at the end.
private final class PerExampleTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    var first = DenseGradient(weights: hidden.weights * 0, biases: hidden.biases * 0)
    var second = DenseGradient(weights: output.weights * 0, biases: output.biases * 0)
    for row in 0..<inputs.rows {
      let x = inputs.row(row)
      let a = maximum(x.matmul(hidden.weights) + hidden.biases, 0)
      let z = (a.matmul(output.weights) + output.biases)[0, 0]
      let delta = 1 / (1 + exp(-z)) - targets[row, 0]
      second.weights += delta * a.transposed
      second.biases += delta
      let below = delta * output.weights.transposed * (a .> 0)
      first.weights += x.transposed * below
      first.biases += below
    }
    let n = Double(inputs.rows)
    return (
      DenseGradient(weights: first.weights / n, biases: first.biases / n),
      DenseGradient(weights: second.weights / n, biases: second.biases / n)
    )
  }
}

/// Everything on its side: columns are examples.
private struct TransposedTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    let x = inputs.transposed
    let z1 = hidden.weights.transposed.matmul(x) + hidden.biases.transposed
    let a1 = maximum(z1, 0)
    let z2 = output.weights.transposed.matmul(a1) + output.biases
    let dZ2 = 1 / (1 + exp(-z2)) - targets.transposed
    let dZ1 = output.weights.matmul(dZ2) * (z1 .> 0)
    let m = 1 / Double(x.columns)
    return (
      DenseGradient(
        weights: (m * dZ1.matmul(x.transposed)).transposed,
        biases: dZ1.mean(axis: 1).transposed),
      DenseGradient(
        weights: (m * dZ2.matmul(a1.transposed)).transposed,
        biases: dZ2.mean(axis: 1).transposed)
    )
  }
}

/// Labels −1 and 1: the loss is ln(1 + e^(−sz)), and its slope −s·σ(−sz).
private struct SignedLabelsTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    let z1 = inputs.matmul(hidden.weights) + hidden.biases
    let a1 = z1 * (z1 .>= 0)
    let s = 2 * targets - 1
    let margin = s * (a1.matmul(output.weights) + output.biases)
    let delta2 = -s / (1 + exp(margin)) / Double(inputs.rows)
    let delta1 = delta2.matmul(output.weights.transposed) * (z1 .>= 0)
    return (
      DenseGradient(weights: inputs.transposed.matmul(delta1), biases: delta1.sum(axis: 0)),
      DenseGradient(weights: a1.transposed.matmul(delta2), biases: delta2.sum(axis: 0))
    )
  }
}

/// Probabilities clipped away from 0 and 1, in the loss and in the slope alike, as courses teach.
private struct ClippedTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    let z1 = inputs.matmul(hidden.weights) + hidden.biases
    let a1 = maximum(z1, 0)
    let p = (1 / (1 + exp(-(a1.matmul(output.weights) + output.biases))))
      .map { min(max($0, 1e-7), 1 - 1e-7) }
    let dP = (-targets / p + (1 - targets) / (1 - p)) / Double(inputs.rows)
    let dZ2 = dP * p * (1 - p)
    let dZ1 = dZ2.matmul(output.weights.transposed) * (a1 .> 0)
    return (
      DenseGradient(weights: inputs.transposed.matmul(dZ1), biases: dZ1.sum(axis: 0)),
      DenseGradient(weights: a1.transposed.matmul(dZ2), biases: dZ2.sum(axis: 0))
    )
  }
}

/// A list of steps forward, taken back one by one; σ through tanh.
private struct BackwardsTwoLayer: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    var gradients: [DenseGradient] = []
    var a = [inputs]
    for layer in [hidden, output] {
      a.append(maximum(a[a.count - 1].matmul(layer.weights) + layer.biases, 0))
    }
    let z = a[1].matmul(output.weights) + output.biases
    var delta = (0.5 * (1 + tanh(0.5 * z)) - targets) * (1 / Double(inputs.rows))
    for (layer, input) in [(output, a[1]), (hidden, a[0])] {
      gradients.append(
        DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0)))
      delta = layer.weights.matmul(delta.transposed).transposed * (input .> 0)
    }
    return (gradients[1], gradients[0])
  }
}

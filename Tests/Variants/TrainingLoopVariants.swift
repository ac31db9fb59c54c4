import KataKit

extension CorrectAnswers {
  static let trainingLoop = CorrectAnswers(
    kata: "training-loop",
    variants: [
      LoopTraining.self, ParameterListTraining.self, TransposedTraining.self,
      OnesColumnTraining.self, RecursiveTraining.self, ClippedTraining.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopTraining: TrainingLoopKata {
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    var run = TrainingRun(hidden: hidden, output: output, losses: [])
    let (n, units) = (inputs.rows, hidden.weights.columns)
    for _ in 0..<epochs {
      var loss = 0.0
      var (dW1, db1) = (hidden.weights * 0, hidden.biases * 0)
      var (dW2, db2) = (output.weights * 0, 0.0)
      for row in 0..<n {
        var a: [Double] = []
        var z = run.output.biases[0, 0]
        for unit in 0..<units {
          var sum = run.hidden.biases[0, unit]
          for i in 0..<inputs.columns { sum += inputs[row, i] * run.hidden.weights[i, unit] }
          a.append(tanh(sum))
          z += a[unit] * run.output.weights[unit, 0]
        }
        let y = targets[row, 0]
        // ln(1 + e^z) − yz, on the side where e^z is small.
        loss += (z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))) - y * z
        let p = z > 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z))
        db2 += p - y
        for unit in 0..<units {
          dW2[unit, 0] += (p - y) * a[unit]
          let delta = (p - y) * run.output.weights[unit, 0] * (1 - a[unit] * a[unit])
          db1[0, unit] += delta
          for i in 0..<inputs.columns { dW1[i, unit] += delta * inputs[row, i] }
        }
      }
      run.losses.append(loss / Double(n))
      let rate = learningRate / Double(n)
      run.hidden.weights -= dW1 * rate
      run.hidden.biases -= db1 * rate
      run.output.weights -= dW2 * rate
      run.output.biases[0, 0] -= db2 * rate
    }
    return run
  }
}

/// A class with one list of parameters and one of gradients.
private final class ParameterListTraining: TrainingLoopKata {
  private var parameters: [Matrix] = []
  private var losses: [Double] = []

  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    parameters = [hidden.weights, hidden.biases, output.weights, output.biases]
    losses = []
    for _ in 0..<epochs {
      let gradients = gradients(inputs, targets)
      parameters = zip(parameters, gradients).map { $0 - learningRate * $1 }
    }
    return TrainingRun(
      hidden: DenseLayer(weights: parameters[0], biases: parameters[1]),
      output: DenseLayer(weights: parameters[2], biases: parameters[3]), losses: losses)
  }

  private func gradients(_ x: Matrix, _ y: Matrix) -> [Matrix] {
    let a = tanh(x.matmul(parameters[0]) + parameters[1])
    let z = a.matmul(parameters[2]) + parameters[3]
    // −ln p of the class that is right: ln(1 + e^(±z)).
    let wrong = z * (1 - 2 * y)
    losses.append(wrong.map { max($0, 0) + log(1 + exp(-abs($0))) }.mean())
    let delta = z.map { 0.5 * (1 + tanh($0 / 2)) } - y
    let below = delta.matmul(parameters[2].transposed) * (1 - pow(a, 2))
    return [
      x.transposed.matmul(below) / Double(x.rows), below.mean(axis: 0),
      a.transposed.matmul(delta) / Double(x.rows), delta.mean(axis: 0),
    ]
  }
}

/// Everything on its side: columns are examples.
private struct TransposedTraining: TrainingLoopKata {
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    let (x, y) = (inputs.transposed, targets.transposed)
    var (w1, b1) = (hidden.weights.transposed, hidden.biases.transposed)
    var (w2, b2) = (output.weights.transposed, output.biases.transposed)
    let losses = (0..<epochs).map { _ in
      let a = (w1.matmul(x) + b1).map { 2 / (1 + exp(-2 * $0)) - 1 }
      let z = w2.matmul(a) + b2
      let delta = (z.map { 1 / (1 + exp(-$0)) } - y) / Double(x.columns)
      let below = w2.transposed.matmul(delta) * (1 - a) * (1 + a)
      w2 += -learningRate * delta.matmul(a.transposed)
      b2 += -learningRate * delta.sum(axis: 1)
      w1 += -learningRate * below.matmul(x.transposed)
      b1 += -learningRate * below.sum(axis: 1)
      return (maximum(z, 0) - z * y + log(1 + exp(-abs(z)))).mean()
    }
    return TrainingRun(
      hidden: DenseLayer(weights: w1.transposed, biases: b1.transposed),
      output: DenseLayer(weights: w2.transposed, biases: b2.transposed), losses: losses)
  }
}

/// The biases are one more row of the weights, under a column of ones.
private struct OnesColumnTraining: TrainingLoopKata {
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    func withOnes(_ m: Matrix) -> Matrix {
      Matrix((0..<m.rows).map { m.row($0).elements + [1] })
    }
    func joined(_ layer: DenseLayer) -> Matrix {
      Matrix(
        rows: layer.weights.rows + 1, columns: layer.weights.columns,
        elements: layer.weights.elements + layer.biases.elements)
    }
    func split(_ m: Matrix) -> DenseLayer {
      DenseLayer(weights: m.slice(rows: 0..<m.rows - 1), biases: m.row(m.rows - 1))
    }
    let x = withOnes(inputs)
    var (w1, w2) = (joined(hidden), joined(output))
    var losses: [Double] = []
    while losses.count < epochs {
      let a = tanh(x.matmul(w1))
      let z = withOnes(a).matmul(w2)
      let p = z.map { 1 / (1 + exp(-$0)) }
      losses.append(
        zip(z.elements, targets.elements).reduce(0) { sum, pair in
          sum + max(pair.0, 0) + log1p(exp(-abs(pair.0))) - pair.0 * pair.1
        } / Double(z.count))
      let delta = p - targets
      let back = delta.matmul(w2.slice(rows: 0..<a.columns).transposed) * (1 - a * a)
      let rate = learningRate / Double(inputs.rows)
      w2 -= rate * withOnes(a).transposed.matmul(delta)
      w1 -= rate * x.transposed.matmul(back)
    }
    return TrainingRun(hidden: split(w1), output: split(w2), losses: losses)
  }
}

/// An epoch, and the rest of them.
private struct RecursiveTraining: TrainingLoopKata {
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    guard epochs > 0 else { return TrainingRun(hidden: hidden, output: output, losses: []) }
    let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
    let z = a.matmul(output.weights) + output.biases
    let p = z.map { 1 / (1 + exp(-$0)) }
    let loss = -(targets * logSigmoid(z) + (1 - targets) * logSigmoid(-z)).sum()
    let delta = p - targets
    // The hidden layer first, while W₂ is still what it was.
    let through = delta * output.weights.transposed * (1 - a * a)
    let step = learningRate / Double(inputs.rows)
    var rest = train(
      hidden: DenseLayer(
        weights: hidden.weights - step * inputs.transposed.matmul(through),
        biases: hidden.biases - step * through.sum(axis: 0)),
      output: DenseLayer(
        weights: output.weights - step * (a * delta).sum(axis: 0).transposed,
        biases: output.biases - step * delta.sum()),
      inputs: inputs, targets: targets, learningRate: learningRate, epochs: epochs - 1)
    rest.losses.insert(loss / Double(inputs.rows), at: 0)
    return rest
  }

  private func logSigmoid(_ z: Matrix) -> Matrix {
    z.map { min($0, 0) - log1p(exp(-abs($0))) }
  }
}

/// Probabilities clipped away from 0 and 1 in the loss, as many courses teach.
private struct ClippedTraining: TrainingLoopKata {
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    var network = [hidden, output]
    var losses = Array(repeating: 0.0, count: epochs)
    for epoch in losses.indices {
      let a = tanh(inputs.matmul(network[0].weights) + network[0].biases)
      let p = (a.matmul(network[1].weights) + network[1].biases).map { 1 / (1 + exp(-$0)) }
      let clipped = p.map { min(max($0, 1e-7), 1 - 1e-7) }
      losses[epoch] = -(targets * log(clipped) + (1 - targets) * log(1 - clipped)).mean()

      let delta = (p - targets) / Double(targets.rows)
      let gradients = [
        DenseGradient(
          weights: inputs.transposed.matmul(
            delta.matmul(network[1].weights.transposed) * (1 - a * a)),
          biases: (delta.matmul(network[1].weights.transposed) * (1 - a * a)).sum(axis: 0)),
        DenseGradient(weights: a.transposed.matmul(delta), biases: delta.sum(axis: 0)),
      ]
      for (k, gradient) in gradients.enumerated() {
        network[k].weights -= learningRate * gradient.weights
        network[k].biases -= learningRate * gradient.biases
      }
    }
    return TrainingRun(hidden: network[0], output: network[1], losses: losses)
  }
}

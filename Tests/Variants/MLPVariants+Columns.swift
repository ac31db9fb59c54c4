import KataKit

/// Everything on its side: columns are examples.
struct TransposedMLP: MLPKata {
  private var w: [Matrix] = []
  private var b: [Matrix] = []
  private let isSigmoid: [Bool]

  var layers: [DenseLayer] {
    get { zip(w, b).map { DenseLayer(weights: $0.transposed, biases: $1.transposed) } }
    set {
      w = newValue.map(\.weights.transposed)
      b = newValue.map(\.biases.transposed)
    }
  }

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    isSigmoid = activations.map { $0 == .sigmoid }
    for k in widths.indices.dropFirst() {
      w.append(
        .normal(
          rows: widths[k], columns: widths[k - 1],
          standardDeviation: sqrt(2 / Double(widths[k - 1])), using: &generator))
      b.append(Matrix(rows: widths[k], columns: 1))
    }
  }

  private func forward(_ x: Matrix) -> [Matrix] {
    w.indices.reduce(into: [x]) { a, k in
      let z = w[k].matmul(a[k]) + b[k]
      if k < isSigmoid.count {
        a.append(isSigmoid[k] ? exp(z) / (1 + exp(z)) : z * (z .> 0))
      } else {
        a.append(z)
      }
    }
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    let oneHot = Matrix.identity(b[b.count - 1].rows)
    var (mw, vw) = (w.map { $0 * 0 }, w.map { $0 * 0 })
    var (mb, vb) = (b.map { $0 * 0 }, b.map { $0 * 0 })
    var (decay1, decay2) = (1.0, 1.0)
    func update(
      _ parameter: inout Matrix, _ m: inout Matrix, _ v: inout Matrix, _ g: Matrix
    ) {
      switch optimizer {
      case .sgd:
        parameter -= learningRate * g
        return
      case .momentum(let momentum):
        m = m * momentum + g
        parameter -= learningRate * m
        return
      case .adam: break
      }
      m = m * 0.9 + g * 0.1
      v = v * 0.999 + g * g * 0.001
      parameter -= m / (1 - decay1) * learningRate / (sqrt(v / (1 - decay2)) + 1e-8)
    }
    return (0..<epochs).map { _ in
      var total = 0.0
      let order = labels.indices.shuffled(using: &generator)
      for start in stride(from: 0, to: labels.count, by: batchSize) {
        let rows = Array(order[start...].prefix(batchSize))
        let y = oneHot.gather(rows: rows.map { labels[$0] }).transposed
        let a = forward(inputs.gather(rows: rows).transposed)
        let z = a[w.count]
        let logP = z - z.max(axis: 0) - log(exp(z - z.max(axis: 0)).sum(axis: 0))
        total -= (y * logP).sum()
        var delta = (exp(logP) - y) / Double(rows.count)
        decay1 *= 0.9
        decay2 *= 0.999
        for k in w.indices.reversed() {
          var below = w[k].transposed.matmul(delta)
          if k > 0 {
            below *= isSigmoid[k - 1] ? a[k] * (1 - a[k]) : (a[k] .> 0)
          }
          update(&w[k], &mw[k], &vw[k], delta.matmul(a[k].transposed))
          update(&b[k], &mb[k], &vb[k], delta.sum(axis: 1))
          delta = below
        }
      }
      return total / Double(labels.count)
    }
  }

  func predict(_ inputs: Matrix) -> [Int] { forward(inputs.transposed)[w.count].argmax(axis: 0) }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    zip(predict(inputs), labels).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) } / Double(labels.count)
  }
}

/// Probabilities clipped in the loss, ε inside the root, and predictions from probabilities.
struct ClippedMLP: MLPKata {
  var layers: [DenseLayer]
  private let activations: [LayerActivation]
  private struct Moments { var m, v: Matrix }

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    var layers: [DenseLayer] = []
    for (fanIn, fanOut) in zip(widths, widths.dropFirst()) {
      layers.append(
        DenseLayer(
          weights: pow(Double(fanIn) / 2, -0.5)
            * .normal(rows: fanIn, columns: fanOut, using: &generator),
          biases: Matrix(rows: 1, columns: fanOut)))
    }
    self.layers = layers
    self.activations = activations
  }

  private func probabilities(_ x: Matrix) -> (inputs: [Matrix], p: Matrix) {
    var inputs = [x]
    for (layer, activation) in zip(layers, activations) {
      let z = inputs[inputs.count - 1].matmul(layer.weights) + layer.biases
      inputs.append(z.map { activation == .relu ? max(0, $0) : 1 / (1 + exp(-$0)) })
    }
    let last = layers[layers.count - 1]
    let z = inputs[inputs.count - 1].matmul(last.weights) + last.biases
    let exponentials = exp(z - z.max(axis: 1))
    return (inputs, exponentials / exponentials.sum(axis: 1))
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    var moments = layers.map {
      [
        Moments(m: $0.weights * 0, v: $0.weights * 0), Moments(m: $0.biases * 0, v: $0.biases * 0),
      ]
    }
    var t = 0.0
    func move(_ moments: inout Moments, _ g: Matrix) -> Matrix {
      if optimizer == .sgd { return learningRate * g }
      if case .momentum(let momentum) = optimizer {
        moments.m = momentum * moments.m + g
        return learningRate * moments.m
      }
      moments.m = 0.9 * moments.m + 0.1 * g
      moments.v = 0.999 * moments.v + 0.001 * g * g
      let mHat = moments.m / (1 - pow(0.9, t))
      return learningRate * mHat / sqrt(moments.v / (1 - pow(0.999, t)) + 1e-16)
    }
    var losses: [Double] = []
    for _ in 0..<epochs {
      var sum = 0.0
      let order = (0..<labels.count).shuffled(using: &generator)
      for batch in stride(from: 0, to: order.count, by: batchSize).map({
        order[$0..<min($0 + batchSize, order.count)]
      }) {
        let (a, p) = probabilities(inputs.gather(rows: Array(batch)))
        var delta = p
        for (row, index) in batch.enumerated() {
          sum -= log(max(p[row, labels[index]], 1e-7))
          delta[row, labels[index]] -= 1
        }
        delta *= 1 / Double(batch.count)
        t += 1
        var gradients: [(Matrix, Matrix)] = []
        for k in layers.indices.reversed() {
          gradients.insert((a[k].transposed.matmul(delta), delta.sum(axis: 0)), at: 0)
          delta = delta.matmul(layers[k].weights.transposed)
          if k > 0 {
            delta *= a[k].map { activations[k - 1] == .sigmoid ? $0 * (1 - $0) : $0 > 0 ? 1 : 0 }
          }
        }
        for (k, g) in gradients.enumerated() {
          layers[k].weights -= move(&moments[k][0], g.0)
          layers[k].biases -= move(&moments[k][1], g.1)
        }
      }
      losses.append(sum / Double(labels.count))
    }
    return losses
  }

  func predict(_ inputs: Matrix) -> [Int] { probabilities(inputs).p.argmax(axis: 1) }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    let classes = layers[layers.count - 1].biases.columns
    let targets = Matrix.identity(classes).gather(rows: labels)
    return (targets * Matrix.identity(classes).gather(rows: predict(inputs))).sum(axis: 1).mean()
  }
}

import KataKit

/// Draws from a uniform distribution of He's variance, and keeps its optimizer in an object.
final class UniformMLP: MLPKata {
  private class Descent {
    func step(_ parameters: [Matrix], _ gradients: [Matrix], _ rate: Double) -> [Matrix] {
      zip(parameters, gradients).map { $0 - rate * $1 }
    }
  }

  private final class Momentum: Descent {
    private let momentum: Double
    private var velocity: [Matrix] = []

    init(_ momentum: Double) { self.momentum = momentum }

    override func step(
      _ parameters: [Matrix], _ gradients: [Matrix], _ rate: Double
    ) -> [Matrix] {
      velocity =
        velocity.isEmpty ? gradients : zip(velocity, gradients).map { momentum * $0 + $1 }
      return super.step(parameters, velocity, rate)
    }
  }

  private final class Adam: Descent {
    private var t = 0.0
    private var moments: [(m: Matrix, v: Matrix)?] = []

    override func step(
      _ parameters: [Matrix], _ gradients: [Matrix], _ rate: Double
    ) -> [Matrix] {
      t += 1
      moments += Array(repeating: nil, count: parameters.count - moments.count)
      return parameters.indices.map { k in
        let g = gradients[k]
        var (m, v) = moments[k] ?? (0 * g, 0 * g)
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * pow(g, 2)
        moments[k] = (m, v)
        let root = sqrt(v) / sqrt(1 - pow(0.999, t)) + 1e-8
        return parameters[k] - rate / (1 - pow(0.9, t)) * m / root
      }
    }
  }

  var layers: [DenseLayer]
  private let hidden: [(value: (Matrix) -> Matrix, slope: (Matrix) -> Matrix)]

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    hidden = activations.map { activation in
      let sigma = { (z: Matrix) in z.map { 1 / (1 + exp(-$0)) } }
      return activation == .relu
        ? ({ maximum($0, 0) }, { $0 .>= 0 }) : (sigma, { sigma($0) * sigma(-$0) })
    }
    layers = (1..<widths.count).map { k in
      let bound = sqrt(6 / Double(widths[k - 1]))
      return DenseLayer(
        weights: .uniform(
          rows: widths[k - 1], columns: widths[k], in: -bound...bound, using: &generator),
        biases: Matrix(rows: 1, columns: widths[k], repeating: 0))
    }
  }

  private func logits(_ inputs: Matrix, from k: Int = 0) -> Matrix {
    let z = inputs.matmul(layers[k].weights) + layers[k].biases
    return k + 1 == layers.count ? z : logits(hidden[k].value(z), from: k + 1)
  }

  func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    let stepper =
      switch optimizer {
      case .sgd: Descent()
      case .momentum(let momentum): Momentum(momentum)
      case .adam: Adam()
      }
    var losses: [Double] = []
    for _ in 0..<epochs {
      let keys = labels.map { _ in generator.uniform() }
      var order = labels.indices.sorted { keys[$0] < keys[$1] }
      var rowLosses: [Double] = []
      while !order.isEmpty {
        let rows = Array(order.prefix(batchSize))
        order.removeFirst(rows.count)
        var gradients: [Matrix] = []
        /// ∂loss/∂(what goes into layer k), on the way out of the recursion.
        func descend(_ a: Matrix, _ k: Int) -> Matrix {
          let z = a.matmul(layers[k].weights) + layers[k].biases
          var delta: Matrix
          if k + 1 < layers.count {
            delta = descend(hidden[k].value(z), k + 1) * hidden[k].slope(z)
          } else {
            let shifted = z - z.max(axis: 1)
            let sums = exp(shifted).sum(axis: 1)
            delta = exp(shifted) / sums
            for (row, label) in rows.enumerated() {
              rowLosses.append(log(sums[row, 0]) - shifted[row, labels[label]])
              delta[row, labels[label]] -= 1
            }
            delta /= Double(rows.count)
          }
          gradients = [a.transposed.matmul(delta), delta.sum(axis: 0)] + gradients
          return delta.matmul(layers[k].weights.transposed)
        }
        _ = descend(inputs.gather(rows: rows), 0)
        let parameters = layers.flatMap { [$0.weights, $0.biases] }
        let moved = stepper.step(parameters, gradients, learningRate)
        for k in layers.indices {
          layers[k] = DenseLayer(weights: moved[2 * k], biases: moved[2 * k + 1])
        }
      }
      losses.append(rowLosses.reduce(0, +) / Double(rowLosses.count))
    }
    return losses
  }

  func predict(_ inputs: Matrix) -> [Int] { logits(inputs).argmax(axis: 1) }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    let wrong = predict(inputs).enumerated().filter { $0.element != labels[$0.offset] }
    return 1 - Double(wrong.count) / Double(labels.count)
  }
}

/// Adam as TensorFlow writes it, ε̂ beside the uncorrected root; rows put in order once for the inputs
/// and once for the targets, with the same order.
struct TensorFlowMLP: MLPKata {
  var layers: [DenseLayer]
  private let activations: [LayerActivation?]

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    self.activations = activations + [nil]
    layers = []
    for (fanIn, fanOut) in zip(widths, widths.dropFirst()) {
      let draws = Matrix.normal(rows: fanIn, columns: fanOut, using: &generator)
      layers.append(
        DenseLayer(
          weights: draws * sqrt(2 / Double(fanIn)), biases: Matrix(rows: 1, columns: fanOut)))
    }
  }

  private func activated(_ z: Matrix, _ k: Int) -> Matrix {
    switch activations[k] {
    case .relu: maximum(0, z)
    case .sigmoid: 0.5 + 0.5 * tanh(0.5 * z)
    case nil: z
    }
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    var state = layers.map { layer in
      [layer.weights, layer.weights, layer.biases, layer.biases].map { $0 * 0 }
    }
    var iterations = 0.0
    var losses = [Double](repeating: 0, count: epochs)
    for epoch in losses.indices {
      var order = Array(0..<inputs.rows)
      order.shuffle(using: &generator)
      let x = inputs.gather(rows: order)
      let y = order.map { labels[$0] }
      for start in stride(from: 0, to: x.rows, by: batchSize) {
        let range = start..<min(start + batchSize, x.rows)
        var a = [x.slice(rows: range)]
        for (k, layer) in layers.enumerated() {
          a.append(activated(a[k].matmul(layer.weights) + layer.biases, k))
        }
        let z = a[layers.count]
        let p = exp(z - z.max(axis: 1)) / exp(z - z.max(axis: 1)).sum(axis: 1)
        var delta = p
        for (row, label) in y[range].enumerated() {
          losses[epoch] += z.row(row).max() - z[row, label]
          losses[epoch] += log(exp(z.row(row) - z.row(row).max()).sum())
          delta[row, label] -= 1
        }
        delta /= Double(range.count)
        iterations += 1
        let rate = learningRate * sqrt(1 - pow(0.999, iterations)) / (1 - pow(0.9, iterations))
        for k in layers.indices.reversed() {
          let gradients = [a[k].transposed.matmul(delta), delta.sum(axis: 0)]
          delta = delta.matmul(layers[k].weights.transposed)
          if k > 0 {
            delta *= activations[k - 1] == .relu ? (a[k] .> 0) : a[k] - a[k] * a[k]
          }
          for (part, g) in gradients.enumerated() {
            let (old, oldV) = (state[k][2 * part], state[k][2 * part + 1])
            var (m, v, move) = (old, oldV, learningRate * g)
            if case .momentum(let momentum) = optimizer {
              m = momentum * old + learningRate * g
              move = m
            } else if optimizer == .adam {
              m = 0.9 * old + 0.1 * g
              v = 0.999 * oldV + 0.001 * g * g
              move = rate * m / (sqrt(v) + 1e-8)
            }
            (state[k][2 * part], state[k][2 * part + 1]) = (m, v)
            if part == 0 { layers[k].weights -= move } else { layers[k].biases -= move }
          }
        }
      }
      losses[epoch] /= Double(x.rows)
    }
    return losses
  }

  func predict(_ inputs: Matrix) -> [Int] {
    layers.indices.reduce(inputs) { a, k in
      activated(a.matmul(layers[k].weights) + layers[k].biases, k)
    }.argmax(axis: 1)
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    Double(zip(predict(inputs), labels).filter(==).count) / Double(labels.count)
  }
}

import KataKit

extension CorrectAnswers {
  static let mlp = CorrectAnswers(
    kata: "mlp",
    variants: [
      LoopMLP.self, UniformMLP.self, TensorFlowMLP.self, TransposedMLP.self, ClippedMLP.self,
      FlatMLP.self,
    ])
}

/// Nothing but scalars and loops, one example at a time.
private struct LoopMLP: MLPKata {
  var layers: [DenseLayer] = []
  private let activations: [LayerActivation]

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    self.activations = activations
    for k in 1..<widths.count {
      var weights = Matrix(rows: widths[k - 1], columns: widths[k])
      for j in 0..<widths[k] {
        for i in 0..<widths[k - 1] {
          weights[i, j] = generator.normal() * sqrt(2 / Double(widths[k - 1]))
        }
      }
      layers.append(DenseLayer(weights: weights, biases: Matrix(rows: 1, columns: widths[k])))
    }
  }

  /// The activations of all layers, the logits last.
  private func activations(_ x: [Double]) -> [[Double]] {
    var a = [x]
    for (k, layer) in layers.enumerated() {
      var z = layer.biases.elements
      for (i, value) in a[k].enumerated() where value != 0 {
        for j in z.indices { z[j] += value * layer.weights[i, j] }
      }
      if k + 1 < layers.count {
        for j in z.indices {
          z[j] = activations[k] == .relu ? Swift.max(0, z[j]) : 1 / (1 + exp(-z[j]))
        }
      }
      a.append(z)
    }
    return a
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    var m = layers
    for k in m.indices {
      m[k].weights *= 0
      m[k].biases *= 0
    }
    let zero = m
    var (v, t, losses) = (m, 0, [Double]())
    for _ in 0..<epochs {
      var order = Array(0..<labels.count)
      for last in order.indices.dropFirst().reversed() {
        order.swapAt(last, Int.random(in: 0...last, using: &generator))
      }
      var (loss, start) = (0.0, 0)
      while start < order.count {
        let batch = order[start..<min(start + batchSize, order.count)]
        start += batchSize
        var sum = zero
        for row in batch {
          let a = activations(inputs.row(row).elements)
          let logits = a[layers.count]
          let largest = logits.reduce(logits[0]) { $0 > $1 ? $0 : $1 }
          let total = logits.reduce(0) { $0 + exp($1 - largest) }
          loss += largest + log(total) - logits[labels[row]]
          var delta = logits.map { exp($0 - largest) / total }
          delta[labels[row]] -= 1
          for k in layers.indices.reversed() {
            var below = [Double](repeating: 0, count: a[k].count)
            for j in delta.indices { sum[k].biases[0, j] += delta[j] }
            for (i, value) in a[k].enumerated() where value != 0 {
              let slope = k > 0 && activations[k - 1] == .sigmoid ? value * (1 - value) : 1
              for j in delta.indices {
                sum[k].weights[i, j] += value * delta[j]
                below[i] += layers[k].weights[i, j] * delta[j] * slope
              }
            }
            delta = below
          }
        }
        t += 1
        for k in layers.indices {
          func step(_ path: WritableKeyPath<DenseLayer, Matrix>) {
            let g = sum[k][keyPath: path] / Double(batch.count)
            let (oldM, oldV) = (m[k][keyPath: path], v[k][keyPath: path])
            if optimizer != .adam {
              if case .momentum(let mu) = optimizer { m[k][keyPath: path] = mu * oldM + g }
              let move = optimizer == .sgd ? g : m[k][keyPath: path]
              layers[k][keyPath: path] -= learningRate * move
              return
            }
            m[k][keyPath: path] = oldM + 0.1 * (g - oldM)
            v[k][keyPath: path] = oldV + 0.001 * (g * g - oldV)
            let mHat = m[k][keyPath: path] / (1 - pow(0.9, Double(t)))
            let vHat = v[k][keyPath: path] / (1 - pow(0.999, Double(t)))
            layers[k][keyPath: path] -= learningRate * mHat / (sqrt(vHat) + 1e-8)
          }
          step(\.weights)
          step(\.biases)
        }
      }
      losses.append(loss / Double(labels.count))
    }
    return losses
  }

  func predict(_ inputs: Matrix) -> [Int] {
    (0..<inputs.rows).map { row in
      let logits = activations(inputs.row(row).elements)[layers.count]
      return logits.indices.reduce(0) { logits[$1] > logits[$0] ? $1 : $0 }
    }
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    var right = 0.0
    for (predicted, label) in zip(predict(inputs), labels) where predicted == label { right += 1 }
    return right / Double(inputs.rows)
  }
}

/// Draws from a uniform distribution of He's variance, and keeps its optimizer in an object.
private final class UniformMLP: MLPKata {
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
private struct TensorFlowMLP: MLPKata {
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

/// Everything on its side: columns are examples.
private struct TransposedMLP: MLPKata {
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
private struct ClippedMLP: MLPKata {
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

/// All parameters as one long row while it trains.
private struct FlatMLP: MLPKata {
  var layers: [DenseLayer]
  private let activations: [LayerActivation]

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    self.activations = activations
    layers = zip(widths, widths.dropFirst()).reversed().map { fanIn, fanOut in
      let weights = Matrix(rows: fanIn, columns: fanOut).map { _ in
        sqrt(2) * generator.normal() / sqrt(Double(fanIn))
      }
      return DenseLayer(weights: weights, biases: weights.row(0) * 0)
    }.reversed()
  }

  private var row: Matrix {
    get {
      let all = layers.flatMap { $0.weights.elements + $0.biases.elements }
      return Matrix(rows: 1, columns: all.count, elements: all)
    }
    set {
      var start = 0
      func take(_ shape: Shape) -> Matrix {
        let count = shape.rows * shape.columns
        defer { start += count }
        return Matrix(
          rows: shape.rows, columns: shape.columns,
          elements: Array(newValue.elements[start..<start + count]))
      }
      layers = layers.map {
        let weights = take($0.weights.shape)
        return DenseLayer(weights: weights, biases: take($0.biases.shape))
      }
    }
  }

  private func forward(_ inputs: Matrix) -> [Matrix] {
    var a = [inputs]
    for (k, layer) in layers.enumerated() {
      let z = a[k].matmul(layer.weights) + layer.biases
      a.append(k + 1 == layers.count ? z : Self.value(activations[k], z))
    }
    return a
  }

  private static func value(_ activation: LayerActivation, _ z: Matrix) -> Matrix {
    switch activation {
    case .relu: maximum(z, 0)
    case .sigmoid: 1 / (exp(-z) + 1)
    }
  }

  private static func slope(_ activation: LayerActivation, _ a: Matrix) -> Matrix {
    activation == .relu ? a .> 0 : a * (1 - a)
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    var (m, v, t, losses) = (row * 0, row * 0, 0.0, [Double]())
    for _ in 0..<epochs {
      var remaining = Set(labels.indices)
      var loss = 0.0
      while !remaining.isEmpty {
        let pool = remaining.sorted().shuffled(using: &generator)
        let batch = Array(pool.prefix(batchSize))
        remaining.subtract(batch)
        let a = forward(inputs.gather(rows: batch))
        let z = a[layers.count]
        let y = Matrix.identity(z.columns).gather(rows: batch.map { labels[$0] })
        let shifted = z - z.max(axis: 1)
        loss += (log(exp(shifted).sum(axis: 1)) - (shifted * y).sum(axis: 1)).sum()
        var delta = (exp(shifted) / exp(shifted).sum(axis: 1) - y) / Double(batch.count)
        var parts: [[Double]] = []
        for k in layers.indices.reversed() {
          parts.insert(
            a[k].transposed.matmul(delta).elements + delta.sum(axis: 0).elements, at: 0)
          if k > 0 {
            let back = delta.matmul(layers[k].weights.transposed)
            delta = back * Self.slope(activations[k - 1], a[k])
          }
        }
        let all = Array(parts.joined())
        let g = Matrix(rows: 1, columns: all.count, elements: all)
        t += 1
        switch optimizer {
        case .sgd: row -= learningRate * g
        case .momentum(let momentum):
          m = momentum * m + g
          row -= learningRate * m
        case .adam:
          m += 0.1 * (g - m)
          v += 0.001 * (g * g - v)
          let root = sqrt(v / (1 - pow(0.999, t))) + 1e-8
          row -= learningRate / (1 - pow(0.9, t)) * m / root
        }
      }
      losses.append(loss / Double(labels.count))
    }
    return losses
  }

  func predict(_ inputs: Matrix) -> [Int] {
    forward(inputs)[layers.count].argmax(axis: 1)
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    let hits = zip(predict(inputs), labels).map { $0 == $1 ? 1.0 : 0 }
    return hits.reduce(0, +) / Double(hits.count)
  }
}

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
struct LoopMLP: MLPKata {
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

/// All parameters as one long row while it trains.
struct FlatMLP: MLPKata {
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

import KataKit

extension CorrectAnswers {
  static let vanishingGradients = CorrectAnswers(
    kata: "vanishing-gradients",
    variants: [
      LoopNorms.self, RecursiveNorms.self, TransposedNorms.self, GramNorms.self,
      PerExampleNorms.self, ScaledNorms.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopNorms: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    var gradients = layers.map { Matrix(rows: $0.weights.rows, columns: $0.weights.columns) }
    for row in 0..<inputs.rows {
      var a = [(0..<inputs.columns).map { inputs[row, $0] }]
      var slopes: [[Double]] = []
      for (k, layer) in layers.enumerated() {
        let z = (0..<layer.weights.columns).map { j in
          a[k].indices.reduce(layer.biases[0, j]) { $0 + a[k][$1] * layer.weights[$1, j] }
        }
        switch activation {
        case .sigmoid:
          a.append(z.map { $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0)) })
          slopes.append(a[k + 1].map { $0 - $0 * $0 })
        case .relu:
          a.append(z.map { $0 > 0 ? $0 : 0 })
          slopes.append(z.map { $0 > 0 ? 1 : 0 })
        }
      }
      var back = (0..<upstream.columns).map { upstream[row, $0] }
      for k in layers.indices.reversed() {
        let delta = zip(back, slopes[k]).map(*)
        for i in a[k].indices {
          for j in delta.indices { gradients[k][i, j] += a[k][i] * delta[j] }
        }
        back = a[k].indices.map { i in
          delta.indices.reduce(0) { $0 + delta[$1] * layers[k].weights[i, $1] }
        }
      }
    }
    return gradients.map { sqrt($0.elements.reduce(0) { $0 + $1 * $1 }) }
  }
}

/// Forward on the way in, backward on the way out; the slope 1 − σ is σ(−z).
private struct RecursiveNorms: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    var norms: [Double] = []
    func descend(_ input: Matrix, _ k: Int) -> Matrix {
      guard k < layers.count else { return upstream }
      let z = input.matmul(layers[k].weights) + layers[k].biases
      let (value, slope) =
        activation == .relu
        ? (maximum(z, 0), z .>= 0)
        : (1 / (1 + exp(-z)), 1 / ((1 + exp(-z)) * (1 + exp(z))))
      // Where an exponential overflows the slope is 1/∞ and so 0.
      let delta = descend(value, k + 1) * slope
      norms.insert(pow(input.transposed.matmul(delta), 2).sum().squareRoot(), at: 0)
      return delta.matmul(layers[k].weights.transposed)
    }
    _ = descend(inputs, 0)
    return norms
  }
}

/// Everything on its side: columns are examples. σ through tanh.
private struct TransposedNorms: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    var a = [inputs.transposed]
    for layer in layers {
      let z = layer.weights.transposed.matmul(a[a.count - 1]) + layer.biases.transposed
      a.append(activation == .relu ? (z + abs(z)) / 2 : 0.5 + 0.5 * tanh(z / 2))
    }
    var back = upstream.transposed
    var norms = [Double](repeating: 0, count: layers.count)
    for k in stride(from: layers.count - 1, through: 0, by: -1) {
      let slope = activation == .relu ? a[k + 1] .> 0 : a[k + 1] - a[k + 1] * a[k + 1]
      let delta = back * slope
      let gradient = delta.matmul(a[k].transposed)
      norms[k] = gradient.elements.map { $0 * $0 }.reduce(0, +).squareRoot()
      back = layers[k].weights.matmul(delta)
    }
    return norms
  }
}

/// ‖AᵀD‖² = Σ (A·Aᵀ) ⊙ (D·Dᵀ): no gradient is ever made.
private struct GramNorms: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    var (a, slopes) = ([inputs], [Matrix]())
    for (k, layer) in layers.enumerated() {
      let z = a[k].matmul(layer.weights) + layer.biases
      switch activation {
      case .relu:
        a.append(maximum(z, 0))
        slopes.append(z.map { $0 > 0 ? 1 : 0 })
      case .sigmoid:
        a.append(z.map { 1 / (1 + exp(-$0)) })
        slopes.append(a[k + 1].map { $0 * (1 - $0) })
      }
    }
    var delta = upstream * slopes[layers.count - 1]
    var squares: [Double] = []
    for k in layers.indices.reversed() {
      let gram = a[k].matmul(a[k].transposed) * delta.matmul(delta.transposed)
      squares.append(gram.sum())
      if k > 0 { delta = delta.matmul(layers[k].weights.transposed) * slopes[k - 1] }
    }
    return squares.reversed().map { max($0, 0).squareRoot() }
  }
}

/// One example at a time, outer products; the norm over the columns' norms.
private final class PerExampleNorms: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    var gradients = layers.map { $0.weights * 0 }
    for row in 0..<inputs.rows {
      var a = [inputs.row(row)]
      for layer in layers {
        let z = a[a.count - 1].matmul(layer.weights) + layer.biases
        a.append(activation == .relu ? z * (z .> 0) : exp(-log(1 + exp(-z))))
      }
      var back = upstream.row(row)
      for k in layers.indices.reversed() {
        let slope = activation == .relu ? a[k + 1] .> 0 : (1 - a[k + 1]) * a[k + 1]
        gradients[k] += a[k].transposed * (back * slope)
        back = (back * slope).matmul(layers[k].weights.transposed)
      }
    }
    return gradients.map { sqrt(($0 * $0).sum(axis: 0)) }.map { pow($0, 2).sum().squareRoot() }
  }
}

/// Norms that are scaled by the largest entry, as LAPACK's are.
private struct ScaledNorms: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    let a = layers.reduce(into: [inputs]) { a, layer in
      let z = a[a.count - 1].matmul(layer.weights) + layer.biases
      a.append(activation == .sigmoid ? 1 / (1 + exp(-z)) : maximum(0, z))
    }
    var delta = upstream
    return layers.indices.reversed().map { k in
      delta = delta * (activation == .sigmoid ? a[k + 1] * (1 - a[k + 1]) : a[k + 1] .> 0)
      let gradient = delta.transposed.matmul(a[k])
      delta = delta.matmul(layers[k].weights.transposed)
      let largest = abs(gradient).max()
      guard largest > 0 else { return 0 }
      let scaled = gradient / largest
      return largest * (scaled * scaled).sum().squareRoot()
    }.reversed()
  }
}

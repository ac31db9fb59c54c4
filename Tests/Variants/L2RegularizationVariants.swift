import KataKit

extension CorrectAnswers {
  static let l2Regularization = CorrectAnswers(
    kata: "l2-regularization",
    variants: [
      LoopL2.self, TraceL2.self, FlatL2.self, InPlaceL2.self, RecursiveL2.self, ScaledL2.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopL2: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    var sum = 0.0
    for layer in layers {
      for i in 0..<layer.weights.rows {
        for j in 0..<layer.weights.columns { sum += pow(layer.weights[i, j], 2) }
      }
    }
    return lambda * sum / 2
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    var result = gradients
    for k in layers.indices {
      for i in 0..<layers[k].weights.rows {
        for j in 0..<layers[k].weights.columns {
          result[k].weights[i, j] += lambda * layers[k].weights[i, j]
        }
      }
    }
    return result
  }
}

/// ‖W‖² as the trace of WᵀW.
private final class TraceL2: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    layers.reduce(0) { sum, layer in
      let product = layer.weights.transposed.matmul(layer.weights)
      return sum + lambda / 2 * (product * .identity(product.rows)).sum()
    }
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    layers.indices.map { k in
      let identity = Matrix.identity(layers[k].weights.rows)
      return DenseGradient(
        weights: (lambda * identity).matmul(layers[k].weights) + gradients[k].weights,
        biases: gradients[k].biases)
    }
  }
}

/// All weights as one long list, and its norm squared.
private struct FlatL2: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    let norm = sqrt(layers.flatMap(\.weights.elements).map { $0 * $0 }.reduce(0, +))
    return 0.5 * lambda * pow(norm, 2)
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    zip(gradients, layers).map { gradient, layer in
      let sums = zip(gradient.weights.elements, layer.weights.elements).map { $0 + lambda * $1 }
      return DenseGradient(
        weights: Matrix(
          rows: layer.weights.rows, columns: layer.weights.columns, elements: sums),
        biases: gradient.biases + 0 * layer.biases)
    }
  }
}

private struct InPlaceL2: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    var penalty = 0.0
    for layer in layers.reversed() {
      penalty += (layer.weights * (0.5 * lambda) * layer.weights).sum(axis: 0).sum()
    }
    return penalty
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    var gradients = gradients
    for (k, layer) in layers.enumerated() { gradients[k].weights += layer.weights * lambda }
    return gradients
  }
}

private struct RecursiveL2: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    guard let first = layers.first else { return 0 }
    return lambda * first.weights.map { $0 * $0 / 2 }.sum()
      + penalty(of: Array(layers.dropFirst()), lambda: lambda)
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    guard let layer = layers.first, let gradient = gradients.first else { return [] }
    let own = DenseGradient(
      weights: gradient.weights - (-lambda) * layer.weights, biases: gradient.biases)
    return [own]
      + regularized(Array(gradients.dropFirst()), of: Array(layers.dropFirst()), lambda: lambda)
  }
}

/// √λ·W instead of W, so that no λ is left in the sum.
private struct ScaledL2: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    layers.map { pow(abs(sqrt(lambda) * $0.weights), 2).sum() }.reduce(0, +) * 0.5
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    zip(gradients, layers).map {
      DenseGradient(
        weights: $0.weights + sqrt(lambda) * (sqrt(lambda) * $1.weights), biases: $0.biases)
    }
  }
}

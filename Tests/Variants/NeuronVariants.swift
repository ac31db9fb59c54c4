import KataKit

extension CorrectAnswers {
  static let neuron = CorrectAnswers(
    kata: "neuron",
    variants: [
      DelegatingNeuron.self, ReducingNeuron.self, AugmentedNeuron.self, ClassNeuron.self,
      BatchFirstNeuron.self, RecursiveNeuron.self,
    ])
}

/// The batch asks for one example after the other.
private struct DelegatingNeuron: NeuronKata {
  let weights: [Double]
  let bias: Double
  let activation: (Double) -> Double

  func output(for example: [Double]) -> Double {
    activation(zip(weights, example).map { $0 * $1 }.reduce(0, +) + bias)
  }

  func outputs(for batch: Matrix) -> Matrix {
    Matrix((0..<batch.rows).map { [output(for: batch.row($0).elements)] })
  }
}

/// The batch through broadcasting: the weights as a row, and a sum along each.
private struct ReducingNeuron: NeuronKata {
  let weights: [Double]
  let bias: Double
  let activation: (Double) -> Double

  func output(for example: [Double]) -> Double {
    activation(weights.indices.reduce(bias) { $0 + weights[$1] * example[$1] })
  }

  func outputs(for batch: Matrix) -> Matrix {
    let row = Matrix(rows: 1, columns: weights.count, elements: weights)
    return ((batch * row).sum(axis: 1) + bias).map(activation)
  }
}

/// The bias as the weight of an input that is always 1.
private struct AugmentedNeuron: NeuronKata {
  private let weights: [Double]
  private let activation: (Double) -> Double

  init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double) {
    self.weights = weights + [bias]
    self.activation = activation
  }

  func output(for example: [Double]) -> Double {
    activation(zip(weights, example + [1]).reduce(0) { $0 + $1.0 * $1.1 })
  }

  func outputs(for batch: Matrix) -> Matrix {
    let rows = (0..<batch.rows).map { batch.row($0).elements + [1] }
    let column = Matrix(rows: weights.count, columns: 1, elements: weights)
    return Matrix(rows).matmul(column).map { activation($0) }
  }
}

private final class ClassNeuron: NeuronKata {
  private let column: DenseLayer
  private let activation: (Double) -> Double

  init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double) {
    column = DenseLayer(weights: Matrix(weights.map { [$0] }), biases: [[bias]])
    self.activation = activation
  }

  func output(for example: [Double]) -> Double { outputs(for: Matrix([example]))[0, 0] }

  func outputs(for batch: Matrix) -> Matrix {
    (batch.matmul(column.weights) + column.biases).map(activation)
  }
}

/// From the last input to the first, row by row into a matrix of zeros.
private struct BatchFirstNeuron: NeuronKata {
  let weights: [Double]
  let bias: Double
  let activation: (Double) -> Double

  func output(for example: [Double]) -> Double {
    var sum = 0.0
    for index in weights.indices.reversed() { sum += example[index] * weights[index] }
    return activation(sum + bias)
  }

  func outputs(for batch: Matrix) -> Matrix {
    var z = Matrix(rows: batch.rows, columns: 1, repeating: bias)
    for row in 0..<batch.rows {
      for index in weights.indices { z[row, 0] += batch[row, index] * weights[index] }
      z[row, 0] = activation(z[row, 0])
    }
    return z
  }
}

private struct RecursiveNeuron: NeuronKata {
  let weights: [Double]
  let bias: Double
  let activation: (Double) -> Double

  private func sum(_ weights: ArraySlice<Double>, _ inputs: ArraySlice<Double>) -> Double {
    guard let w = weights.first, let x = inputs.first else { return bias }
    return w * x + sum(weights.dropFirst(), inputs.dropFirst())
  }

  func output(for example: [Double]) -> Double { activation(sum(weights[...], example[...])) }

  func outputs(for batch: Matrix) -> Matrix {
    let row = Matrix(rows: 1, columns: weights.count, elements: weights)
    return (row.matmul(batch.transposed) + bias).transposed.map(activation)
  }
}

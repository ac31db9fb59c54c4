import KataKit

struct Neuron: NeuronKata {
  private let weights: [Double]
  private let bias: Double
  private let activation: (Double) -> Double

  init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double) {
    self.weights = weights
    self.bias = bias
    self.activation = activation
  }

  func output(for example: [Double]) -> Double {
    // solution:begin
    // bug bias-per-input-not-in-batch: var z = 0.0
    // bug bias-per-input-not-in-batch: for (w, x) in zip(weights, example) { z += w * x + bias }
    // bug bias-missing-not-in-batch: var z = 0.0
    var z = bias
    // bug last-input-skipped-not-in-batch: for (w, x) in zip(weights, example.dropLast()) { z += w * x }
    // bug unweighted-not-in-batch: for x in example { z += x }
    for (w, x) in zip(weights, example) { z += w * x }
    return activation(z)
    // solution:end
  }

  func outputs(for batch: Matrix) -> Matrix {
    // solution:begin
    // Z = X·w + b, with the weights as a column.
    let column = Matrix(rows: weights.count, columns: 1, elements: weights)
    // bug bias-after-activation-in-batch: return batch.matmul(column).map(activation) + bias
    // bug bias-missing-in-batch: return batch.matmul(column).map(activation)
    // bug activation-missing-in-batch: return batch.matmul(column) + bias
    return (batch.matmul(column) + bias).map(activation)
    // solution:end
  }
}

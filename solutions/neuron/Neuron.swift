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
    var z = bias
    for (w, x) in zip(weights, example) { z += w * x }
    return activation(z)
    // solution:end
  }

  func outputs(for batch: Matrix) -> Matrix {
    // solution:begin
    // Z = X·w + b, with the weights as a column.
    let column = Matrix(rows: weights.count, columns: 1, elements: weights)
    return (batch.matmul(column) + bias).map(activation)
    // solution:end
  }
}

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
    todo()
  }

  func outputs(for batch: Matrix) -> Matrix {
    todo()
  }
}

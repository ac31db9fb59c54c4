import KataKit

struct MLP: MLPKata {
  var layers: [DenseLayer]
  /// One per hidden layer.
  private let activations: [LayerActivation]

  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator) {
    self.activations = activations
    todo()
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double] {
    todo()
  }

  func predict(_ inputs: Matrix) -> [Int] {
    todo()
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    todo()
  }

  // The forward pass, the gradients and the step of the optimizer go here.
}

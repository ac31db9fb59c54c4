import KataKit

struct MLP: MLPKata {
  var layers: [DenseLayer]

  init(widths: [Int], using generator: inout SeededGenerator) {
    todo()
  }

  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, learningRate: Double,
    using generator: inout SeededGenerator
  ) -> [Double] {
    todo()
  }

  func predict(_ inputs: Matrix) -> [Int] {
    todo()
  }

  func accuracy(on inputs: Matrix, labels: [Int]) -> Double {
    todo()
  }

  // The forward pass, the gradients and the step of Adam go here.
}

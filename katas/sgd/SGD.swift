import KataKit

struct SGD: SGDKata {
  private let learningRate: Double

  init(learningRate: Double) {
    self.learningRate = learningRate
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    todo()
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    todo()
  }
}

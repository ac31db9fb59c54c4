import KataKit

struct SGD: SGDKata {
  private let learningRate: Double

  init(learningRate: Double) {
    self.learningRate = learningRate
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    // solution:begin
    for (k, g) in gradients.enumerated() {
      parameters[k] -= learningRate * g
    }
    // solution:end
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    // solution:begin
    var mean = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
    let total = Double(rows.reduce(0, +))
    for (gradients, n) in zip(microBatches, rows) {
      for (k, g) in gradients.enumerated() {
        mean[k] += Double(n) / total * g
      }
    }
    step(&parameters, gradients: mean)
    // solution:end
  }
}

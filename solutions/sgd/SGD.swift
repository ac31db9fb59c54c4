import KataKit

struct SGD: SGDKata {
  private let learningRate: Double

  init(learningRate: Double) {
    self.learningRate = learningRate
  }

  func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    // solution:begin
    for (k, g) in gradients.enumerated() {
      // bug ascending: parameters[k] += learningRate * g
      // bug clipped: parameters[k] -= learningRate * g.clamped(to: -1...1)
      parameters[k] -= learningRate * g
    }
    // solution:end
  }

  func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int]) {
    // solution:begin
    var mean = parameters.map { Matrix(rows: $0.rows, columns: $0.columns) }
    // bug whole-number-division: let total = rows.reduce(0, +)
    // bug whole-number-division: for (gradients, n) in zip(microBatches, rows) {
    // bug whole-number-division:   for (k, g) in gradients.enumerated() {
    // bug whole-number-division:     mean[k] += Double(n / total) * g
    // bug divided-by-own-rows: for (gradients, n) in zip(microBatches, rows) {
    // bug divided-by-own-rows:   for (k, g) in gradients.enumerated() {
    // bug divided-by-own-rows:     mean[k] += g / Double(n)
    // bug divided-by-own-rows:
    // bug summed: for gradients in microBatches {
    // bug summed:   for (k, g) in gradients.enumerated() {
    // bug summed:     mean[k] += g
    // bug summed:
    // bug mean-of-parts: for gradients in microBatches {
    // bug mean-of-parts:   for (k, g) in gradients.enumerated() {
    // bug mean-of-parts:     mean[k] += g / Double(microBatches.count)
    // bug mean-of-parts:
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

import KataKit

struct Perceptron: PerceptronKata {
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    // solution:begin
    let column = Matrix(rows: weights.count, columns: 1, elements: weights)
    let z = inputs.matmul(column) + bias
    return z.elements.map { $0 > 0 ? 1 : 0 }
    // solution:end
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    // solution:begin
    var (weights, bias) = (weights, bias)
    for _ in 0..<epochs {
      for (row, label) in labels.enumerated() {
        let x = inputs.row(row)
        let prediction = predictions(for: x, weights: weights, bias: bias)[0]

        // The error is 1, 0 or −1, and most of the time nothing moves.
        let step = learningRate * Double(label - prediction)
        for i in weights.indices { weights[i] += step * x[0, i] }
        bias += step
      }
    }
    return (weights, bias)
    // solution:end
  }
}

import KataKit

struct Perceptron: PerceptronKata {
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int] {
    // solution:begin
    let column = Matrix(rows: weights.count, columns: 1, elements: weights)
    // bug bias-missing-in-z: let z = inputs.matmul(column)
    // bug bias-subtracted-in-z: let z = inputs.matmul(column) - bias
    let z = inputs.matmul(column) + bias
    // bug tie-is-one: return z.elements.map { $0 >= 0 ? 1 : 0 }
    return z.elements.map { $0 > 0 ? 1 : 0 }
    // solution:end
  }

  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double) {
    // solution:begin
    var (weights, bias) = (weights, bias)
    // bug one-epoch-too-few: for _ in 1..<epochs {
    for _ in 0..<epochs {
      for (row, label) in labels.enumerated() {
        let x = inputs.row(row)
        let prediction = predictions(for: x, weights: weights, bias: bias)[0]

        // The error is 1, 0 or −1, and most of the time nothing moves.
        // bug sign-flipped: let step = learningRate * Double(prediction - label)
        let step = learningRate * Double(label - prediction)
        // bug input-missing: for i in weights.indices { weights[i] += step }
        for i in weights.indices { weights[i] += step * x[0, i] }
        // bug bias-frozen:
        // bug learning-rate-missing-for-bias: bias += Double(label - prediction)
        bias += step
      }
    }
    return (weights, bias)
    // solution:end
  }
}

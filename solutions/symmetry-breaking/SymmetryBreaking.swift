import KataKit

struct SymmetryBreaking: SymmetryBreakingKata {
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer] {
    // solution:begin
    var (hidden, output) = (layers[0], layers[1])
    for _ in 0..<steps {
      let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
      let exponentials = exp(a.matmul(output.weights) + output.biases)
      let p = exponentials / exponentials.sum(axis: 1)

      // Both deltas before either layer moves: δ₂ = (P − T)/n, δ₁ = δ₂·W₂ᵀ ⊙ (1 − A²).
      let delta2 = (p - targets) / Double(inputs.rows)
      let delta1 = delta2.matmul(output.weights.transposed) * (1 - a * a)

      output.weights -= learningRate * a.transposed.matmul(delta2)
      output.biases -= learningRate * delta2.sum(axis: 0)
      hidden.weights -= learningRate * inputs.transposed.matmul(delta1)
      hidden.biases -= learningRate * delta1.sum(axis: 0)
    }
    return [hidden, output]
    // solution:end
  }

  func distinctUnits(in layers: [DenseLayer]) -> Int {
    // solution:begin
    let (hidden, output) = (layers[0], layers[1])
    var different: [[Double]] = []
    for unit in 0..<hidden.weights.columns {
      let numbers =
        hidden.weights.column(unit).elements + [hidden.biases[0, unit]]
        + output.weights.row(unit).elements
      let isCopy = different.contains { other in
        zip(numbers, other).allSatisfy { abs($0 - $1) <= 1e-9 }
      }
      if !isCopy { different.append(numbers) }
    }
    return different.count
    // solution:end
  }
}

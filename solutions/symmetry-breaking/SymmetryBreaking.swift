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
      // bug no-batch-mean: let delta2 = p - targets
      // bug sign-flipped: let delta2 = (targets - p) / Double(inputs.rows)
      // bug mean-over-entries: let delta2 = (p - targets) / Double(targets.count)
      let delta2 = (p - targets) / Double(inputs.rows)
      // bug tanh-slope-unsquared: let delta1 = delta2.matmul(output.weights.transposed) * (1 - a)
      // bug tanh-slope-missing: let delta1 = delta2.matmul(output.weights.transposed)
      // bug through-updated-weights: output.weights -= learningRate * a.transposed.matmul(delta2)
      // bug through-updated-weights: let delta1 = delta2.matmul(output.weights.transposed) * (1 - a * a)
      // bug through-updated-weights:
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
    let hidden = layers[0]
    var different: [[Double]] = []
    for unit in 0..<hidden.weights.columns {
      let numbers =
        // bug bias-ignored: hidden.weights.column(unit).elements
        hidden.weights.column(unit).elements + [hidden.biases[0, unit]]
        // bug outgoing-weights-ignored:
        + layers[1].weights.row(unit).elements
      let isCopy = different.contains { other in
        // bug compared-exactly: zip(numbers, other).allSatisfy { $0 == $1 }
        // bug compared-loosely: zip(numbers, other).allSatisfy { abs($0 - $1) <= 1e-3 }
        // bug magnitudes-compared: zip(numbers, other).allSatisfy { abs(abs($0) - abs($1)) <= 1e-9 }
        zip(numbers, other).allSatisfy { abs($0 - $1) <= 1e-9 }
      }
      if !isCopy { different.append(numbers) }
    }
    return different.count
    // solution:end
  }
}

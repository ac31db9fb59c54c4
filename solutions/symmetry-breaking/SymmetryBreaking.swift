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

  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int {
    // solution:begin
    // bug bias-ignored: let a = tanh(inputs.matmul(hidden.weights))
    let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
    var different: [Matrix] = []
    for unit in 0..<a.columns {
      // bug compared-exactly: let isCopy = different.contains { abs(a.column(unit) - $0).max() == 0 }
      // bug compared-loosely: let isCopy = different.contains { abs(a.column(unit) - $0).max() <= 1e-4 }
      // bug magnitudes-compared: let isCopy = different.contains { abs(abs(a.column(unit)) - abs($0)).max() <= 1e-9 }
      let isCopy = different.contains { abs(a.column(unit) - $0).max() <= 1e-9 }
      if !isCopy { different.append(a.column(unit)) }
    }
    return different.count
    // solution:end
  }
}

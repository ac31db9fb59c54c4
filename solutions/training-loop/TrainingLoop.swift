import KataKit

struct TrainingLoop: TrainingLoopKata {
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun {
    // solution:begin
    var (hidden, output) = (hidden, output)
    var losses: [Double] = []
    for _ in 0..<epochs {
      // Forward.
      // bug forward-without-bias: let a = tanh(inputs.matmul(hidden.weights))
      // bug forward-without-bias: let z = a.matmul(output.weights)
      let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
      let z = a.matmul(output.weights) + output.biases
      let p = z.map { 1 / (1 + exp(-$0)) }

      // The cross-entropy from the logit, softplus(z) − y·z, never takes ln 0.
      let softplus = maximum(z, 0) + exp(-abs(z)).map { log1p($0) }
      // bug loss-summed: losses.append((softplus - targets * z).sum())
      losses.append((softplus - targets * z).mean())

      // Backward: all the deltas are known before any parameter moves.
      // bug sigmoid-slope-on-top: let deltaOutput = (p - targets) * p * (1 - p) / Double(inputs.rows)
      // bug gradient-summed: let deltaOutput = p - targets
      // bug ascending: let deltaOutput = (targets - p) / Double(inputs.rows)
      let deltaOutput = (p - targets) / Double(inputs.rows)
      // bug tanh-slope-missing: let deltaHidden = deltaOutput.matmul(output.weights.transposed)
      // bug slope-of-sigmoid: let deltaHidden = deltaOutput.matmul(output.weights.transposed) * a * (1 - a)
      // bug updates-too-early: output.weights -= learningRate * a.transposed.matmul(deltaOutput)
      // bug updates-too-early: let deltaHidden = deltaOutput.matmul(output.weights.transposed) * (1 - a * a)
      // bug updates-too-early:
      let deltaHidden = deltaOutput.matmul(output.weights.transposed) * (1 - a * a)

      output.weights -= learningRate * a.transposed.matmul(deltaOutput)
      output.biases -= learningRate * deltaOutput.sum(axis: 0)
      hidden.weights -= learningRate * inputs.transposed.matmul(deltaHidden)
      // bug hidden-bias-frozen:
      hidden.biases -= learningRate * deltaHidden.sum(axis: 0)
    }
    return TrainingRun(hidden: hidden, output: output, losses: losses)
    // solution:end
  }
}

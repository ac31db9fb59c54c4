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
      let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
      let z = a.matmul(output.weights) + output.biases
      let p = z.map { 1 / (1 + exp(-$0)) }

      // The cross-entropy from the logit, softplus(z) − y·z, never takes ln 0.
      let softplus = maximum(z, 0) + exp(-abs(z)).map { log1p($0) }
      losses.append((softplus - targets * z).mean())

      // Backward: all the deltas are known before any parameter moves.
      let deltaOutput = (p - targets) / Double(inputs.rows)
      let deltaHidden = deltaOutput.matmul(output.weights.transposed) * (1 - a * a)

      output.weights -= learningRate * a.transposed.matmul(deltaOutput)
      output.biases -= learningRate * deltaOutput.sum(axis: 0)
      hidden.weights -= learningRate * inputs.transposed.matmul(deltaHidden)
      hidden.biases -= learningRate * deltaHidden.sum(axis: 0)
    }
    return TrainingRun(hidden: hidden, output: output, losses: losses)
    // solution:end
  }
}

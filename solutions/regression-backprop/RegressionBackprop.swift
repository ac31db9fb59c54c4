import KataKit

struct RegressionBackprop: RegressionBackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    // solution:begin
    // Forward: keep the input of every layer.
    let a1 = maximum(inputs.matmul(layers[0].weights) + layers[0].biases, 0)
    let a2 = maximum(a1.matmul(layers[1].weights) + layers[1].biases, 0)
    // bug forward-relu-on-output: let prediction = maximum(a2.matmul(layers[2].weights) + layers[2].biases, 0)
    let prediction = a2.matmul(layers[2].weights) + layers[2].biases

    // ∂L/∂Z₃: the derivative of the square, and the mean over all elements. The output is linear.
    // bug mean-over-rows-only: let delta3 = 2 * (prediction - targets) / Double(targets.rows)
    // bug factor-two-missing: let delta3 = (prediction - targets) / Double(targets.count)
    let delta3 = 2 * (prediction - targets) / Double(targets.count)
    // A ReLU is positive exactly where its slope is 1.
    // bug relu-slope-missing-in-last: let delta2 = delta3.matmul(layers[2].weights.transposed) * (a2 .>= 0)
    let delta2 = delta3.matmul(layers[2].weights.transposed) * (a2 .> 0)
    // bug relu-slope-missing-in-first: let delta1 = delta2.matmul(layers[1].weights.transposed)
    let delta1 = delta2.matmul(layers[1].weights.transposed) * (a1 .> 0)

    // bug weights-from-own-activation: return zip([a1, a2, prediction], [delta1, delta2, delta3]).map { input, delta in
    // bug first-input-is-a1: return zip([a1, a1, a2], [delta1, delta2, delta3]).map { input, delta in
    return zip([inputs, a1, a2], [delta1, delta2, delta3]).map { input, delta in
      // bug bias-averaged: DenseGradient(weights: input.transposed.matmul(delta), biases: delta.mean(axis: 0))
      DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0))
    }
    // solution:end
  }
}

import KataKit

struct TwoLayerBackprop: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    // solution:begin
    let z1 = inputs.matmul(hidden.weights) + hidden.biases
    let a1 = maximum(z1, 0)
    // bug forward-relu-on-output: let z2 = maximum(a1.matmul(output.weights) + output.biases, 0)
    let z2 = a1.matmul(output.weights) + output.biases
    let p = 1 / (1 + exp(-z2))

    // ∂L/∂Z₂: the sigmoid's slope p(1 − p) cancels against the cross-entropy's 1/(p(1 − p)).
    // bug sigmoid-slope-twice: let delta2 = (p - targets) * p * (1 - p) / Double(inputs.rows)
    // bug no-batch-mean: let delta2 = p - targets
    // bug sign-flipped: let delta2 = (targets - p) / Double(inputs.rows)
    let delta2 = (p - targets) / Double(inputs.rows)
    // bug relu-slope-of-next-layer: let delta1 = delta2.matmul(output.weights.transposed) * (z2 .> 0)
    // bug relu-mask-of-product: let delta1 = delta2.matmul(output.weights.transposed) * z1 .> 0
    // bug relu-value-for-slope: let delta1 = delta2.matmul(output.weights.transposed) * a1
    let delta1 = delta2.matmul(output.weights.transposed) * (z1 .> 0)
    return (
      hidden: DenseGradient(
        // bug first-bias-averaged: weights: inputs.transposed.matmul(delta1), biases: delta1.mean(axis: 0)),
        weights: inputs.transposed.matmul(delta1), biases: delta1.sum(axis: 0)),
      output: DenseGradient(
        // bug weights-from-pre-activation: weights: z1.transposed.matmul(delta2), biases: delta2.sum(axis: 0))
        // bug last-bias-averaged: weights: a1.transposed.matmul(delta2), biases: delta2.mean(axis: 0))
        weights: a1.transposed.matmul(delta2), biases: delta2.sum(axis: 0))
    )
    // solution:end
  }
}

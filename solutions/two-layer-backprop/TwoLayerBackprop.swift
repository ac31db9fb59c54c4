import KataKit

struct TwoLayerBackprop: TwoLayerBackpropKata {
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    // solution:begin
    let z1 = inputs.matmul(hidden.weights) + hidden.biases
    let a1 = maximum(z1, 0)
    let z2 = a1.matmul(output.weights) + output.biases
    let p = 1 / (1 + exp(-z2))

    // ∂L/∂Z₂: the sigmoid's slope p(1 − p) cancels against the cross-entropy's 1/(p(1 − p)).
    let delta2 = (p - targets) / Double(inputs.rows)
    let delta1 = delta2.matmul(output.weights.transposed) * (z1 .> 0)
    return (
      hidden: DenseGradient(
        weights: inputs.transposed.matmul(delta1), biases: delta1.sum(axis: 0)),
      output: DenseGradient(
        weights: a1.transposed.matmul(delta2), biases: delta2.sum(axis: 0))
    )
    // solution:end
  }
}

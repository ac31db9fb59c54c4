import KataKit

struct ResidualBlock: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    // solution:begin
    let a = maximum(inputs.matmul(hidden.weights) + hidden.biases, 0)
    return inputs + a.matmul(output.weights) + output.biases
    // solution:end
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    // solution:begin
    let a = maximum(inputs.matmul(hidden.weights) + hidden.biases, 0)
    // The output layer is linear, so upstream is its ∂L/∂Z; a ReLU is positive where its slope is 1.
    let delta = upstream.matmul(output.weights.transposed) * (a .> 0)
    return (
      // Two paths leave x, so their gradients add; the one of the skip connection comes back as it is.
      inputs: upstream + delta.matmul(hidden.weights.transposed),
      hidden: DenseGradient(
        weights: inputs.transposed.matmul(delta), biases: delta.sum(axis: 0)),
      output: DenseGradient(
        weights: a.transposed.matmul(upstream), biases: upstream.sum(axis: 0))
    )
    // solution:end
  }
}

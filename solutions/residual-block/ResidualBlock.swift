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
    // The output layer is linear, so its ∂L/∂Z is upstream; ReLU's slope is 1 where a > 0.
    let delta = upstream.matmul(output.weights.transposed) * (a .> 0)
    return (
      // x feeds both paths, so their gradients add; the skip path returns upstream unchanged.
      inputs: upstream + delta.matmul(hidden.weights.transposed),
      hidden: DenseGradient(
        weights: inputs.transposed.matmul(delta), biases: delta.sum(axis: 0)),
      output: DenseGradient(
        weights: a.transposed.matmul(upstream), biases: upstream.sum(axis: 0))
    )
    // solution:end
  }
}

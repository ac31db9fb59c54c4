import KataKit

struct ResidualBlock: ResidualBlockKata {
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
    // solution:begin
    let a = maximum(inputs.matmul(hidden.weights) + hidden.biases, 0)
    // bug skip-through-relu: return maximum(inputs, 0) + a.matmul(output.weights) + output.biases
    // bug relu-after-sum: return maximum(inputs + a.matmul(output.weights) + output.biases, 0)
    // bug output-bias-missing: return inputs + a.matmul(output.weights)
    return inputs + a.matmul(output.weights) + output.biases
    // solution:end
  }

  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
    // solution:begin
    // bug bias-missing-in-backward: let a = maximum(inputs.matmul(hidden.weights), 0)
    let a = maximum(inputs.matmul(hidden.weights) + hidden.biases, 0)
    // The output layer is linear, so its ∂L/∂Z is upstream; ReLU's slope is 1 where a > 0.
    // bug relu-value-for-slope: let delta = upstream.matmul(output.weights.transposed) * a
    // bug relu-slope-missing: let delta = upstream.matmul(output.weights.transposed) * (a .>= 0)
    let delta = upstream.matmul(output.weights.transposed) * (a .> 0)
    return (
      // x feeds both paths, so their gradients add; the skip path returns upstream unchanged.
      // bug identity-lost: inputs: delta.matmul(hidden.weights.transposed),
      // bug identity-is-one: inputs: 1 + delta.matmul(hidden.weights.transposed),
      inputs: upstream + delta.matmul(hidden.weights.transposed),
      hidden: DenseGradient(
        // bug first-input-is-a1: weights: a.transposed.matmul(delta), biases: delta.sum(axis: 0)),
        weights: inputs.transposed.matmul(delta), biases: delta.sum(axis: 0)),
      output: DenseGradient(
        weights: a.transposed.matmul(upstream), biases: upstream.sum(axis: 0))
    )
    // solution:end
  }
}

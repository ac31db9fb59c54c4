import KataKit

struct Backprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    // solution:begin
    // Forward: keep the input of every layer. ReLU is between layers, not after the last.
    var activations = [inputs]
    for layer in layers.dropLast() {
      let z = activations[activations.count - 1].matmul(layer.weights) + layer.biases
      activations.append(maximum(z, 0))
    }
    let last = layers.count - 1
    // bug forward-relu-on-output: let logits = maximum(activations[last].matmul(layers[last].weights) + layers[last].biases, 0)
    let logits = activations[last].matmul(layers[last].weights) + layers[last].biases

    // ∂L/∂Z_L: through the softmax and the logarithm at once, and the mean over the rows.
    // bug shift-by-global-maximum: let exponentials = exp(logits - logits.max())
    // bug overflowing-softmax: let exponentials = exp(logits)
    let exponentials = exp(logits - logits.max(axis: 1))
    let probabilities = exponentials / exponentials.sum(axis: 1)
    // bug no-batch-mean: var delta = probabilities - targets
    // bug mean-over-classes-too: var delta = (probabilities - targets) / Double(targets.count)
    // bug sign-flipped: var delta = (targets - probabilities) / Double(inputs.rows)
    var delta = (probabilities - targets) / Double(inputs.rows)

    // Backward: ∂L/∂Wₖ = Aₖ₋₁ᵀ·δₖ, ∂L/∂bₖ = Σ rows of δₖ, δₖ₋₁ = δₖ·Wₖᵀ ⊙ ReLU′(Zₖ₋₁).
    var gradients: [DenseGradient] = []
    for k in layers.indices.reversed() {
      let input = activations[k]
      gradients.append(
        // bug bias-mean-twice: DenseGradient(weights: input.transposed.matmul(delta), biases: delta.mean(axis: 0)))
        DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0)))
      // A ReLU is positive exactly where its slope is 1. Nothing below the first layer needs a δ.
      guard k > 0 else { break }
      // bug relu-value-for-slope: delta = delta.matmul(layers[k].weights.transposed) * maximum(input, 0)
      // bug relu-slope-missing: delta = delta.matmul(layers[k].weights.transposed) * (input .>= 0)
      delta = delta.matmul(layers[k].weights.transposed) * (input .> 0)
    }
    // bug gradients-reversed: return gradients
    return gradients.reversed()
    // solution:end
  }
}

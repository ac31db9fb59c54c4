import KataKit

struct Backprop: BackpropKata {
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    // solution:begin
    // Forward: keep the input of every layer.
    var activations = [inputs]
    var logits = inputs
    for layer in layers {
      logits = activations[activations.count - 1].matmul(layer.weights) + layer.biases
      activations.append(maximum(logits, 0))
    }

    // ∂L/∂Z_L: through the softmax and the logarithm at once, and the mean over the rows.
    let exponentials = exp(logits - logits.max(axis: 1))
    let probabilities = exponentials / exponentials.sum(axis: 1)
    var delta = (probabilities - targets) / Double(inputs.rows)

    // Backward: ∂L/∂Wₖ = Aₖ₋₁ᵀ·δₖ, ∂L/∂bₖ = Σ rows of δₖ, δₖ₋₁ = δₖ·Wₖᵀ ⊙ ReLU′(Zₖ₋₁).
    var gradients: [DenseGradient] = []
    for (layer, input) in zip(layers, activations).reversed() {
      gradients.append(
        DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0)))
      // A ReLU is positive exactly where its slope is 1.
      delta = delta.matmul(layer.weights.transposed) * (input .> 0)
    }
    return gradients.reversed()
    // solution:end
  }
}

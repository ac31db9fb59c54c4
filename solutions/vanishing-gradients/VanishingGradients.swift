import KataKit

struct VanishingGradients: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    // solution:begin
    // Forward: keep every activation; either slope can be told from it.
    var activations = [inputs]
    for layer in layers {
      let z = activations[activations.count - 1].matmul(layer.weights) + layer.biases
      activations.append(activation == .sigmoid ? 1 / (1 + exp(-z)) : maximum(z, 0))
    }

    // Backward: δₖ = ∂L/∂Aₖ ⊙ φ′(Zₖ), ∂L/∂Wₖ = Aₖ₋₁ᵀ·δₖ, ∂L/∂Aₖ₋₁ = δₖ·Wₖᵀ.
    var upstream = upstream
    var norms: [Double] = []
    for k in layers.indices.reversed() {
      let a = activations[k + 1]
      let delta = upstream * (activation == .sigmoid ? a * (1 - a) : a .> 0)
      let gradient = activations[k].transposed.matmul(delta)
      norms.append((gradient * gradient).sum().squareRoot())
      upstream = delta.matmul(layers[k].weights.transposed)
    }
    return norms.reversed()
    // solution:end
  }
}

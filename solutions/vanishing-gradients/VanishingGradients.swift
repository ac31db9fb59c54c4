import KataKit

struct VanishingGradients: VanishingGradientsKata {
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double] {
    // solution:begin
    // Forward: keep every activation; both slopes can be computed from it.
    var activations = [inputs]
    for layer in layers {
      // bug forward-without-bias: let z = activations[activations.count - 1].matmul(layer.weights)
      let z = activations[activations.count - 1].matmul(layer.weights) + layer.biases
      switch activation {
      case .sigmoid: activations.append(1 / (1 + exp(-z)))
      case .relu: activations.append(maximum(z, 0))
      }
    }

    // Backward: δₖ = ∂L/∂Aₖ ⊙ φ′(Zₖ), ∂L/∂Wₖ = Aₖ₋₁ᵀ·δₖ, ∂L/∂Aₖ₋₁ = δₖ·Wₖᵀ.
    var upstream = upstream
    var norms: [Double] = []
    for k in layers.indices.reversed() {
      let a = activations[k + 1]
      let slope =
        switch activation {
        // bug tanh-slope: case .sigmoid: 1 - a * a
        case .sigmoid: a * (1 - a)
        case .relu: a .> 0
        }
      let delta = upstream * slope
      // bug weights-from-own-activation: let gradient = a.transposed.matmul(delta)
      let gradient = activations[k].transposed.matmul(delta)
      // bug squared-norm: norms.append((gradient * gradient).sum())
      // bug root-of-the-mean: norms.append((gradient * gradient).mean().squareRoot())
      norms.append((gradient * gradient).sum().squareRoot())
      // bug slope-not-carried: upstream = upstream.matmul(layers[k].weights.transposed)
      upstream = delta.matmul(layers[k].weights.transposed)
    }
    // bug reversed: return norms
    return norms.reversed()
    // solution:end
  }
}

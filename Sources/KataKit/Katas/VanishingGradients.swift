/// How large the gradient of each layer of a deep network is.
public protocol VanishingGradientsKata {
  init()

  /// The Frobenius norm of ∂L/∂Wₖ for every layer k.
  ///
  /// With A₀ the inputs, Zₖ = Aₖ₋₁·Wₖ + bₖ and Aₖ = φ(Zₖ) for every layer, the last one too, where φ is
  /// `activation`. ‖M‖ = √(Σᵢⱼ Mᵢⱼ²). Pre-activations may be of any size; the norms are finite.
  ///
  /// - Parameters:
  ///   - layers: L ≥ 1 layers, the first one nearest to the inputs; weights are inputs × outputs,
  ///     biases 1 × outputs.
  ///   - inputs: n × inputs of the first layer; rows are examples.
  ///   - upstream: ∂L/∂A_L, n × outputs of the last layer; a mean over the batch is in it already.
  /// - Returns: one norm a layer, in the order of `layers`.
  func gradientNorms(
    of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
  ) -> [Double]
}

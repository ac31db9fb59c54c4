/// L2 regularization of dense layers: what it adds to the loss, and what to the gradients.
public protocol L2RegularizationKata {
  init()

  /// ½·λ·Σ w² over every entry of every layer's weights.
  ///
  /// Biases are left out.
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double

  /// The gradients of the loss with the penalty, from those of the loss alone.
  ///
  /// - Parameters:
  ///   - gradients: one per layer in the order of `layers`, each with the shapes of its layer.
  ///   - layers: L ≥ 1 layers; weights are inputs × outputs, biases 1 × outputs.
  ///   - lambda: λ ≥ 0.
  /// - Returns: one gradient per layer; those of the biases are unchanged.
  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient]
}

/// Gradients of an n-layer ReLU network under softmax + cross-entropy.
public protocol BackpropKata {
  init()

  /// The gradient of the mean cross-entropy with respect to every weight and bias.
  ///
  /// With A₀ the inputs and L layers, Zₖ = Aₖ₋₁·Wₖ + bₖ; the hidden layers are Aₖ = ReLU(Zₖ) and the
  /// output is P = softmax(Z_L), row by row. The loss is
  /// L = −(1/n)·Σᵢⱼ Tᵢⱼ·ln Pᵢⱼ, the mean over the n rows, natural logarithm.
  ///
  /// - Parameters:
  ///   - layers: L ≥ 1 layers, the first one nearest to the inputs; weights are inputs × outputs,
  ///     biases 1 × outputs.
  ///   - inputs: n × inputs of the first layer; rows are examples.
  ///   - targets: n × classes; rows sum to 1 (one-hot or soft).
  /// - Returns: one gradient a layer in the order of `layers`, each with the shapes of its layer.
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient]
}

/// What a forward pass leaves behind for the backward pass.
public struct ForwardCache: Equatable, Sendable {
  /// Z₁ … Z_L, before the activation; Zₖ is n × outputs of layer k.
  public var preActivations: [Matrix]

  /// A₀ … A_L: the inputs, then every layer's activation; one more than `preActivations`.
  public var activations: [Matrix]

  public init(preActivations: [Matrix], activations: [Matrix]) {
    self.preActivations = preActivations
    self.activations = activations
  }
}

/// The forward pass of n dense layers: ReLU between them, softmax at the end.
public protocol ForwardPassKata {
  init()

  /// Every pre-activation and every activation, on the way from the inputs to the probabilities.
  ///
  /// A₀ is `inputs`; Zₖ = Aₖ₋₁·Wₖ + bₖ; Aₖ = ReLU(Zₖ) for k < L, and A_L = softmax(Z_L) row by row.
  /// The softmax is finite for logits of any size.
  ///
  /// - Parameters:
  ///   - inputs: n × inputs of the first layer; rows are examples.
  ///   - layers: L ≥ 1 layers, the first one nearest to the inputs; weights are inputs × outputs,
  ///     biases 1 × outputs.
  func forward(_ inputs: Matrix, through layers: [DenseLayer]) -> ForwardCache
}

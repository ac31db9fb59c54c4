/// What a run of training ends with.
public struct TrainingRun: Equatable, Sendable {
  public var hidden: DenseLayer
  public var output: DenseLayer
  /// One per epoch: the loss before that epoch's update.
  public var losses: [Double]

  public init(hidden: DenseLayer, output: DenseLayer, losses: [Double]) {
    self.hidden = hidden
    self.output = output
    self.losses = losses
  }
}

/// Full-batch gradient descent of a network with one hidden layer, from given parameters.
public protocol TrainingLoopKata {
  init()

  /// The parameters after `epochs` updates, and the loss before each.
  ///
  /// With A = tanh(X·W₁ + b₁) and p = sigmoid(A·W₂ + b₂), the loss is the mean binary cross-entropy
  /// over the n rows, −(1/n)·Σ (y·ln p + (1 − y)·ln(1 − p)). An epoch takes the gradients of all four
  /// parameters on the whole batch and then moves each: θ ← θ − learningRate · ∂loss/∂θ.
  ///
  /// Loss and parameters are finite even if p is 0 or 1. In the loss you may clip p to [ε, 1 − ε], or add
  /// ε inside the logarithms, with ε ≤ 1e-7; the gradient is always that of the exact loss.
  ///
  /// - Parameters:
  ///   - hidden: W₁, inputs × units, and b₁, 1 × units.
  ///   - output: W₂, units × 1, and b₂, 1 × 1.
  ///   - inputs: X, n × inputs; rows are examples.
  ///   - targets: y, n × 1, each 0 or 1.
  ///   - epochs: 0 or more; after none the parameters are unchanged.
  func train(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix, learningRate: Double,
    epochs: Int
  ) -> TrainingRun
}

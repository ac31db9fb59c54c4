/// Gradients of a network with one hidden layer and one sigmoid output, under binary cross-entropy.
public protocol TwoLayerBackpropKata {
  init()

  /// The gradient of the mean binary cross-entropy with respect to W₁, b₁, W₂ and b₂.
  ///
  /// Z₁ = X·W₁ + b₁, A₁ = ReLU(Z₁), Z₂ = A₁·W₂ + b₂ and p = σ(Z₂) = 1/(1 + e^−Z₂). The loss is
  /// L = −(1/n)·Σᵢ (yᵢ·ln pᵢ + (1 − yᵢ)·ln(1 − pᵢ)), the mean over the n rows, natural logarithm.
  /// The gradients are finite, and those of the unclipped loss, for Z₂ of any size.
  ///
  /// - Parameters:
  ///   - hidden: W₁ inputs × units, b₁ 1 × units.
  ///   - output: W₂ units × 1, b₂ 1 × 1.
  ///   - inputs: X, n × inputs; rows are examples.
  ///   - targets: y, n × 1, each 0 or 1.
  /// - Returns: the gradients of either layer, each with the shapes of its layer.
  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient)
}

/// A residual block y = x + f(x), where f is dense, ReLU, dense (He et al. 2015, "Deep Residual
/// Learning for Image Recognition", without the ReLU after the sum).
public protocol ResidualBlockKata {
  init()

  /// Y = X + ReLU(X·W₁ + b₁)·W₂ + b₂.
  ///
  /// - Parameters:
  ///   - inputs: X, n × d; rows are examples.
  ///   - hidden: W₁ d × h, b₁ 1 × h.
  ///   - output: W₂ h × d, b₂ 1 × d.
  func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix

  /// The gradients of a loss L with respect to X, W₁, b₁, W₂ and b₂, from `upstream`, which is ∂L/∂Y.
  ///
  /// If L is a mean over the batch, that is already in `upstream`.
  ///
  /// - Parameters:
  ///   - upstream: n × d.
  ///   - inputs: what `forward` was called with, as are `hidden` and `output`.
  /// - Returns: ∂L/∂X, n × d, and the gradients of both layers, with the shapes of the layers.
  func backward(
    upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
  ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient)
}

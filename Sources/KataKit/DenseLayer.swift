/// The parameters of an affine map x ↦ xW + b over the rows of a batch.
///
/// The shapes are not checked, as either may be assigned at any time; the product and the sum check.
public struct DenseLayer: Equatable, Sendable {
  /// W, inputs×outputs.
  public var weights: Matrix
  /// b, 1×outputs.
  public var biases: Matrix

  public init(weights: Matrix, biases: Matrix) {
    self.weights = weights
    self.biases = biases
  }
}

/// The derivatives of a loss with respect to the parameters of a `DenseLayer`, each of its shape.
public struct DenseGradient: Equatable, Sendable {
  /// ∂L/∂W, inputs×outputs.
  public var weights: Matrix
  /// ∂L/∂b, 1×outputs.
  public var biases: Matrix

  public init(weights: Matrix, biases: Matrix) {
    self.weights = weights
    self.biases = biases
  }
}

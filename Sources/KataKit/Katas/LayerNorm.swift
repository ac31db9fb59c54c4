/// The gradients of a loss with respect to the inputs and parameters of layer normalization.
public struct LayerNormGradient: Equatable, Sendable {
  /// ∂L/∂X, n × features.
  public var inputs: Matrix
  /// ∂L/∂γ, 1 × features.
  public var gamma: Matrix
  /// ∂L/∂β, 1 × features.
  public var beta: Matrix

  public init(inputs: Matrix, gamma: Matrix, beta: Matrix) {
    self.inputs = inputs
    self.gamma = gamma
    self.beta = beta
  }
}

/// Layer normalization (Ba, Kiros & Hinton 2016), forward and backward.
///
/// With mean μ and biased variance v of each row, over its m features,
///
///     x̂ᵢⱼ = (xᵢⱼ − μᵢ) / √(vᵢ + ε)        v = (1/m)·Σⱼ (xⱼ − μ)²
///     yᵢⱼ = γⱼ·x̂ᵢⱼ + βⱼ
///
/// `inputs` are n × features; `gamma` and `beta` are 1 × features.
public protocol LayerNormKata {
  init()

  /// Y, n × features.
  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix

  /// The gradients from `upstream`, which is ∂L/∂Y, n × features; they do not depend on β.
  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient
}

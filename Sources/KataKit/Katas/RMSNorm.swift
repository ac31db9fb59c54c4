/// The gradients of a loss with respect to the inputs and the scale of RMS normalization.
public struct RMSNormGradient: Equatable, Sendable {
  /// ∂L/∂X, n × features.
  public var inputs: Matrix
  /// ∂L/∂γ, 1 × features.
  public var gamma: Matrix

  public init(inputs: Matrix, gamma: Matrix) {
    self.inputs = inputs
    self.gamma = gamma
  }
}

/// RMS normalization (Zhang & Sennrich 2019), forward and backward.
///
/// With the root mean square r of each row, over its m features,
///
///     x̂ᵢⱼ = xᵢⱼ / rᵢ        rᵢ = √((1/m)·Σⱼ xᵢⱼ² + ε)
///     yᵢⱼ = γⱼ·x̂ᵢⱼ
///
/// `inputs` are n × features; `gamma` is 1 × features; `epsilon` is positive. Nothing is centered, and
/// there is no shift. A row of zeros stays one.
public protocol RMSNormKata {
  init()

  /// Y, n × features.
  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix

  /// The gradients from `upstream`, which is ∂L/∂Y, n × features.
  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient
}

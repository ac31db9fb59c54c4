/// The gradients of a loss with respect to the inputs and parameters of batch normalization.
public struct BatchNormGradient: Equatable, Sendable {
  /// ∂L/∂X, rows × features.
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

/// Batch normalization (Ioffe & Szegedy 2015) of the columns of a batch, with running statistics.
public protocol BatchNormKata {
  /// A layer with γ of ones, β of zeros, a running mean of zeros and a running variance of ones.
  ///
  /// - Parameters:
  ///   - features: the columns of every batch.
  ///   - momentum: the weight of the newest batch in the running statistics, as in PyTorch.
  ///   - epsilon: added to the variance, inside the root.
  init(features: Int, momentum: Double, epsilon: Double)

  /// γ, 1 × features.
  var gamma: Matrix { get set }
  /// β, 1 × features.
  var beta: Matrix { get set }
  /// 1 × features.
  var runningMean: Matrix { get }
  /// 1 × features, of the unbiased variances (divided by n − 1).
  var runningVariance: Matrix { get }

  /// γ ⊙ (X − μ) / √(σ² + ε) + β, column by column.
  ///
  /// In training (n ≥ 2 rows) μ and σ² are mean and biased variance of each column of the batch, and
  /// the running statistics move: r ← (1 − momentum)·r + momentum·(that of the batch). In evaluation
  /// (n ≥ 1) μ and σ² are the running ones, and nothing about the layer changes.
  mutating func forward(_ inputs: Matrix, isTraining: Bool) -> Matrix

  /// The gradients at the batch of the last forward pass in training, with μ and σ² as functions of it.
  ///
  /// `upstream` is ∂L/∂Y, of that batch's shape. Evaluation in between makes no difference.
  /// γ is the one of that forward pass.
  mutating func backward(_ upstream: Matrix) -> BatchNormGradient
}

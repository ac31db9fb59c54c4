/// Adam with decoupled weight decay (Loshchilov & Hutter 2019, algorithm 2) over a list of parameter
/// matrices.
///
/// θ ← θ − learningRate · (m̂ / (√v̂ + ε) + λ·θ), where m̂ and v̂ are Adam's, of the gradient alone, and
/// θ on the right is the parameter before the step.
public protocol AdamWKata: Optimizer {
  /// An optimizer that has not taken a step yet.
  ///
  /// - Parameters:
  ///   - beta1: the decay of the first moment m.
  ///   - beta2: the decay of the second moment v.
  ///   - epsilon: added to √v̂, outside the root.
  ///   - weightDecay: λ.
  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double)
}

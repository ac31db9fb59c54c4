/// Gradient descent with momentum (Polyak 1964, as in PyTorch) over a list of parameter matrices.
///
/// v ← μ·v + g, which starts at 0, then θ ← θ − learningRate · v.
public protocol MomentumKata: Optimizer {
  /// An optimizer that has not taken a step yet.
  ///
  /// - Parameter momentum: μ, what is kept of the velocity v from step to step.
  init(learningRate: Double, momentum: Double)
}

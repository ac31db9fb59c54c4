/// RMSProp (Hinton 2012, lecture 6e) over a list of parameter matrices.
///
/// v ← ρ·v + (1 − ρ)·g², which starts at 0, then θ ← θ − learningRate · g / (√v + ε), elementwise.
public protocol RMSPropKata: Optimizer {
  /// An optimizer that has not taken a step yet.
  ///
  /// - Parameters:
  ///   - rho: what is kept of v from step to step.
  ///   - epsilon: added to √v, outside the root.
  init(learningRate: Double, rho: Double, epsilon: Double)
}

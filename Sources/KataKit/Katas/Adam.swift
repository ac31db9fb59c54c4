/// The Adam optimizer (Kingma & Ba 2015, algorithm 1) over a list of parameter matrices.
///
/// At step t = 1, 2, … m ← β₁·m + (1 − β₁)·g and v ← β₂·v + (1 − β₂)·g², which start at 0, and
/// θ ← θ − learningRate · m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ).
public protocol AdamKata: Optimizer {
  /// An optimizer that has not taken a step yet.
  ///
  /// - Parameters:
  ///   - learningRate: α of the paper.
  ///   - beta1: the decay of the first moment m.
  ///   - beta2: the decay of the second moment v.
  ///   - epsilon: added to √v̂, outside the root.
  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double)
}

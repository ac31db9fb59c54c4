/// Inverted dropout, forward and backward (Srivastava et al. 2014, scaled in training instead of
/// afterward).
public protocol DropoutKata {
  /// A layer that drops each entry with the probability p, 0 ≤ p < 1.
  init(dropProbability: Double)

  /// The layer's output, of the shape of `x`.
  ///
  /// In training every entry is independently dropped with probability p, and is then 0; an entry that is
  /// kept is x/(1 − p). Every call in training draws anew from `generator`, in any order. At test time the
  /// output is `x`, and nothing about the layer changes.
  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix

  /// ∂L/∂X from `upstream`, which is ∂L/∂Y for the output Y of the last `forward` in training; of the
  /// same shape.
  ///
  /// It may be called more than once. Passes at test time in between make no difference.
  mutating func backward(upstream: Matrix) -> Matrix
}

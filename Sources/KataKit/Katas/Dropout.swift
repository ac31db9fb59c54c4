/// Inverted dropout, forward and backward (Srivastava et al. 2014, scaled in training instead of
/// afterwards).
public protocol DropoutKata {
  /// A layer that drops each entry with the probability p, 0 ≤ p < 1.
  init(dropProbability: Double)

  /// The layer's output, of the shape of `x`.
  ///
  /// In training every entry is by itself, with probability p, dropped, and is 0; otherwise it is kept,
  /// and is x/(1 − p). Every call draws anew from `generator`, in any order. Otherwise, at test time, the
  /// output is `x`.
  mutating func forward(
    _ x: Matrix, isTraining: Bool, using generator: inout SeededGenerator
  ) -> Matrix

  /// ∂L/∂X from `upstream`, which is ∂L/∂Y for the output Y of the latest `forward`; of the same shape.
  ///
  /// It may be asked more than once.
  mutating func backward(upstream: Matrix) -> Matrix
}

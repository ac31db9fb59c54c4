/// The gated feed-forward layer of today's transformers, without biases (Shazeer 2020, "GLU Variants
/// Improve Transformer"; the names of the matrices are LLaMA's).
public protocol SwiGLUKata {
  init()

  /// silu(z) = z·σ(z) = z / (1 + e⁻ᶻ) for every entry of `z`; the same shape as `z`.
  ///
  /// A number for entries as large as ±1000, where it is z or 0.
  func silu(_ z: Matrix) -> Matrix

  /// Y = (silu(X·W₁) ⊙ (X·W₃))·W₂, ⊙ elementwise.
  ///
  /// - Parameters:
  ///   - x: X, n × inputs; rows are examples.
  ///   - w1: W₁ of the gate, inputs × hidden.
  ///   - w3: W₃ of the value that is gated, inputs × hidden.
  ///   - w2: W₂ of the way out, hidden × outputs.
  /// - Returns: n × outputs.
  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix

  /// The gradients of a loss L with respect to X, W₁, W₃ and W₂, from `upstream`, which is ∂L/∂Y.
  ///
  /// If L is a mean over the batch, that is already in `upstream`.
  ///
  /// - Parameters:
  ///   - upstream: n × outputs.
  ///   - x: what `forward` was called with, as are `w1`, `w3` and `w2`.
  /// - Returns: one gradient per argument, each with the shape of its argument.
  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix)
}

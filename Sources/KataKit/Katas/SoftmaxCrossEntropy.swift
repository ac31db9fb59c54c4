/// Softmax and cross-entropy from logits: probabilities, mean loss, and the gradient.
public protocol SoftmaxCrossEntropyKata {
  init()

  /// softmax(z)ᵢⱼ = exp(zᵢⱼ) / Σₖ exp(zᵢₖ), row by row, finite for logits of any size; n × classes.
  func probabilities(of logits: Matrix) -> Matrix

  /// −(1/n)·Σᵢⱼ Tᵢⱼ·ln softmax(z)ᵢⱼ: the mean over the n rows, natural logarithm.
  ///
  /// `logits` and `targets` are n × classes; the rows of `targets` sum to 1 (one-hot or soft). The
  /// loss is finite; probabilities may be clipped at 1e-7 or less before the logarithm.
  func loss(logits: Matrix, targets: Matrix) -> Double

  /// The gradient of the unclipped loss with respect to the logits; n × classes.
  func gradient(logits: Matrix, targets: Matrix) -> Matrix
}

/// Softmax over the rows of a matrix, and the step of backpropagation through it.
public protocol SoftmaxKata {
  init()

  /// softmax(z)ᵢⱼ = exp(zᵢⱼ) / Σₖ exp(zᵢₖ), row by row, finite for logits of any size; n × classes.
  func value(at logits: Matrix) -> Matrix

  /// ∂L/∂Z from `upstream`, which is ∂L/∂P for P = softmax(Z): each row of it times the Jacobian of
  /// that row, ∂Pⱼ/∂Zₖ = Pⱼ·(δⱼₖ − Pₖ).
  ///
  /// `upstream` and `logits` are n × classes, and so is the result.
  func backward(upstream: Matrix, logits: Matrix) -> Matrix
}

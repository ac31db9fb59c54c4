import KataKit

struct SoftmaxCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    // solution:begin
    // With its maximum subtracted no row overflows, and the sum is at least 1, never 0.
    let exponentials = exp(logits - logits.max(axis: 1))
    return exponentials / exponentials.sum(axis: 1)
    // solution:end
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    // solution:begin
    // ln softmax(z) = z − max − ln Σ exp(z − max): no probability is formed, so none rounds to 0.
    let shifted = logits - logits.max(axis: 1)
    let logProbabilities = shifted - log(exp(shifted).sum(axis: 1))
    return -(targets * logProbabilities).sum() / Double(logits.rows)
    // solution:end
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    // solution:begin
    // The Jacobian of softmax times −T/P is P − T; the mean over the rows divides by n.
    (probabilities(of: logits) - targets) / Double(logits.rows)
    // solution:end
  }
}

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
    // bug log-of-zero: let logProbabilities = log(probabilities(of: logits))
    // bug log-of-zero:
    let shifted = logits - logits.max(axis: 1)
    let logProbabilities = shifted - log(exp(shifted).sum(axis: 1))
    // bug loss-summed: return -(targets * logProbabilities).sum()
    // bug loss-mean-over-classes-too: return -(targets * logProbabilities).mean()
    // bug loss-sign-flipped: return (targets * logProbabilities).sum() / Double(logits.rows)
    return -(targets * logProbabilities).sum() / Double(logits.rows)
    // solution:end
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    // solution:begin
    // The Jacobian of softmax times −T/P is P − T; the mean over the rows divides by n.
    // bug gradient-summed: probabilities(of: logits) - targets
    // bug gradient-mean-over-classes-too: (probabilities(of: logits) - targets) / Double(logits.count)
    // bug gradient-sign-flipped: (targets - probabilities(of: logits)) / Double(logits.rows)
    // bug logits-for-probabilities: (logits - targets) / Double(logits.rows)
    (probabilities(of: logits) - targets) / Double(logits.rows)
    // solution:end
  }
}

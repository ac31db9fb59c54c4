import KataKit

struct Softmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    // solution:begin
    // With its maximum subtracted no row overflows, and the sum is at least 1, never 0.
    // bug shift-by-global-maximum: let exponentials = exp(logits - logits.max())
    // bug shift-by-mean: let exponentials = exp(logits - logits.mean(axis: 1))
    // bug overflowing-softmax: let exponentials = exp(logits)
    let exponentials = exp(logits - logits.max(axis: 1))
    // bug divided-by-column-sums: return exponentials / exponentials.sum(axis: 0)
    // bug divisor-plus-1e-8: return exponentials / (exponentials.sum(axis: 1) + 1e-8)
    return exponentials / exponentials.sum(axis: 1)
    // solution:end
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    // solution:begin
    // Σⱼ uⱼ·pⱼ·(δⱼₖ − pₖ) = pₖ·(uₖ − Σⱼ uⱼ·pⱼ): the Jacobian is never formed.
    // bug softmax-missing-in-backward: return logits * (upstream - (upstream * logits).sum(axis: 1))
    // bug softmax-missing-in-backward:
    let p = value(at: logits)
    // bug sum-added: return p * (upstream + (upstream * p).sum(axis: 1))
    // bug sum-over-columns: return p * (upstream - (upstream * p).sum(axis: 0))
    // bug parentheses-missing: return p * upstream - (upstream * p).sum(axis: 1)
    // bug mean-for-sum: return p * (upstream - (upstream * p).mean(axis: 1))
    // bug diagonal-jacobian: return p * (1 - p) * upstream
    return p * (upstream - (upstream * p).sum(axis: 1))
    // solution:end
  }
}

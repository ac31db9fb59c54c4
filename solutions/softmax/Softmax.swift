import KataKit

struct Softmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    // solution:begin
    // With its maximum subtracted no row overflows, and the sum is at least 1, never 0.
    let exponentials = exp(logits - logits.max(axis: 1))
    return exponentials / exponentials.sum(axis: 1)
    // solution:end
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    // solution:begin
    // Σⱼ uⱼ·pⱼ·(δⱼₖ − pₖ) = pₖ·(uₖ − Σⱼ uⱼ·pⱼ): the Jacobian is never formed.
    let p = value(at: logits)
    return p * (upstream - (upstream * p).sum(axis: 1))
    // solution:end
  }
}

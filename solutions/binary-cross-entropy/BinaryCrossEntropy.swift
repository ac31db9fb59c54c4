import KataKit

struct BinaryCrossEntropy: BinaryCrossEntropyKata {
  // solution:begin What both methods need may go here.
  /// Away from 0 and 1, where a logarithm is infinite; 1 − 1e-12 is still less than 1 in a Double.
  private func clipped(_ probabilities: Matrix) -> Matrix {
    // bug clipped-below-only: maximum(probabilities, 1e-12)
    probabilities.clamped(to: 1e-12...(1 - 1e-12))
  }
  // solution:end

  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    // solution:begin
    // bug loss-not-clipped: let p = probabilities
    let p = clipped(probabilities)
    // bug loss-parentheses: return (-targets * log(p) + (1 - targets) * log(1 - p)).mean()
    // bug loss-second-term-missing: return -(targets * log(p)).mean()
    // bug loss-targets-swapped: return -(targets * log(1 - p) + (1 - targets) * log(p)).mean()
    return -(targets * log(p) + (1 - targets) * log(1 - p)).mean()
    // solution:end
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    // solution:begin
    // −t/p + (1 − t)/(1 − p) over one denominator.
    // bug gradient-not-clipped: let p = probabilities
    let p = clipped(probabilities)
    // bug gradient-by-logits: return (p - targets) / Double(p.count)
    // bug gradient-precedence: return (p - targets) / p * (1 - p) / Double(p.count)
    // bug gradient-mean-over-rows: return (p - targets) / (p * (1 - p)) / Double(p.rows)
    return (p - targets) / (p * (1 - p)) / Double(p.count)
    // solution:end
  }
}

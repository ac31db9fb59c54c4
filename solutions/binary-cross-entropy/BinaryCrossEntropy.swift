import KataKit

struct BinaryCrossEntropy: BinaryCrossEntropyKata {
  // solution:begin What both methods need may go here.
  /// Away from 0 and 1, where a logarithm is infinite; 1 − 1e-12 is still less than 1 in a Double.
  private func clipped(_ probabilities: Matrix) -> Matrix {
    probabilities.clamped(to: 1e-12...(1 - 1e-12))
  }
  // solution:end

  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    // solution:begin
    let p = clipped(probabilities)
    return -(targets * log(p) + (1 - targets) * log(1 - p)).mean()
    // solution:end
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    // solution:begin
    // −t/p + (1 − t)/(1 − p) over one denominator.
    let p = clipped(probabilities)
    return (p - targets) / (p * (1 - p)) / Double(p.count)
    // solution:end
  }
}

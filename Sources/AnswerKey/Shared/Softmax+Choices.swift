package import KataKit

/// Softmax with a choice of what is subtracted before exp and what is divided by after it.
///
/// As it stands it is the truth: each row less its maximum, divided by the row's sum. Every other
/// choice is a way to get it wrong.
package struct Softmax {
  package enum Shift {
    case rowMaximum, columnMaximum, globalMaximum, zeroOrRowMaximum, rowMean, rowMinimum,
      rowMagnitude, none
  }

  package enum Divisor {
    case rowSums, runningSums, columnSums, totalSum, none
  }

  package var shift: Shift
  package var divisor: Divisor
  /// What is added to the sums of the rows.
  package var epsilon: Double

  package init(shift: Shift = .rowMaximum, divisor: Divisor = .rowSums, epsilon: Double = 0) {
    (self.shift, self.divisor, self.epsilon) = (shift, divisor, epsilon)
  }

  package func callAsFunction(_ logits: Matrix) -> Matrix {
    guard !logits.isEmpty else { return logits }
    let exponentials = exp(shifted(logits))
    return switch divisor {
    case .rowSums: exponentials / (exponentials.sum(axis: 1) + epsilon)
    case .runningSums: exponentials / running(exponentials.sum(axis: 1))
    case .columnSums: exponentials / exponentials.sum(axis: 0)
    case .totalSum: exponentials / exponentials.sum()
    case .none: exponentials
    }
  }

  /// Each sum with those of the rows above it.
  private func running(_ sums: Matrix) -> Matrix {
    var running = sums
    for row in 0..<max(sums.rows - 1, 0) { running[row + 1, 0] += running[row, 0] }
    return running
  }

  private func shifted(_ logits: Matrix) -> Matrix {
    switch shift {
    case .rowMaximum: logits - logits.max(axis: 1)
    case .columnMaximum: logits - logits.max(axis: 0)
    case .globalMaximum: logits - logits.max()
    case .zeroOrRowMaximum: logits - maximum(logits.max(axis: 1), 0)
    case .rowMean: logits - logits.mean(axis: 1)
    case .rowMinimum: logits - logits.min(axis: 1)
    case .rowMagnitude: logits - abs(logits).max(axis: 1)
    case .none: logits
    }
  }
}

import KataKit

extension CorrectAnswers {
  static let softmaxCrossEntropy = CorrectAnswers(
    kata: "softmax-cross-entropy",
    variants: [
      LoopCrossEntropy.self, ClippedCrossEntropy.self,
      AddedEpsilonCrossEntropy.self, JacobianCrossEntropy.self, ReciprocalCrossEntropy.self,
      RowByRowCrossEntropy.self, ExpOfLogCrossEntropy.self, BoundedCrossEntropy.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    var p = logits
    for row in 0..<logits.rows {
      var largest = -Double.infinity
      for k in 0..<logits.columns where logits[row, k] > largest { largest = logits[row, k] }
      var total = 0.0
      for k in 0..<logits.columns {
        p[row, k] = exp(logits[row, k] - largest)
        total += p[row, k]
      }
      for k in 0..<logits.columns { p[row, k] /= total }
    }
    return p
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    var sum = 0.0
    for row in 0..<logits.rows {
      let largest = logits.row(row).max()
      var total = 0.0
      for k in 0..<logits.columns { total += exp(logits[row, k] - largest) }
      for k in 0..<logits.columns {
        sum += targets[row, k] * (largest + log(total) - logits[row, k])
      }
    }
    return sum / Double(logits.rows)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    var gradient = probabilities(of: logits)
    for row in 0..<gradient.rows {
      for k in 0..<gradient.columns {
        gradient[row, k] = (gradient[row, k] - targets[row, k]) / Double(gradient.rows)
      }
    }
    return gradient
  }
}

/// Probabilities clipped away from 0 and 1 at the largest ε that is accepted, everywhere.
private struct ClippedCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    let exponentials = exp(logits - logits.max(axis: 1))
    return (exponentials / exponentials.sum(axis: 1)).map { min(max($0, 1e-7), 1 - 1e-7) }
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    -(targets * log(probabilities(of: logits))).sum(axis: 1).mean()
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    (probabilities(of: logits) - targets) / Double(logits.rows)
  }
}

/// ln(p + ε), whose loss is a little below 0 where p is 1.
private struct AddedEpsilonCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    var e = logits
    for row in 0..<e.rows {
      let middle = logits.row(row).max() - 3
      for k in 0..<e.columns { e[row, k] = exp(e[row, k] - middle) }
    }
    return e / e.matmul(Matrix(rows: e.columns, columns: 1, repeating: 1))
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    -(targets * log(probabilities(of: logits) + 1e-7)).sum() / Double(targets.rows)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    -(targets - probabilities(of: logits)) * (1 / Double(targets.rows))
  }
}

/// The Jacobian of softmax in full; where the loss is clipped the gradient is not.
private final class JacobianCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    let exponentials = exp(logits - logits.max(axis: 1))
    return exponentials / exponentials.sum(axis: 1)
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    let p = probabilities(of: logits)
    var total = 0.0
    for row in 0..<p.rows {
      for k in 0..<p.columns where targets[row, k] > 0 {
        total -= targets[row, k] * log(max(p[row, k], 1e-12))
      }
    }
    return total / Double(p.rows)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    let p = probabilities(of: logits)
    var gradient = p * 0
    for row in 0..<p.rows {
      for k in 0..<p.columns {
        for j in 0..<p.columns {
          // −Tⱼ/pⱼ · pⱼ·(δⱼₖ − pₖ), with the pⱼ canceled.
          gradient[row, k] -= targets[row, j] * ((j == k ? 1 : 0) - p[row, k])
        }
      }
    }
    return gradient / Double(p.rows)
  }
}

/// pᵢ = 1/Σₖ exp(zₖ − zᵢ), where an overflow is a probability of 0.
private struct ReciprocalCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    var p = logits
    for row in 0..<p.rows {
      for i in 0..<p.columns {
        p[row, i] = 1 / exp(logits.row(row) - logits[row, i]).sum()
      }
    }
    return p
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    let p = probabilities(of: logits)
    let losses = (0..<p.rows).map { row in
      zip(targets.row(row).elements, p.row(row).elements)
        .map { target, p in target == 0 ? 0 : -target * log(p + .leastNormalMagnitude) }
        .reduce(0, +)
    }
    return losses.reduce(0, +) / Double(losses.count)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    let p = probabilities(of: logits)
    return p / Double(p.rows) - targets / Double(p.rows)
  }
}

/// One row at a time, and a running mean.
private struct RowByRowCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    Matrix((0..<logits.rows).map { softmax(logits.row($0)).elements })
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    var mean = 0.0
    for row in 0..<logits.rows {
      let z = logits.row(row)
      // Σ T·(lse − z) = lse − Σ T·z, as the targets of a row sum to 1.
      let logSumExp = z.max() + log(exp(z - z.max()).sum())
      let loss = logSumExp - targets.row(row).matmul(z.transposed)[0, 0]
      mean += (loss - mean) / Double(row + 1)
    }
    return mean
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    Matrix(
      (0..<logits.rows).map { row in
        ((softmax(logits.row(row)) - targets.row(row)) / Double(logits.rows)).elements
      })
  }

  private func softmax(_ row: Matrix) -> Matrix {
    let exponentials = exp(row - row.max())
    return exponentials / exponentials.sum()
  }
}

/// Everything from the log-softmax.
private struct ExpOfLogCrossEntropy: SoftmaxCrossEntropyKata {
  private func logSoftmax(_ z: Matrix) -> Matrix {
    let shifted = z - z.max(axis: 1)
    return shifted - log(exp(shifted).sum(axis: 1))
  }

  func probabilities(of logits: Matrix) -> Matrix { exp(logSoftmax(logits)) }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    -targets.transposed.matmul(logSoftmax(logits)).trace / Double(logits.rows)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    (exp(logSoftmax(logits)) - targets) / Double(logits.rows)
  }
}

extension Matrix {
  fileprivate var trace: Double { (0..<rows).reduce(0) { $0 + self[$1, $1] } }
}

/// The gradient of the clipped logarithm by the chain rule, but for the probabilities that are clipped.
private struct BoundedCrossEntropy: SoftmaxCrossEntropyKata {
  func probabilities(of logits: Matrix) -> Matrix {
    let exponentials = exp(logits - logits.max(axis: 1))
    return exponentials / (exponentials.sum(axis: 1) + 1e-8)
  }

  func loss(logits: Matrix, targets: Matrix) -> Double {
    -(targets * log(maximum(probabilities(of: logits), 1e-15))).sum() / Double(logits.rows)
  }

  func gradient(logits: Matrix, targets: Matrix) -> Matrix {
    let p = maximum(probabilities(of: logits), 1e-100)
    let upstream = -targets / p
    return p * (upstream - (p * upstream).sum(axis: 1)) / Double(logits.rows)
  }
}

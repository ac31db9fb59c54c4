import KataKit

extension CorrectAnswers {
  static let softmax = CorrectAnswers(
    kata: "softmax",
    variants: [
      LoopSoftmax.self, JacobianSoftmax.self, LogSoftmax.self, ReciprocalSoftmax.self,
      RowByRowSoftmax.self, PairwiseSoftmax.self, TransposedSoftmax.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopSoftmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    var p = logits
    for row in 0..<p.rows {
      var largest = -Double.infinity
      for k in 0..<p.columns where logits[row, k] > largest { largest = logits[row, k] }
      var total = 0.0
      for k in 0..<p.columns {
        p[row, k] = exp(logits[row, k] - largest)
        total += p[row, k]
      }
      for k in 0..<p.columns { p[row, k] /= total }
    }
    return p
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = value(at: logits)
    var result = p
    for row in 0..<p.rows {
      var sum = 0.0
      for k in 0..<p.columns { sum += upstream[row, k] * p[row, k] }
      for k in 0..<p.columns { result[row, k] = p[row, k] * (upstream[row, k] - sum) }
    }
    return result
  }
}

/// diag(p) − pᵀp for every row, and a matrix product.
private final class JacobianSoftmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    let exponentials = exp(logits - logits.max(axis: 1))
    return exponentials / exponentials.sum(axis: 1)
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = value(at: logits)
    return Matrix(
      (0..<p.rows).map { row in
        let p = p.row(row)
        let jacobian = Matrix.identity(p.columns) * p - p.transposed.matmul(p)
        return upstream.row(row).matmul(jacobian).elements
      })
  }
}

/// The exponential of log-softmax; backward through log-softmax, then exp.
private struct LogSoftmax: SoftmaxKata {
  private func logarithm(_ logits: Matrix) -> Matrix {
    let largest = logits.max(axis: 1)
    return logits - (largest + log(exp(logits - largest).sum(axis: 1)))
  }

  func value(at logits: Matrix) -> Matrix { exp(logarithm(logits)) }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = exp(logarithm(logits))
    let byLogarithm = upstream * p
    return byLogarithm - p * byLogarithm.sum(axis: 1)
  }
}

/// pᵢ = 1/Σₖ exp(zₖ − zᵢ), where an overflow is a probability of 0.
private struct ReciprocalSoftmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    var p = logits
    for row in 0..<p.rows {
      for i in 0..<p.columns { p[row, i] = 1 / exp(logits.row(row) - logits[row, i]).sum() }
    }
    return p
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = value(at: logits)
    let ones = Matrix(rows: p.columns, columns: 1, repeating: 1)
    return p * upstream - p * (p * upstream).matmul(ones)
  }
}

/// One row at a time, less a little more than its maximum, with a guard against a sum of 0.
private struct RowByRowSoftmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    Matrix(
      (0..<logits.rows).map { row in
        let z = logits.row(row)
        let exponentials = exp(z - z.max() - 1)
        return (exponentials / (exponentials.sum() + 1e-12)).elements
      })
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = value(at: logits)
    return Matrix(
      (0..<p.rows).map { row in
        let expected = zip(upstream.row(row).elements, p.row(row).elements).map(*).reduce(0, +)
        return zip(upstream.row(row).elements, p.row(row).elements).map { ($0 - expected) * $1 }
      })
  }
}

/// pₖ·Σⱼ pⱼ·(uₖ − uⱼ), as the probabilities sum to 1.
private struct PairwiseSoftmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    let numerators = exp(logits - logits.max(axis: 1))
    return numerators * (1 / numerators.sum(axis: 1))
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = value(at: logits)
    var result = p * 0
    for row in 0..<p.rows {
      for k in 0..<p.columns {
        for j in 0..<p.columns {
          result[row, k] += p[row, k] * p[row, j] * (upstream[row, k] - upstream[row, j])
        }
      }
    }
    return result
  }
}

/// Everything on its side, and the upstream gradient centered first, which changes nothing.
private struct TransposedSoftmax: SoftmaxKata {
  func value(at logits: Matrix) -> Matrix {
    let z = logits.transposed
    let exponentials = exp(z - z.max(axis: 0))
    return (exponentials / exponentials.sum(axis: 0)).transposed
  }

  func backward(upstream: Matrix, logits: Matrix) -> Matrix {
    let p = value(at: logits)
    let centered = upstream - upstream.mean(axis: 1)
    return -p * ((p * centered).sum(axis: 1) - centered)
  }
}

import KataKit

extension CorrectAnswers {
  static let binaryCrossEntropy = CorrectAnswers(
    kata: "binary-cross-entropy",
    variants: [
      LoopBinaryEntropy.self, WideBinaryEntropy.self, NarrowBinaryEntropy.self,
      AddedEpsilonBinaryEntropy.self, BranchingBinaryEntropy.self, DivisorBinaryEntropy.self,
      GuardedBinaryEntropy.self, LogitBinaryEntropy.self,
    ])
}

/// Nothing but scalars and loops.
private struct LoopBinaryEntropy: BinaryCrossEntropyKata {
  private let epsilon = 1e-8

  private func clip(_ p: Double) -> Double {
    if p < epsilon { return epsilon }
    return p > 1 - epsilon ? 1 - epsilon : p
  }

  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    var sum = 0.0
    for row in 0..<targets.rows {
      for column in 0..<targets.columns {
        let (p, t) = (clip(probabilities[row, column]), targets[row, column])
        sum -= t * log(p) + (1 - t) * log(1 - p)
      }
    }
    return sum / Double(targets.rows * targets.columns)
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    var gradient = targets
    for row in 0..<targets.rows {
      for column in 0..<targets.columns {
        let (p, t) = (clip(probabilities[row, column]), targets[row, column])
        gradient[row, column] = (-t / p + (1 - t) / (1 - p)) / Double(targets.count)
      }
    }
    return gradient
  }
}

/// The largest ε that is accepted.
private final class WideBinaryEntropy: BinaryCrossEntropyKata {
  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    let p = probabilities.map { min(max($0, 1e-7), 1 - 1e-7) }
    return (targets * -log(p) - (1 - targets) * log(1 - p)).mean()
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    let p = probabilities.map { min(max($0, 1e-7), 1 - 1e-7) }
    return (p - targets) / (p * (1 - p) * Double(p.count))
  }
}

/// The smallest.
private struct NarrowBinaryEntropy: BinaryCrossEntropyKata {
  private func clipped(_ p: Matrix) -> Matrix { p.map { max(1e-15, min(1 - 1e-15, $0)) } }

  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    let p = clipped(probabilities)
    let rows = (targets * log(p) + (1 - targets) * log(1 - p)).mean(axis: 1)
    return -rows.mean()
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    let p = clipped(probabilities)
    return ((1 - targets) / (1 - p) - targets / p) / Double(targets.count)
  }
}

/// ε added inside the logarithms and divisors, whose loss is a little below 0 where p is right.
private struct AddedEpsilonBinaryEntropy: BinaryCrossEntropyKata {
  func loss(probabilities p: Matrix, targets t: Matrix) -> Double {
    -(t * log(p + 1e-7) + (1 - t) * log(1 - p + 1e-7)).mean()
  }

  func gradient(probabilities p: Matrix, targets t: Matrix) -> Matrix {
    -(t / (p + 1e-7) - (1 - t) / (1 - p + 1e-7)) / Double(p.count)
  }
}

/// No logarithm of what has no weight.
private struct BranchingBinaryEntropy: BinaryCrossEntropyKata {
  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    let terms = zip(probabilities.elements, targets.elements).map { p, t in
      (t == 0 ? 0 : -t * log(max(p, 1e-12))) + (t == 1 ? 0 : -(1 - t) * log(max(1 - p, 1e-12)))
    }
    return terms.reduce(0, +) / Double(terms.count)
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    let terms = zip(probabilities.elements, targets.elements).map { p, t in
      (t == 0 ? 0 : -t / max(p, 1e-12)) + (t == 1 ? 0 : (1 - t) / max(1 - p, 1e-12))
    }
    return Matrix(rows: targets.rows, columns: targets.columns, elements: terms)
      * (1 / Double(terms.count))
  }
}

/// Clipped in the loss; in the gradient ε is added to the divisor, so that a slope of 1 becomes 0.
private struct DivisorBinaryEntropy: BinaryCrossEntropyKata {
  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    let p = maximum(probabilities, 1e-9)
    let q = maximum(1 - probabilities, 1e-9)
    let sum = log(p).elements.indices.reduce(0.0) { sum, index in
      let t = targets.elements[index]
      return sum + t * log(p.elements[index]) + (1 - t) * log(q.elements[index])
    }
    return -sum / Double(targets.count)
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    (probabilities - targets) / (probabilities * (1 - probabilities) + 1e-9)
      / Double(targets.count)
  }
}

/// The logarithms bounded, not the probabilities.
private struct GuardedBinaryEntropy: BinaryCrossEntropyKata {
  func loss(probabilities p: Matrix, targets t: Matrix) -> Double {
    let (first, second) = (maximum(log(p), -30), maximum(log(1 - p), -30))
    return -(t * first + (1 - t) * second).sum() / Double(t.count)
  }

  func gradient(probabilities p: Matrix, targets t: Matrix) -> Matrix {
    let (first, second) = (maximum(p, exp(-30)), maximum(1 - p, exp(-30)))
    return (1 - t) / second / Double(t.count) - t / first / Double(t.count)
  }
}

/// Through the logit, of which the loss is the softplus less t·z.
private struct LogitBinaryEntropy: BinaryCrossEntropyKata {
  func loss(probabilities: Matrix, targets: Matrix) -> Double {
    let p = probabilities.map { min(max($0, 1e-10), 1 - 1e-10) }
    let z = log(p) - log(1 - p)
    return (maximum(z, 0) + log(1 + exp(-abs(z))) - targets * z).mean()
  }

  func gradient(probabilities: Matrix, targets: Matrix) -> Matrix {
    let p = probabilities.map { min(max($0, 1e-10), 1 - 1e-10) }
    // By the logit p − t, and the logit by p 1/p + 1/(1 − p).
    return (p - targets) * (1 / p + 1 / (1 - p)) / Double(p.count)
  }
}

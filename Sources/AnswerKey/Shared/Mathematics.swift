package import KataKit

/// The mathematics that several references share, written for truth rather than for speed.
package enum Mathematics {
  /// Row by row, shifted by the row's largest logit.
  package static func softmax(_ logits: Matrix) -> Matrix {
    guard logits.columns > 0 else { return logits }
    let exponentials = exp(logits - logits.max(axis: 1))
    return exponentials / exponentials.sum(axis: 1)
  }

  /// ln softmax(Z) through log-sum-exp, so that no probability is ever 0.
  package static func logSoftmax(_ logits: Matrix) -> Matrix {
    guard logits.columns > 0 else { return logits }
    let shifted = logits - logits.max(axis: 1)
    return shifted - log(exp(shifted).sum(axis: 1))
  }

  /// −(1/n)·Σ T·ln softmax(Z).
  package static func crossEntropy(logits: Matrix, targets: Matrix) -> Double {
    -(targets * logSoftmax(logits)).sum() / Double(logits.rows)
  }

  package static func relu(_ z: Matrix) -> Matrix { maximum(z, 0) }

  /// σ(z) = 1/(1 + e^−z), 0 where e^−z overflows.
  package static func sigmoid(_ z: Matrix) -> Matrix { 1 / (1 + exp(-z)) }

  /// z·σ(z).
  @Sendable package static func silu(_ z: Matrix) -> Matrix { z / (1 + exp(-z)) }

  /// The logits of a network of dense layers with ReLU between them.
  package static func logits(_ inputs: Matrix, through layers: [DenseLayer]) -> Matrix {
    layers.enumerated().reduce(inputs) { activation, step in
      let z = activation.matmul(step.element.weights) + step.element.biases
      return step.offset + 1 < layers.count ? relu(z) : z
    }
  }
}

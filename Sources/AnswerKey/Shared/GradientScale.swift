package import Grading
package import KataKit

/// What delta is multiplied by, and once more the gradients that are made of it.
package struct GradientScale {
  package let delta, weights, biases, firstBiases, lastBiases: Double

  package init(
    delta: Double = 1, weights: Double = 1, biases: Double = 1, firstBiases: Double = 1,
    lastBiases: Double = 1
  ) {
    (self.delta, self.weights, self.biases) = (delta, weights, biases)
    (self.firstBiases, self.lastBiases) = (firstBiases, lastBiases)
  }

  package func applied(to gradients: [DenseGradient]) -> [DenseGradient] {
    gradients.enumerated().map { k, gradient in
      let ends = (k == 0 ? firstBiases : 1) * (k + 1 == gradients.count ? lastBiases : 1)
      return DenseGradient(
        weights: scaled(gradient.weights, by: weights),
        biases: scaled(gradient.biases, by: biases * ends))
    }
  }

  private func scaled(_ gradient: Matrix, by factor: Double) -> Matrix {
    factor == 1 ? gradient : gradient * factor
  }
}

extension GradientScale {
  package static func biasesAveraged(
    delta: @escaping @Sendable (Shape) -> Double
  ) -> Mistake<Shape, GradientScale> {
    Mistake(
      "bias-averaged", "You averaged the bias gradients over the rows; sum delta instead."
    ) { GradientScale(delta: delta($0), biases: 1 / $0.n) }
  }

  // MARK: Where the loss is a mean over the rows

  package static let noBatchMean = Mistake<Shape, GradientScale>(
    "no-batch-mean", "You summed over the batch instead of averaging it."
  ) { _ in GradientScale() }

  package static let batchMeanTwice = Mistake<Shape, GradientScale>(
    "batch-mean-twice", "You divided by the batch size twice."
  ) { GradientScale(delta: 1 / ($0.n * $0.n)) }

  package static let weightsNotAveraged = Mistake<Shape, GradientScale>(
    "weights-not-averaged",
    "You averaged the bias gradients over the batch, and not the weight gradients."
  ) { GradientScale(delta: 1 / $0.n, weights: $0.n) }
}

extension Shape {
  /// The rows, as a divisor.
  package var n: Double { Double(rows) }

  /// All entries, as a divisor.
  package var entries: Double { Double(rows * columns) }
}

package import Grading
package import KataKit

extension L2RegularizationSuite {
  package static let mistakes = MistakeCatalogue(
    at: [
      countedLayers, countedMatrices, squares, halves, strengths, signs, penalties, terms, sums,
      biases, changedLayers,
    ])

  package static func reference(at: Computation<Self>) -> any L2RegularizationKata {
    FaultyL2Regularization(at: at)
  }
}

/// L2 regularization that can make any of the mistakes on purpose.
private struct FaultyL2Regularization: L2RegularizationKata {
  var at = Computation<L2RegularizationSuite>()

  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    at(penalties, thoughtPenalty(of: layers, lambda: lambda))
  }

  /// What the learner takes for the penalty, whether or not it is returned.
  private func thoughtPenalty(of layers: [DenseLayer], lambda: Double) -> Double {
    let (sum, half) = at(squares, at(countedMatrices, at(countedLayers, layers)))
    return at(signs, at(halves, half) * at(strengths, lambda) * sum)
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    let changed = zip(gradients, layers).map { gradient, layer in
      func sum(_ g: Matrix, _ parameter: Matrix) -> Matrix {
        let term = Term(
          w: parameter, lambda: lambda, layer: layer, layers: layers,
          penalty: { thoughtPenalty(of: $0, lambda: lambda) })
        return at(sums, (g, at(terms, term), lambda))
      }
      return DenseGradient(
        weights: sum(gradient.weights, layer.weights),
        biases: at(biases, (gradient.biases, sum(gradient.biases, layer.biases))))
    }
    return at(changedLayers, (changed, gradients))
  }
}

// MARK: ½·λ·Σ‖W‖²

private let countedLayers = Site<[DenseLayer], [DenseLayer]>("layers of the penalty") {
  $0
} mistakes: {
  Mistake(
    "penalty-of-last-layer", "Your penalty is that of the last layer only; add up all of them."
  ) { $0.suffix(1) }
  Mistake(
    "penalty-without-last-layer",
    "You left the last of several layers out of the penalty; add up all of them."
  ) { $0.count > 1 ? $0.dropLast() : nil }
  Mistake(
    "penalty-of-first-layer", "Your penalty is that of the first layer only; add up all of them."
  ) { Array($0.prefix(1)) }
}

private let countedMatrices = Site<[DenseLayer], [Matrix]>("matrices of the penalty") {
  $0.map(\.weights)
} mistakes: {
  Mistake(
    "penalty-of-biases", "You counted the biases in the penalty; sum over the weights only."
  ) { $0.map(\.weights) + $0.map(\.biases) }
}

/// Σ‖W‖², and what it is multiplied by besides λ.
private let squares = Site<[Matrix], (sum: Double, half: Double)>("square") {
  ($0.sum { ($0 * $0).sum() }, 0.5)
} mistakes: {
  Mistake("absolute", "Your penalty is λ·Σ|w|, which is L1; L2 sums the squares, ½·λ·Σw².") {
    ($0.sum { abs($0).sum() }, 1)
  }
  Mistake(
    "norm-not-squared", "Your penalty uses the norm, √Σw²; use its square, Σw²."
  ) { ($0.sum { ($0 * $0).sum() }.squareRoot(), 0.5) }
  Mistake(
    "norm-not-squared-by-layer",
    "Your penalty adds up the norms of the layers, √Σw²; add up their squares."
  ) { ($0.sum { ($0 * $0).sum().squareRoot() }, 0.5) }
  Mistake(
    "sum-squared", "You squared the sum of a layer's weights; square each weight, then sum."
  ) { ($0.sum { $0.sum() * $0.sum() }, 0.5) }
  Mistake(
    "matrix-product", "You summed the entries of WᵀW, a matrix product; sum those of W ⊙ W."
  ) { ($0.sum { $0.transposed.matmul($0).sum() }, 0.5) }
  Mistake("not-squared", "You summed the weights as they are; square each, then sum.") {
    ($0.sum { $0.sum() }, 0.5)
  }
  Mistake(
    "divided-by-layers", "You divided the penalty by the number of layers; take the sum."
  ) { ($0.sum { ($0 * $0).sum() }, 0.5 / Double(max($0.count, 1))) }
  Mistake(
    "mean-square", "Your penalty takes the mean of each layer's squared weights; take the sum."
  ) { ($0.sum { ($0 * $0).mean() }, 0.5) }
}

private let halves = Site<Double, Double>("half") {
  $0
} mistakes: {
  Mistake("half-missing", "You left the ½ out of the penalty, ½·λ·‖W‖².") { _ in 1 }
  Mistake("half-twice", "You halved the penalty twice; compute ½·λ·‖W‖².") { $0 * $0 }
}

private let strengths = Site<Double, Double>("strength") {
  $0
} mistakes: {
  Mistake("lambda-missing", "You left λ out of the penalty, ½·λ·‖W‖².") { _ in 1 }
  Mistake("lambda-squared", "You squared λ in the penalty, ½·λ·‖W‖².") { $0 * $0 }
}

private let signs = Site<Double, Double>(
  "penalty-negative",
  "Your penalty is negative; it should be positive, since it is added to the loss."
) { -$0 }

private let penalties = Site<Double, Double>(
  "penalty-zero", "Your penalty is 0; return ½·λ·‖W‖²."
) { _ in 0 }

// MARK: dW + λ·W

private let terms = Site<Term, Matrix>("term") {
  $0.lambda * $0.w
} mistakes: {
  Mistake(
    "gradient-doubled", "You added 2·λ·W to the gradients; the ½ takes the 2 away: λ·W."
  ) { 2 * $0.lambda * $0.w }
  Mistake(
    "gradient-halved", "You added ½·λ·W to the gradients; the derivative of ½·w² is w: λ·W."
  ) { 0.5 * $0.lambda * $0.w }
  Mistake(
    "gradient-without-lambda", "You added W to the gradients; add λ·W."
  ) { $0.w }
  Mistake(
    "gradient-of-absolute", "You added λ·sign(W) to the gradients, the derivative of L1; add λ·W."
  ) { $0.lambda * $0.w.map { $0 < 0 ? -1 : 1 } }
  Mistake(
    "gradient-squared", "You added the square of W to the gradients; the derivative of ½·w² is w."
  ) { $0.lambda * $0.w * $0.w }
  Mistake(
    "gradient-half-squared",
    "You added ½·λ·w² itself to each gradient; add its derivative, λ·w."
  ) { 0.5 * $0.lambda * $0.w * $0.w }
  Mistake(
    "gradient-with-lambda-squared", "You added λ²·W to the gradients; add λ·W."
  ) { $0.lambda * $0.lambda * $0.w }
  Mistake("gradient-of-lambda", "You added λ to each gradient; add λ times its weight.") {
    0 * $0.w + $0.lambda
  }
  Mistake(
    "gradient-of-magnitude", "You added λ·|W| to the gradients; add λ·W, with its sign."
  ) { $0.lambda * abs($0.w) }
  Mistake(
    "gradient-of-mean",
    "You divided what is added to the gradients by the number of weights; add λ·W."
  ) { $0.lambda * $0.w / Double($0.w.count) }
  Mistake(
    "gradient-of-norm", "You divided what is added to the gradients by the norm of W; add λ·W."
  ) { $0.lambda * $0.w / ($0.w * $0.w).sum().squareRoot() }
  Mistake(
    "penalty-added-to-gradient",
    "You added the penalty itself to the gradients; add its derivative, λ·W."
  ) { $0.w * 0 + $0.penalty($0.layers) }
  Mistake(
    "own-penalty-added-to-gradient",
    "You added each layer's penalty to its gradients; add its derivative, λ·W."
  ) { $0.w * 0 + $0.penalty([$0.layer]) }
}

private let sums = Site<(g: Matrix, term: Matrix, lambda: Double), Matrix>("sum") {
  $0.g + $0.term
} mistakes: {
  Mistake(
    "gradient-subtracted",
    "You subtracted the penalty's gradient; add it: the optimizer's step subtracts it."
  ) { $0.g - $0.term }
  Mistake(
    "loss-dropped", "You returned the penalty's gradient alone; add it to that of the loss."
  ) { $0.term }
  Mistake(
    "gradient-multiplied", "You multiplied the gradient by λ·W; add λ·W to it."
  ) { $0.g * $0.term }
  Mistake("gradient-unchanged", "Your gradients are those of the loss alone; add λ·W.") { $0.g }
  Mistake(
    "gradient-shrunk",
    "You multiplied the gradients by 1 − λ; add λ times the weights to them instead."
  ) { $0.g * (1 - $0.lambda) }
  Mistake(
    "lambda-times-gradient",
    "You added λ times the gradient to the gradients; add λ times the weights."
  ) { $0.g * (1 + $0.lambda) }
}

private let biases = Site<(given: Matrix, decayed: Matrix), Matrix>("biases") {
  $0.given
} mistakes: {
  Mistake(
    "biases-decayed",
    "You added to the gradients of the biases, too; biases are not part of the penalty."
  ) { $0.decayed }
  Mistake(
    "biases-zeroed", "You returned zeros for the biases; their gradients stay as they were."
  ) { $0.given * 0 }
}

private let changedLayers = Site<
  (changed: [DenseGradient], given: [DenseGradient]), [DenseGradient]
>("layers") {
  $0.changed
} mistakes: {
  Mistake(
    "first-layer-only", "You changed the gradients of the first layer only; change all."
  ) { Array($0.changed.prefix(1) + $0.given.dropFirst()) }
  Mistake(
    "all-but-last-layer",
    "You did not change the gradients of the last of several layers; change all."
  ) {
    $0.given.count > 1 ? Array($0.changed.dropLast() + $0.given.suffix(1)) : nil
  }
  Mistake("last-layer-only", "You changed the gradients of the last layer only; change all.") {
    Array($0.given.dropLast() + $0.changed.suffix(1))
  }
}

/// What λ·W may be mistaken for is made of this.
private struct Term {
  let w: Matrix
  let lambda: Double
  let layer: DenseLayer
  let layers: [DenseLayer]
  let penalty: ([DenseLayer]) -> Double
}

extension [Matrix] {
  fileprivate func sum(_ value: (Matrix) -> Double) -> Double { map(value).reduce(0, +) }
}

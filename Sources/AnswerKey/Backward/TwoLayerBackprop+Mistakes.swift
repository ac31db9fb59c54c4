package import Grading
package import KataKit
import SharedAnswers

extension TwoLayerBackpropSuite {
  package static let mistakes = MistakeCatalogue(
    at: [scales, factor, CrossEntropySites.sign, throughSigmoid, probabilities, order] + sites.all)

  package static func reference(at: Computation<Self>) -> any TwoLayerBackpropKata {
    FaultyTwoLayerBackprop(at: at)
  }
}

/// Backpropagation that can make any of the mistakes on purpose.
private struct FaultyTwoLayerBackprop: TwoLayerBackpropKata {
  var at = Computation<TwoLayerBackpropSuite>()

  func gradients(
    hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
  ) -> (hidden: DenseGradient, output: DenseGradient) {
    let network = DensePass([hidden, output], inputs: inputs, sites: sites, at: at)
    let p = at(probabilities, network.output)
    let error = at(CrossEntropySites.sign, at(throughSigmoid, (p, y: targets)))
    let scale = at(scales, targets.shape)
    let layers = network.backward(at(factor, error) * scale.delta).layers
    let gradients = at(order, scale.applied(to: layers))
    return (gradients[0], gradients[1])
  }
}

private let sites = DenseSites(
  slopes: DenseSites.slopes + [DenseSites.maskOfProduct], back: [DenseSites.throughNoWeights])

private let probabilities = Site<Matrix, Matrix>("probabilities") {
  1 / (1 + exp(-$0))
} mistakes: {
  Mistake(
    "logits-for-probabilities",
    "You subtracted the targets from z₂; the sigmoid is missing before p − y."
  ) { $0 }
  Mistake(
    "overflowing-sigmoid", "Your sigmoid is ∞/∞ for a large z; e^z/(1 + e^z) is 1/(1 + e^−z)."
  ) { exp($0) / (1 + exp($0)) }
  Mistake(
    "softmax-of-one-column",
    "You took the softmax of a single output, which is always 1; use the sigmoid."
  ) { $0 * 0 + 1 }
  Mistake(
    "thresholded-output",
    "You rounded p to 0 or 1 before p − y; the gradient needs the probability itself."
  ) { $0 .> 0 }
}

// MARK: ∂L/∂Z₂ = (p − y)/n

private let throughSigmoid = Site<(p: Matrix, y: Matrix), Matrix>("step through the sigmoid") {
  $0.p - $0.y
} mistakes: {
  Mistake(
    "sigmoid-slope-twice",
    "You multiplied p − y by the sigmoid's slope p(1 − p); p − y already contains it."
  ) { ($0.p - $0.y) * $0.p * (1 - $0.p) }
  Mistake(
    "sigmoid-slope-missing",
    "You went back from ∂L/∂p without the sigmoid's slope p(1 − p); with it there is p − y."
  ) { ($0.p - $0.y) / ($0.p * (1 - $0.p)) }
  Mistake(
    "positive-term-only",
    "You left out (1 − y)·ln(1 − p): rows with y = 0 have no gradient; the output's is p − y."
  ) { -$0.y * (1 - $0.p) }
  Mistake(
    "second-term-negated",
    "You lost the minus inside ln(1 − p): a row with y = 0 has p − y = p, not −p."
  ) { -$0.y * (1 - $0.p) - (1 - $0.y) * $0.p }
  Mistake(
    "only-wrong-rows",
    "You left out the rows that are classified rightly, as a perceptron does; all rows have p − y."
  ) { ($0.p - $0.y) * abs(($0.p .> 0.5) - $0.y) }
  Mistake(
    "quotient-of-zeros",
    "You divide by p(1 − p) and multiply by it again: 0/0 where p is 0 or 1; use p − y."
  ) { ($0.p - $0.y) / ($0.p * (1 - $0.p)) * ($0.p * (1 - $0.p)) }
  Mistake(
    "saturated-slope-lost",
    "Where p rounds to 0 or 1 you multiply by p(1 − p) = 0 and lose the gradient; use p − y."
  ) {
    let clipped = $0.p.map { min(max($0, 1e-8), 1 - 1e-8) }
    return (clipped - $0.y) / (clipped * (1 - clipped)) * ($0.p * (1 - $0.p))
  }
}

private let factor = Site<Matrix, Matrix>("factor") {
  $0
} mistakes: {
  Mistake(
    "halved", "Your gradient has a factor ½; the loss is the mean over the rows, without one."
  ) { $0 / 2 }
  CrossEntropySites.factorTwo
}

private let scales = Site<Shape, GradientScale>("scale") {
  GradientScale(delta: 1 / $0.n)
} mistakes: {
  GradientScale.noBatchMean
  GradientScale.batchMeanTwice
  GradientScale.weightsNotAveraged
  GradientScale.biasesAveraged(delta: { 1 / $0.n })
  Mistake(
    "first-bias-averaged", "You averaged db₁ over the rows; sum delta instead."
  ) { GradientScale(delta: 1 / $0.n, firstBiases: 1 / $0.n) }
  Mistake(
    "last-bias-averaged",
    "You averaged the bias gradient of the last layer over the rows; sum delta instead."
  ) { GradientScale(delta: 1 / $0.n, lastBiases: 1 / $0.n) }
}

private let order = Site<[DenseGradient], [DenseGradient]>(
  "layers-swapped", "You swapped the two layers in the result; `hidden` is dW₁ and db₁."
) { $0.reversed() }

package import Grading
package import KataKit
import SharedAnswers

extension BackpropSuite {
  package static let mistakes = MistakeCatalogue(
    at: [scales, factor, CrossEntropySites.sign, jacobian, probabilities] + sites.all
      + [DenseSites.order])

  package static func reference(at: Computation<Self>) -> any BackpropKata {
    FaultyBackprop(at: at)
  }
}

/// Backpropagation that can make any of the mistakes on purpose.
private struct FaultyBackprop: BackpropKata {
  var at = Computation<BackpropSuite>()

  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    var network = DensePass(layers, inputs: inputs, sites: sites, at: at)
    let p = at(probabilities, network.output)
    network.output = p
    let error = at(jacobian, (p, error: at(CrossEntropySites.sign, p - targets)))
    let scale = at(scales, targets.shape)
    return scale.applied(to: network.backward(at(factor, error) * scale.delta).layers)
  }
}

private let sites = DenseSites(
  forwardOutput: "the logits", backwardOutput: "the output layer",
  ownActivation: "activation; use that of the layer below",
  slopes: [
    DenseSites.slopeMissing(
      "You did not multiply by the slope of ReLU on the way back through the hidden layers."),
    DenseSites.valueForSlope(
      "You multiplied by ReLU(z) on the way back; multiply by its slope, 1 or 0."
    ),
    DenseSites.maskOfProduct,
  ],
  weightGradients: [DenseSites.weightsElementwise],
  back: DenseSites.throughWrongWeights)

private let probabilities = Site<Matrix, Matrix>("probabilities") {
  Softmax()($0)
} mistakes: {
  Mistake(
    "logits-for-probabilities",
    "You subtracted the targets from the logits; softmax is missing before p − y."
  ) { $0 }
  Mistake(
    "overflowing-softmax",
    "Your softmax overflows for large logits; subtract each row's maximum before exp."
  ) { Softmax(shift: .none)($0) }
  Mistake(
    "shift-by-global-maximum",
    "You subtract the maximum of all logits before exp; subtract each row's own."
  ) { Softmax(shift: .globalMaximum)($0) }
  Mistake(
    "softmax-over-columns", "Your softmax runs down the columns; it should run along each row."
  ) { Softmax(shift: .columnMaximum, divisor: .columnSums)($0) }
}

// MARK: ∂L/∂Z_L = (p − y)/n

private let jacobian = Site<(p: Matrix, error: Matrix), Matrix>("softmax-jacobian-twice") {
  $0.error
} mistakes: {
  Mistake(
    "softmax-jacobian-twice",
    "You multiplied p − y by the Jacobian of softmax again; p − y already contains it."
  ) { $0.p * ($0.error - ($0.p * $0.error).sum(axis: 1)) }
}

private let factor = Site<Matrix, Matrix>("factor") {
  $0
} mistakes: {
  CrossEntropySites.factorTwo
}

private let scales = Site<Shape, GradientScale>("scale") {
  GradientScale(delta: 1 / $0.n)
} mistakes: {
  GradientScale.noBatchMean
  GradientScale.batchMeanTwice
  Mistake(
    "mean-over-classes-too",
    "You averaged over rows and classes; the loss is a mean over the rows only."
  ) { GradientScale(delta: 1 / ($0.n * Double($0.columns))) }
  GradientScale.weightsNotAveraged
  Mistake(
    "bias-mean-twice",
    "You averaged the bias gradient over the batch although delta is averaged already."
  ) { GradientScale(delta: 1 / $0.n, biases: 1 / $0.n) }
}

package import Grading
package import KataKit
import SharedAnswers

extension RegressionBackpropSuite {
  package static let mistakes = MistakeCatalogue(
    at: [scales, slope, signs, output, outputSlope] + sites.all + [DenseSites.order])

  package static func reference(at: Computation<Self>) -> any RegressionBackpropKata {
    FaultyRegressionBackprop(at: at)
  }
}

/// Backpropagation that can make any of the mistakes on purpose.
private struct FaultyRegressionBackprop: RegressionBackpropKata {
  var at = Computation<RegressionBackpropSuite>()

  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
    let network = DensePass(layers, inputs: inputs, sites: sites, at: at)
    let prediction = at(output, network.output)
    let error = at(signs, at(slope, prediction - targets))
    let scale = at(scales, targets.shape)
    let delta = at(outputSlope, (error, prediction)) * scale.delta
    return scale.applied(to: network.backward(delta).layers)
  }
}

private let sites = DenseSites(
  slopes: DenseSites.slopes + [DenseSites.maskOfProduct, slopeMissingInFirst, slopeMissingInLast],
  weightGradients: [DenseSites.weightsElementwise, secondWeights, lastWeights],
  back: DenseSites.throughWrongWeights)

private let slopeMissingInFirst = Mistake<DenseWay, Matrix>(
  "relu-slope-missing-in-first",
  "Delta comes back through the first ReLU unchanged; make it 0 where Z₁ < 0."
) { $0.back { $0.k == 1 ? $0.delta : nil } }

private let slopeMissingInLast = Mistake<DenseWay, Matrix>(
  "relu-slope-missing-in-last",
  "Delta comes back through the last ReLU unchanged; make it 0 where that layer's Z < 0."
) { $0.back { $0.isLast ? $0.delta : nil } }

private let secondWeights = Mistake<DenseWay, Matrix>(
  "second-weights-from-pre-activation", "You took dW₂ from Z₁; use its activation A₁."
) { $0.back { $0.weightGradientFromZ(where: $0.k == 1) } }

private let lastWeights = Mistake<DenseWay, Matrix>(
  "last-weights-from-pre-activation",
  "You took the last layer's dW from Z of the layer below; use its activation A."
) { $0.back { $0.weightGradientFromZ(where: $0.isLast) } }

private let output = Site<Matrix, Matrix>("output") {
  $0
} mistakes: {
  Mistake("sigmoid-output", "You put a sigmoid on the output; the output is linear, Z₃ itself.") {
    1 / (1 + exp(-$0))
  }
  Mistake("softmax-output", "You put a softmax on the output; the output is linear, Z₃ itself.") {
    Mathematics.softmax($0)
  }
}

// MARK: ∂L/∂Z₃ = 2(ŷ − y)/(n·m)

private let slope = Site<Matrix, Matrix>("power") {
  2 * $0
} mistakes: {
  Mistake(
    "factor-two-missing",
    "You left out the factor 2 of the square's derivative; this loss has no ½ to cancel it."
  ) { $0 }
  Mistake(
    "absolute-error",
    "You went back from sign(ŷ − y), as for the absolute error; for the square it is 2(ŷ − y)."
  ) { ($0 .> 0) - ($0 .< 0) }
  Mistake(
    "huber-loss",
    "You cut the error off at ±1, as the Huber loss does; the slope of the square is 2(ŷ − y)."
  ) { minimum(maximum($0, -1), 1) }
  Mistake(
    "root-of-the-mean",
    "This is the gradient of the root of the mean squared error; the loss has no root."
  ) { $0 / ($0 * $0).mean().squareRoot() }
}

private let signs = Site<Matrix, Matrix>(
  "sign-flipped", "You used y − ŷ at the output; the gradient of the loss has ŷ − y."
) { -$0 }

private let outputSlope = Site<(error: Matrix, prediction: Matrix), Matrix>("output slope") {
  $0.error
} mistakes: {
  Mistake(
    "multiplied-by-output", "You multiplied the error by ŷ; a linear output has the slope 1."
  ) { $0.error * $0.prediction }
}

private let scales = Site<Shape, GradientScale>("scale") {
  GradientScale(delta: 1 / $0.entries)
} mistakes: {
  Mistake("no-mean", "You summed the squared errors instead of averaging them.") { _ in
    GradientScale()
  }
  Mistake(
    "mean-over-rows-only",
    "You divided by the rows only; the loss is a mean over rows and outputs, n·m numbers."
  ) { GradientScale(delta: 1 / $0.n) }
  Mistake(
    "mean-over-outputs-only",
    "You divided by the outputs only; the loss is a mean over rows and outputs, n·m numbers."
  ) { GradientScale(delta: 1 / Double($0.columns)) }
  Mistake("mean-twice", "You divided by the number of elements twice.") {
    GradientScale(delta: 1 / ($0.entries * $0.entries))
  }
  Mistake(
    "weights-not-averaged",
    "You averaged the bias gradients over the elements, and not the weight gradients."
  ) { GradientScale(delta: 1 / $0.entries, weights: $0.entries) }
  GradientScale.biasesAveraged(delta: { 1 / $0.entries })
}

import Grading
import KataKit

extension TwoLayerBackpropSuite {
  package typealias Slip = StackedSlip<OutputSlip>

  /// What people get wrong at the sigmoid and its cross-entropy.
  package enum OutputSlip: String, StackMistake {
    case noBatchMean = "no-batch-mean"
    case batchMeanTwice = "batch-mean-twice"
    case weightsNotAveraged = "weights-not-averaged"
    case halved
    case factorTwo = "factor-two"
    case signFlipped = "sign-flipped"
    case sigmoidSlopeTwice = "sigmoid-slope-twice"
    case sigmoidSlopeMissing = "sigmoid-slope-missing"
    case positiveTermOnly = "positive-term-only"
    case quotientOfZeros = "quotient-of-zeros"
    case saturatedSlopeLost = "saturated-slope-lost"
    case logitsForProbabilities = "logits-for-probabilities"
    case overflowingSigmoid = "overflowing-sigmoid"
    case softmaxOfOneColumn = "softmax-of-one-column"
    case thresholdedOutput = "thresholded-output"
    case layersSwapped = "layers-swapped"

    package static let inStack: [DenseStack.Slip] = [
      .forwardWithoutBias, .forwardWithoutReLU, .forwardReLUOnOutput, .sigmoidForReLU,
      .reluSlopeMissing,
      .reluSlopeOfNextLayer, .reluValueForSlope, .sigmoidSlopeForReLU, .reluMaskOfProduct,
      .reluSlopeOnOutput,
      .biasNotSummed, .biasAveraged, .firstBiasAveraged, .lastBiasAveraged, .biasZero,
      .weightsFromPreActivation,
      .weightsFromOwnActivation, .firstInputIsA1, .weightGradientTransposed, .throughNoWeights,
      .onlyLastLayer,
    ]

    package var sentence: String {
      switch self {
      case .noBatchMean: "You summed over the batch instead of averaging it."
      case .batchMeanTwice: "You divided by the batch size twice."
      case .weightsNotAveraged:
        "You averaged the bias gradients over the batch, and not the weight gradients."
      case .halved: "Your gradient has a factor ½; the loss is the mean over the rows, without one."
      case .factorTwo:
        "Your gradient has a factor 2, as a squared error would; cross-entropy has none."
      case .signFlipped: "You used y − p at the output; the gradient of the loss is p − y."
      case .sigmoidSlopeTwice:
        "You multiplied p − y by the sigmoid's slope p(1 − p); p − y already contains it."
      case .sigmoidSlopeMissing:
        "You went back from ∂L/∂p without the sigmoid's slope p(1 − p); with it there is p − y."
      case .positiveTermOnly:
        "You left out (1 − y)·ln(1 − p): rows with y = 0 have no gradient; the output's is p − y."
      case .quotientOfZeros:
        "You divide by p(1 − p) and multiply by it again: 0/0 where p is 0 or 1; use p − y."
      case .saturatedSlopeLost:
        "Where p rounds to 0 or 1 you multiply by p(1 − p) = 0 and lose the gradient; use p − y."
      case .logitsForProbabilities:
        "You subtracted the targets from z₂; the sigmoid is missing before p − y."
      case .overflowingSigmoid:
        "Your sigmoid is ∞/∞ for a large z; e^z/(1 + e^z) is 1/(1 + e^−z)."
      case .softmaxOfOneColumn:
        "You took the softmax of a single output, which is always 1; it is the sigmoid."
      case .thresholdedOutput:
        "You rounded p to 0 or 1 before p − y; the gradient needs the probability itself."
      case .layersSwapped: "You swapped the two layers in the result; `hidden` is dW₁ and db₁."
      }
    }

    package var site: String {
      switch self {
      case .noBatchMean, .batchMeanTwice, .weightsNotAveraged: "scale"
      case .halved, .factorTwo: "factor"
      case .sigmoidSlopeTwice, .sigmoidSlopeMissing, .positiveTermOnly, .quotientOfZeros,
        .saturatedSlopeLost:
        "step through the sigmoid"
      case .logitsForProbabilities, .overflowingSigmoid, .softmaxOfOneColumn, .thresholdedOutput:
        "probabilities"
      default: rawValue
      }
    }
  }

  /// Backpropagation that can make any of the mistakes on purpose.
  struct Reference: TwoLayerBackpropKata {
    private let own: Set<OutputSlip>
    private let stack: Set<DenseStack.Slip>

    init() { self.init(mistakes: []) }
    init(mistakes: Set<Slip>) { (own, stack) = Slip.parts(of: mistakes) }

    private func makes(_ slip: OutputSlip) -> Bool { own.contains(slip) }

    func gradients(
      hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix
    ) -> (hidden: DenseGradient, output: DenseGradient) {
      let network = DenseStack([hidden, output], inputs: inputs, making: stack)
      var gradients = network.backward(delta(z: network.output, y: targets)).layers
      if makes(.weightsNotAveraged) {
        for k in gradients.indices { gradients[k].weights *= Double(targets.rows) }
      }
      if makes(.layersSwapped) { gradients.reverse() }
      return (gradients[0], gradients[1])
    }

    /// ∂L/∂Z₂ = (p − y)/n.
    private func delta(z: Matrix, y: Matrix) -> Matrix {
      let p = probabilities(of: z)
      var delta = p - y
      if makes(.sigmoidSlopeTwice) { delta = delta * p * (1 - p) }
      if makes(.sigmoidSlopeMissing) { delta = delta / (p * (1 - p)) }
      if makes(.positiveTermOnly) { delta = -y * (1 - p) }
      if makes(.quotientOfZeros) { delta = delta / (p * (1 - p)) * (p * (1 - p)) }
      if makes(.saturatedSlopeLost) {
        let clipped = p.map { min(max($0, 1e-8), 1 - 1e-8) }
        delta = (clipped - y) / (clipped * (1 - clipped)) * (p * (1 - p))
      }
      if makes(.signFlipped) { delta = -delta }
      if makes(.factorTwo) { delta *= 2 }
      if makes(.halved) { delta /= 2 }
      let rows = Double(y.rows)
      if makes(.noBatchMean) { return delta }
      return delta / (makes(.batchMeanTwice) ? rows * rows : rows)
    }

    private func probabilities(of z: Matrix) -> Matrix {
      if makes(.logitsForProbabilities) { return z }
      if makes(.softmaxOfOneColumn) { return z * 0 + 1 }
      if makes(.overflowingSigmoid) { return exp(z) / (1 + exp(z)) }
      let p = 1 / (1 + exp(-z))
      return makes(.thresholdedOutput) ? p .> 0.5 : p
    }
  }
}

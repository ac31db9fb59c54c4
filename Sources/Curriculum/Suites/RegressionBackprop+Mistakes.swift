import Grading
import KataKit

extension RegressionBackpropSuite {
  package typealias Slip = StackedSlip<OutputSlip>

  /// What people get wrong at the linear output and its squared error.
  package enum OutputSlip: String, StackMistake {
    case noMean = "no-mean"
    case meanOverRowsOnly = "mean-over-rows-only"
    case meanOverOutputsOnly = "mean-over-outputs-only"
    case meanTwice = "mean-twice"
    case weightsNotAveraged = "weights-not-averaged"
    case factorTwoMissing = "factor-two-missing"
    case absoluteError = "absolute-error"
    case rootOfTheMean = "root-of-the-mean"
    case signFlipped = "sign-flipped"
    case sigmoidOutput = "sigmoid-output"
    case softmaxOutput = "softmax-output"
    case multipliedByOutput = "multiplied-by-output"

    package static let inStack: [DenseStack.Slip] = [
      .forwardWithoutBias, .forwardWithoutReLU, .forwardReLUOnOutput, .sigmoidForReLU,
      .reluSlopeMissing, .reluSlopeMissingInFirst, .reluSlopeMissingInLast,
      .reluSlopeOfNextLayer, .reluValueForSlope, .sigmoidSlopeForReLU, .reluMaskOfProduct,
      .reluSlopeOnOutput,
      .biasNotSummed, .biasAveraged, .biasZero, .weightsFromPreActivation,
      .secondWeightsFromPreActivation, .lastWeightsFromPreActivation,
      .weightsFromOwnActivation, .firstInputIsA1, .weightGradientTransposed, .weightsElementwise,
      .throughNextWeights, .throughWeightsUntransposed, .throughWeightsElementwise,
      .onlyLastLayer, .gradientsReversed,
    ]

    package var sentence: String {
      switch self {
      case .noMean: "You summed the squared errors instead of averaging them."
      case .meanOverRowsOnly:
        "You divided by the rows only; the loss is a mean over rows and outputs, n·m numbers."
      case .meanOverOutputsOnly:
        "You divided by the outputs only; the loss is a mean over rows and outputs, n·m numbers."
      case .meanTwice: "You divided by the number of elements twice."
      case .weightsNotAveraged:
        "You averaged the bias gradients over the elements, and not the weight gradients."
      case .factorTwoMissing:
        "You left out the factor 2 of the square's derivative; this loss has no ½ to cancel it."
      case .absoluteError:
        "You went back from sign(ŷ − y), as for the absolute error; for the square it is 2(ŷ − y)."
      case .rootOfTheMean:
        "This is the gradient of the root of the mean squared error; the loss has no root."
      case .signFlipped: "You used y − ŷ at the output; the gradient of the loss has ŷ − y."
      case .sigmoidOutput: "You put a sigmoid on the output; the output is linear, Z₃ itself."
      case .softmaxOutput: "You put a softmax on the output; the output is linear, Z₃ itself."
      case .multipliedByOutput:
        "You multiplied the error by ŷ; a linear output has the slope 1."
      }
    }

    package var site: String {
      switch self {
      case .noMean, .meanOverRowsOnly, .meanOverOutputsOnly, .meanTwice, .weightsNotAveraged:
        "scale"
      case .factorTwoMissing, .absoluteError, .rootOfTheMean: "power"
      case .sigmoidOutput, .softmaxOutput: "output"
      default: rawValue
      }
    }
  }

  /// Backpropagation that can make any of the mistakes on purpose.
  struct Reference: RegressionBackpropKata {
    private let own: Set<OutputSlip>
    private let stack: Set<DenseStack.Slip>

    init() { self.init(mistakes: []) }
    init(mistakes: Set<Slip>) { (own, stack) = Slip.parts(of: mistakes) }

    private func makes(_ slip: OutputSlip) -> Bool { own.contains(slip) }

    func gradients(
      of layers: [DenseLayer], inputs: Matrix, targets: Matrix
    ) -> [DenseGradient] {
      let network = DenseStack(layers, inputs: inputs, making: stack)
      var gradients = network.backward(delta(z: network.output, y: targets)).layers
      if makes(.weightsNotAveraged) {
        for k in gradients.indices { gradients[k].weights *= Double(targets.count) }
      }
      return gradients
    }

    /// ∂L/∂Z₃ = 2(ŷ − y)/(n·m).
    private func delta(z: Matrix, y: Matrix) -> Matrix {
      var prediction = z
      if makes(.sigmoidOutput) { prediction = 1 / (1 + exp(-z)) }
      if makes(.softmaxOutput) { prediction = Mathematics.softmax(z) }
      let error = prediction - y
      var delta = 2 * error
      if makes(.factorTwoMissing) { delta = error }
      if makes(.absoluteError) { delta = (error .> 0) - (error .< 0) }
      if makes(.rootOfTheMean) { delta = error / (error * error).mean().squareRoot() }
      if makes(.signFlipped) { delta = -delta }
      if makes(.multipliedByOutput) { delta = delta * prediction }
      return delta / divisor(rows: Double(y.rows), outputs: Double(y.columns))
    }

    private func divisor(rows: Double, outputs: Double) -> Double {
      if makes(.noMean) { return 1 }
      if makes(.meanOverRowsOnly) { return rows }
      if makes(.meanOverOutputsOnly) { return outputs }
      return makes(.meanTwice) ? rows * outputs * rows * outputs : rows * outputs
    }
  }
}

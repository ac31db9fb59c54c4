import Grading
import KataKit

extension ResidualBlockSuite {
  package typealias Slip = StackedSlip<SkipSlip>

  /// What people get wrong around f, at the skip connection.
  package enum SkipSlip: String, StackMistake {
    case reluMissingInForward = "relu-missing-in-forward"
    case biasMissingInBackward = "bias-missing-in-backward"
    case layersSwapped = "layers-swapped"
    case outputBiasMissing = "output-bias-missing"
    case skipMissing = "skip-missing"
    case skipTwice = "skip-twice"
    case skipThroughReLU = "skip-through-relu"
    case reluAfterSum = "relu-after-sum"
    case averagedSum = "averaged-sum"
    case identityLost = "identity-lost"
    case identityTwice = "identity-twice"
    case identityIsOne = "identity-is-one"
    case branchLost = "branch-lost"
    case branchTimesIdentity = "branch-times-identity"
    case slopeAtInputs = "slope-at-inputs"
    case slopeAtSum = "slope-at-sum"
    case reluSlopeAfterSum = "relu-slope-after-sum"
    case upstreamIgnored = "upstream-ignored"
    case averaged
    case parametersAveraged = "parameters-averaged"

    package static let inStack: [DenseStack.Slip] = [
      .forwardWithoutBias, .forwardWithoutReLU, .forwardReLUOnOutput, .sigmoidForReLU,
      .reluSlopeMissing, .reluSlopeOfNextLayer, .reluValueForSlope, .sigmoidSlopeForReLU,
      .reluSlopeOnOutput, .biasNotSummed, .biasAveraged, .biasZero, .weightsFromPreActivation,
      .weightsFromOwnActivation, .firstInputIsA1, .weightGradientTransposed, .weightsElementwise,
      .throughNoWeights, .throughNextWeights, .throughWeightsUntransposed,
      .throughWeightsElementwise, .onlyLastLayer,
    ]

    package var sentence: String {
      switch self {
      case .reluMissingInForward: "Your forward has no ReLU in f, unlike your backward."
      case .biasMissingInBackward:
        "Your backward leaves b₁ out when it works out the hidden layer again; it is X·W₁ + b₁."
      case .layersSwapped:
        "You returned the gradients of the two layers in each other's place: hidden comes first."
      case .outputBiasMissing: "Your forward pass leaves b₂ out."
      case .skipMissing: "Your forward pass returns f(x); the skip connection is missing: x + f(x)."
      case .skipTwice: "Your forward pass adds x twice."
      case .skipThroughReLU: "Your forward pass adds ReLU(x); the skip connection adds x itself."
      case .reluAfterSum:
        "Your forward pass applies ReLU to the sum, as the first ResNets did; here y = x + f(x)."
      case .averagedSum: "Your forward pass averages x and f(x); it is their sum."
      case .identityLost:
        "Your dX is that of f alone; the skip connection adds the upstream gradient."
      case .identityTwice: "You added the upstream gradient to dX twice; one skip, one upstream."
      case .identityIsOne:
        "You added 1 to dX for the skip connection; by the chain rule it is 1 · upstream."
      case .branchLost: "Your dX is the upstream gradient alone; add what comes back through f."
      case .branchTimesIdentity:
        "You multiplied the gradients of the two paths; where paths join, gradients add."
      case .slopeAtInputs:
        "You multiplied what comes back through f by a slope of ReLU at x; x passed through none."
      case .slopeAtSum: "You multiplied dX by a slope of ReLU at x; x passed through none."
      case .reluSlopeAfterSum:
        "You multiplied upstream by a slope of ReLU at y; there is no ReLU after the sum."
      case .upstreamIgnored: "You began with ones; the upstream gradient is handed in."
      case .averaged:
        "You divided by the rows of the batch; where there is a mean, upstream has it already."
      case .parametersAveraged:
        "You averaged the parameters' gradients; a mean over the batch is in upstream already."
      }
    }

    package var site: String {
      switch self {
      // Together they are a forward pass without ReLU whose values backward uses.
      case .reluMissingInForward: DenseStack.Slip.weightsFromPreActivation.site
      case .layersSwapped: rawValue
      case .outputBiasMissing, .biasMissingInBackward: DenseStack.Slip.forwardWithoutBias.site
      case .skipMissing, .skipTwice, .skipThroughReLU, .reluAfterSum, .averagedSum: "sum"
      case .identityLost, .identityTwice, .identityIsOne, .branchLost, .branchTimesIdentity,
        .slopeAtInputs, .slopeAtSum:
        "dX"
      case .averaged, .parametersAveraged: "scale"
      case .reluSlopeAfterSum, .upstreamIgnored: "upstream"
      }
    }
  }

  /// A residual block that can make any of the mistakes on purpose.
  struct Reference: ResidualBlockKata {
    private let own: Set<SkipSlip>
    private let stack: Set<DenseStack.Slip>

    init() { self.init(mistakes: []) }
    init(mistakes: Set<Slip>) { (own, stack) = Slip.parts(of: mistakes) }

    private func makes(_ slip: SkipSlip) -> Bool { own.contains(slip) }

    func forward(_ inputs: Matrix, hidden: DenseLayer, output: DenseLayer) -> Matrix {
      let slips = makes(.reluMissingInForward) ? stack.union([.forwardWithoutReLU]) : stack
      var f = DenseStack([hidden, output], inputs: inputs, making: slips).output
      if makes(.outputBiasMissing) { f -= output.biases }
      if makes(.skipMissing) { return f }
      if makes(.skipTwice) { return inputs + inputs + f }
      if makes(.skipThroughReLU) { return Mathematics.relu(inputs) + f }
      if makes(.reluAfterSum) { return Mathematics.relu(inputs + f) }
      return makes(.averagedSum) ? (inputs + f) / 2 : inputs + f
    }

    func backward(
      upstream: Matrix, inputs: Matrix, hidden: DenseLayer, output: DenseLayer
    ) -> (inputs: Matrix, hidden: DenseGradient, output: DenseGradient) {
      var hidden = hidden
      if makes(.biasMissingInBackward) { hidden.biases *= 0 }
      let f = DenseStack([hidden, output], inputs: inputs, making: stack)
      let rows = Double(inputs.rows)
      var upstream = upstream
      if makes(.upstreamIgnored) { upstream = upstream * 0 + 1 }
      if makes(.reluSlopeAfterSum) { upstream = upstream * ((inputs + f.output) .> 0) }
      if makes(.averaged) { upstream /= rows }
      var (layers, branch) = f.backward(upstream)
      if makes(.parametersAveraged) {
        for k in layers.indices {
          layers[k].weights /= rows
          layers[k].biases /= rows
        }
      }
      if makes(.layersSwapped) { layers.reverse() }
      return (dX(upstream: upstream, branch: branch, inputs: inputs), layers[0], layers[1])
    }

    /// ∂L/∂X = ∂L/∂Y + what comes back through f.
    private func dX(upstream: Matrix, branch: Matrix, inputs: Matrix) -> Matrix {
      if makes(.identityLost) { return branch }
      if makes(.identityTwice) { return upstream + upstream + branch }
      if makes(.identityIsOne) { return 1 + branch }
      if makes(.branchLost) { return upstream }
      if makes(.branchTimesIdentity) { return upstream * branch }
      if makes(.slopeAtInputs) { return upstream + branch * (inputs .> 0) }
      if makes(.slopeAtSum) { return (upstream + branch) * (inputs .> 0) }
      return upstream + branch
    }
  }
}

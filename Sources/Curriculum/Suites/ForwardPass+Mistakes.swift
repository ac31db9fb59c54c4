import Grading
import KataKit

extension ForwardPassSuite {
  package enum Slip: String, ListedMistake {
    case inputsToEveryLayer = "inputs-to-every-layer"
    case firstLayerEveryTime = "first-layer-every-time"
    case layersReversed = "layers-reversed"
    case weightsTransposed = "weights-transposed"
    case productElementwise = "product-elementwise"
    case biasForgotten = "bias-forgotten"
    case biasPerRow = "bias-per-row"
    case biasAfterActivation = "bias-after-activation"
    case reluOnInputs = "relu-on-inputs"
    case reluMissing = "relu-missing"
    case reluMissingInLastHidden = "relu-missing-in-last-hidden-layer"
    case leakyReLU = "leaky-relu"
    case sigmoidForReLU = "sigmoid-for-relu"
    case softmaxInEveryLayer = "softmax-in-every-layer"
    case reluBeforeSoftmax = "relu-before-softmax"
    case reluForSoftmax = "relu-for-softmax"
    case sigmoidForSoftmax = "sigmoid-for-softmax"
    case softmaxMissing = "softmax-missing"
    case softmaxTwice = "softmax-twice"
    case logSoftmax = "log-softmax"
    case softmaxOverColumns = "softmax-over-columns"
    case softmaxOverEverything = "softmax-over-everything"
    case notNormalised = "not-normalised"
    case dividedByColumnSums = "divided-by-column-sums"
    case dividedByTotalSum = "divided-by-total-sum"
    case overflowingSoftmax = "overflowing-softmax"
    case shiftByZeroOrMaximum = "shift-by-zero-or-maximum"
    case shiftByGlobalMaximum = "shift-by-global-maximum"
    case shiftByColumnMaximum = "shift-by-column-maximum"
    case activationKeptAsZ = "activation-kept-as-z"
    case hiddenActivationKeptAsZ = "hidden-activation-kept-as-z"
    case biasMissingInKeptZ = "bias-missing-in-kept-z"
    case preActivationKeptAsA = "pre-activation-kept-as-a"
    case inputsNotKept = "inputs-not-kept"
    case probabilitiesNotKept = "probabilities-not-kept"
    case lastLayerSkipped = "last-layer-skipped"

    package var sentence: String {
      switch self {
      case .inputsToEveryLayer:
        "You fed the inputs X to every layer; a layer's input is the activation below it."
      case .firstLayerEveryTime: "You used the first layer's weights and biases in every layer."
      case .layersReversed: "You went through the layers from the last to the first."
      case .weightsTransposed: "You multiplied by Wᵀ; with inputs × outputs weights it is A·W."
      case .productElementwise: "You multiplied A and W elementwise; it is a matrix product."
      case .biasForgotten: "You left the biases out."
      case .biasPerRow:
        "You added the biases down the rows; each belongs to a column, one an output."
      case .biasAfterActivation:
        "You added the biases after the activation; they belong into Z, before it."
      case .reluOnInputs: "You applied ReLU to the inputs before the first layer."
      case .reluMissing: "There is no ReLU between your layers."
      case .reluMissingInLastHidden:
        "The last hidden layer has no ReLU in your forward pass; only the output goes without."
      case .leakyReLU: "You let 0.01·z through where z is negative; ReLU is 0 there."
      case .sigmoidForReLU: "You used the sigmoid in the hidden layers; it is ReLU."
      case .softmaxInEveryLayer:
        "You applied softmax in every layer; the hidden layers have ReLU."
      case .reluBeforeSoftmax: "You applied ReLU to the logits before softmax."
      case .reluForSoftmax: "You applied ReLU to the output layer, too; softmax belongs there."
      case .sigmoidForSoftmax: "You used the sigmoid at the output; it is softmax over each row."
      case .softmaxMissing: "You returned the logits as the last activation; softmax is missing."
      case .softmaxTwice: "You applied softmax twice."
      case .logSoftmax: "You returned the logarithms of the probabilities."
      case .softmaxOverColumns: "You took softmax over each column; it is over each row."
      case .softmaxOverEverything:
        "You took one softmax over the whole matrix; each row has its own."
      case .notNormalised: "You did not divide by the sum of the exponentials."
      case .dividedByColumnSums:
        "You divided by the sums of the columns; softmax divides by the sum of each row."
      case .dividedByTotalSum:
        "You divided by the sum of the whole matrix; softmax divides by the sum of each row."
      case .overflowingSoftmax:
        "Your softmax overflows for large logits; subtract each row's maximum before exp."
      case .shiftByZeroOrMaximum:
        "You shift by max(0, maximum): far below 0 every exp underflows. Shift by the maximum alone."
      case .shiftByGlobalMaximum:
        "You shift by the maximum of the whole matrix; rows far below it underflow to 0/0."
      case .shiftByColumnMaximum:
        "You subtracted each column's maximum; only a shift of whole rows leaves softmax as it is."
      case .activationKeptAsZ: "You kept the activation where Z belongs, in every layer."
      case .hiddenActivationKeptAsZ:
        "You kept ReLU(Z) in place of Z; the backward pass needs Z before the activation."
      case .biasMissingInKeptZ: "The Z that you kept lacks the biases; Z is A·W + b."
      case .preActivationKeptAsA:
        "You kept Z where the hidden activation belongs, though you computed on with the activation."
      case .inputsNotKept: "You left out A₀; the activations begin with the inputs."
      case .probabilitiesNotKept:
        "You left out the last activation; the probabilities belong to the activations, too."
      case .lastLayerSkipped: "You stopped before the last layer."
      }
    }

    package var site: String {
      switch self {
      case .weightsTransposed, .productElementwise: "product"
      case .biasForgotten, .biasPerRow, .biasAfterActivation: "bias"
      case .reluMissing, .reluMissingInLastHidden, .leakyReLU, .sigmoidForReLU,
        .softmaxInEveryLayer:
        "hidden activation"
      case .reluBeforeSoftmax, .reluForSoftmax, .sigmoidForSoftmax, .softmaxMissing,
        .softmaxTwice, .logSoftmax:
        "output"
      case .softmaxOverColumns, .softmaxOverEverything, .notNormalised: "divisor"
      case .dividedByColumnSums, .dividedByTotalSum, .overflowingSoftmax, .shiftByZeroOrMaximum,
        .shiftByGlobalMaximum, .shiftByColumnMaximum:
        "shift"
      case .activationKeptAsZ, .hiddenActivationKeptAsZ, .biasMissingInKeptZ: "kept Z"
      case .probabilitiesNotKept, .lastLayerSkipped: "last layer"
      default: rawValue
      }
    }
  }

  /// A forward pass that can make any of the mistakes on purpose.
  struct Reference: ForwardPassKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func forward(_ inputs: Matrix, through given: [DenseLayer]) -> ForwardCache {
      var pass = ForwardCache(
        preActivations: [], activations: makes(.inputsNotKept) ? [] : [inputs])
      let layers = ordered(given)
      let first = makes(.reluOnInputs) ? Mathematics.relu(inputs) : inputs
      var activation = first
      for (k, layer) in layers.enumerated() {
        let isLast = k + 1 == layers.count
        if isLast, makes(.lastLayerSkipped) { break }

        if makes(.inputsToEveryLayer), first.shape == activation.shape { activation = first }
        let product = product(activation, layer.weights)
        let z = makes(.biasAfterActivation) ? product : adding(layer.biases, to: product)
        activation =
          isLast ? output(z) : hidden(z, isLastHidden: k + 2 == layers.count)
        if makes(.biasAfterActivation) { activation += layer.biases }

        pass.preActivations.append(kept(z, product, activation, isLast: isLast))
        if isLast, makes(.probabilitiesNotKept) { break }
        pass.activations.append(!isLast && makes(.preActivationKeptAsA) ? z : activation)
      }
      return pass
    }

    /// The wrong layers only compute anything where all have the same shape.
    private func ordered(_ layers: [DenseLayer]) -> [DenseLayer] {
      guard layers.allSatisfy({ $0.weights.shape == layers[0].weights.shape }) else {
        return layers
      }
      let ordered = makes(.layersReversed) ? layers.reversed() : layers
      return makes(.firstLayerEveryTime) ? ordered.map { _ in ordered[0] } : ordered
    }

    /// A·W. The wrong ways only compute anything where the matrices are square.
    private func product(_ a: Matrix, _ weights: Matrix) -> Matrix {
      if makes(.weightsTransposed), weights.rows == weights.columns {
        return a.matmul(weights.transposed)
      }
      if makes(.productElementwise), a.shape == weights.shape, a.rows == a.columns {
        return a * weights
      }
      return a.matmul(weights)
    }

    private func adding(_ biases: Matrix, to product: Matrix) -> Matrix {
      if makes(.biasForgotten) { return product }
      if makes(.biasPerRow), product.rows == biases.columns { return product + biases.transposed }
      return product + biases
    }

    private func hidden(_ z: Matrix, isLastHidden: Bool) -> Matrix {
      if makes(.reluMissing) || makes(.reluMissingInLastHidden) && isLastHidden { return z }
      if makes(.leakyReLU) { return z.map { $0 > 0 ? $0 : 0.01 * $0 } }
      if makes(.sigmoidForReLU) { return sigmoid(z) }
      return makes(.softmaxInEveryLayer) ? softmax(z) : Mathematics.relu(z)
    }

    private func output(_ z: Matrix) -> Matrix {
      if makes(.softmaxMissing) { return z }
      if makes(.reluForSoftmax) { return Mathematics.relu(z) }
      if makes(.sigmoidForSoftmax) { return sigmoid(z) }
      if makes(.reluBeforeSoftmax) { return softmax(Mathematics.relu(z)) }
      if makes(.logSoftmax) { return Mathematics.logSoftmax(z) }
      return makes(.softmaxTwice) ? softmax(softmax(z)) : softmax(z)
    }

    private func sigmoid(_ z: Matrix) -> Matrix { 1 / (1 + exp(-z)) }

    private var softmax: Softmax {
      var softmax = Softmax()
      if makes(.softmaxOverColumns) { softmax = .init(shift: .columnMaximum, divisor: .columnSums) }
      if makes(.softmaxOverEverything) {
        softmax = .init(shift: .globalMaximum, divisor: .totalSum)
      }
      if makes(.notNormalised) { softmax.divisor = .none }
      if makes(.dividedByColumnSums) { softmax = .init(divisor: .columnSums) }
      if makes(.dividedByTotalSum) { softmax = .init(divisor: .totalSum) }
      if makes(.overflowingSoftmax) { softmax.shift = .none }
      if makes(.shiftByZeroOrMaximum) { softmax.shift = .zeroOrRowMaximum }
      if makes(.shiftByGlobalMaximum) { softmax.shift = .globalMaximum }
      if makes(.shiftByColumnMaximum) { softmax.shift = .columnMaximum }
      return softmax
    }

    private func kept(
      _ z: Matrix, _ product: Matrix, _ activation: Matrix, isLast: Bool
    ) -> Matrix {
      if makes(.activationKeptAsZ) || makes(.hiddenActivationKeptAsZ) && !isLast {
        return activation
      }
      return makes(.biasMissingInKeptZ) ? product : z
    }
  }
}

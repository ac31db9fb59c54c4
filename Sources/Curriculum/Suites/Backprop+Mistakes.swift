import Grading
import KataKit

extension BackpropSuite {
  package enum Slip: String, ListedMistake {
    case noBatchMean = "no-batch-mean"
    case batchMeanTwice = "batch-mean-twice"
    case meanOverClassesToo = "mean-over-classes-too"
    case weightsNotAveraged = "weights-not-averaged"
    case factorTwo = "factor-two"
    case signFlipped = "sign-flipped"
    case softmaxJacobianTwice = "softmax-jacobian-twice"
    case logitsForProbabilities = "logits-for-probabilities"
    case overflowingSoftmax = "overflowing-softmax"
    case shiftByGlobalMaximum = "shift-by-global-maximum"
    case softmaxOverColumns = "softmax-over-columns"
    case forwardWithoutBias = "forward-without-bias"
    case forwardWithoutReLU = "forward-without-relu"
    case forwardReLUOnOutput = "forward-relu-on-output"
    case reluSlopeMissing = "relu-slope-missing"
    case reluSlopeOfNextLayer = "relu-slope-of-next-layer"
    case reluValueForSlope = "relu-value-for-slope"
    case reluMaskOfProduct = "relu-mask-of-product"
    case reluSlopeOnOutput = "relu-slope-on-output"
    case biasNotSummed = "bias-not-summed"
    case biasMeanTwice = "bias-mean-twice"
    case biasZero = "bias-zero"
    case weightsFromPreActivation = "weights-from-pre-activation"
    case weightsFromOwnActivation = "weights-from-own-activation"
    case firstInputIsA1 = "first-input-is-a1"
    case weightGradientTransposed = "weight-gradient-transposed"
    case throughNextWeights = "through-next-weights"
    case throughWeightsUntransposed = "through-weights-untransposed"
    case throughWeightsElementwise = "through-weights-elementwise"
    case weightsElementwise = "weights-elementwise"
    case onlyLastLayer = "only-last-layer"
    case gradientsReversed = "gradients-reversed"

    package var sentence: String {
      switch self {
      case .noBatchMean: "You summed over the batch instead of averaging it."
      case .batchMeanTwice: "You divided by the batch size twice."
      case .meanOverClassesToo:
        "You averaged over rows and classes; the loss is a mean over the rows only."
      case .weightsNotAveraged:
        "You averaged the bias gradients over the batch, and not the weight gradients."
      case .factorTwo:
        "Your gradient has a factor 2, as a squared error would; cross-entropy has none."
      case .signFlipped: "You used y − p at the output; the gradient of the loss is p − y."
      case .softmaxJacobianTwice:
        "You multiplied p − y by the Jacobian of softmax again; p − y already contains it."
      case .logitsForProbabilities:
        "You subtracted the targets from the logits; softmax is missing before p − y."
      case .overflowingSoftmax:
        "Your softmax overflows for large logits; subtract each row's maximum before exp."
      case .shiftByGlobalMaximum:
        "You subtract the maximum of all logits before exp; subtract each row's own."
      case .softmaxOverColumns: "Your softmax runs down the columns; it goes along each row."
      case .forwardWithoutBias: "Your forward pass leaves the biases out."
      case .forwardWithoutReLU: "Your forward pass has no ReLU between the layers."
      case .forwardReLUOnOutput: "Your forward pass applies ReLU to the logits, too."
      case .reluSlopeMissing:
        "You did not multiply by the slope of ReLU on the way back through the hidden layers."
      case .reluSlopeOfNextLayer:
        "You took the slope of ReLU at the wrong layer's pre-activation."
      case .reluValueForSlope:
        "You multiplied by ReLU(z) on the way back; it is the slope of ReLU, 1 or 0, that belongs there."
      case .reluMaskOfProduct: DenseStack.Slip.reluMaskOfProduct.sentence
      case .reluSlopeOnOutput:
        "You applied the slope of ReLU to the output layer, which has no ReLU."
      case .biasNotSummed: "You did not sum the bias gradient over the rows of the batch."
      case .biasMeanTwice:
        "You averaged the bias gradient over the batch although delta is averaged already."
      case .biasZero: "Your bias gradients are zero."
      case .weightsFromPreActivation:
        "You took the weight gradient from Z of the layer below; it is its activation A."
      case .weightsFromOwnActivation:
        "You took the weight gradient from the layer's own activation; it is that of the layer below."
      case .firstInputIsA1:
        "You took A₁ for the input of the first layer; its input is X."
      case .weightGradientTransposed: "Your weight gradients are transposed."
      case .throughNextWeights:
        "You took delta back through the weights of the wrong layer."
      case .throughWeightsUntransposed:
        "You took delta back through W; it goes back through Wᵀ."
      case .throughWeightsElementwise:
        "You multiplied delta by Wᵀ elementwise; it is a matrix product."
      case .weightsElementwise:
        "You multiplied Aᵀ and delta elementwise; it is a matrix product."
      case .onlyLastLayer:
        "Only the last layer has a gradient; the layers below it are left at zero."
      case .gradientsReversed: "You returned the gradients from the last layer to the first."
      }
    }

    package var site: String {
      switch self {
      case .noBatchMean, .batchMeanTwice, .meanOverClassesToo, .weightsNotAveraged,
        .biasMeanTwice:
        "scale"
      case .logitsForProbabilities, .overflowingSoftmax, .shiftByGlobalMaximum,
        .softmaxOverColumns:
        "probabilities"
      case .reluSlopeMissing, .reluSlopeOfNextLayer, .reluValueForSlope, .reluMaskOfProduct:
        "slope"
      case .biasNotSummed, .biasZero: "bias gradient"
      case .weightsFromPreActivation, .weightsFromOwnActivation, .firstInputIsA1,
        .weightsElementwise:
        "weight gradient"
      case .throughNextWeights, .throughWeightsUntransposed, .throughWeightsElementwise:
        "back through the weights"
      default: rawValue
      }
    }
  }

  /// Backpropagation that can make any of the mistakes on purpose.
  struct Reference: BackpropKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func gradients(
      of layers: [DenseLayer], inputs: Matrix, targets: Matrix
    ) -> [DenseGradient] {
      let (z, a) = forward(inputs, through: layers)
      var delta = outputDelta(logits: z[z.count - 1], targets: targets)
      var gradients: [DenseGradient] = []
      for k in layers.indices.reversed() {
        gradients.insert(
          DenseGradient(
            weights: weightGradient(of: k, delta: delta, z: z, a: a),
            biases: biasGradient(delta: delta)),
          at: 0)
        if k > 0 {
          delta = goingBack(delta, through: layers, at: k)
          delta =
            makes(.reluMaskOfProduct)
            ? delta * z[k - 1] .> 0 : delta * slope(below: k, z: z, shape: a[k])
        }
      }
      if makes(.onlyLastLayer) {
        for k in layers.indices.dropLast() {
          gradients[k].weights *= 0
          gradients[k].biases *= 0
        }
      }
      return makes(.gradientsReversed) ? gradients.reversed() : gradients
    }

    /// Z₁ … Z_L and A₀ … A_{L−1}.
    private func forward(
      _ inputs: Matrix, through layers: [DenseLayer]
    ) -> (z: [Matrix], a: [Matrix]) {
      var z: [Matrix] = []
      var a = [inputs]
      for layer in layers {
        let product = a[a.count - 1].matmul(layer.weights)
        z.append(makes(.forwardWithoutBias) ? product : product + layer.biases)
        let activation = z[z.count - 1]
        a.append(makes(.forwardWithoutReLU) ? activation : Mathematics.relu(activation))
      }
      if makes(.forwardReLUOnOutput) {
        z[z.count - 1] = Mathematics.relu(z[z.count - 1])
      }
      return (z, a)
    }

    /// ∂L/∂Z_L = (p − y)/n.
    private func outputDelta(logits: Matrix, targets: Matrix) -> Matrix {
      let p = probabilities(of: logits)
      var delta = makes(.signFlipped) ? targets - p : p - targets
      if makes(.softmaxJacobianTwice) { delta = p * (delta - (p * delta).sum(axis: 1)) }
      if makes(.reluSlopeOnOutput) { delta = delta * (logits .> 0) }
      if makes(.factorTwo) { delta *= 2 }
      let rows = Double(targets.rows)
      if makes(.noBatchMean) { return delta }
      if makes(.batchMeanTwice) { return delta / (rows * rows) }
      if makes(.meanOverClassesToo) { return delta / (rows * Double(targets.columns)) }
      return delta / rows
    }

    private func probabilities(of logits: Matrix) -> Matrix {
      if makes(.logitsForProbabilities) { return logits }
      var softmax = Softmax()
      if makes(.overflowingSoftmax) { softmax.shift = .none }
      if makes(.shiftByGlobalMaximum) { softmax.shift = .globalMaximum }
      if makes(.softmaxOverColumns) {
        softmax = Softmax(shift: .columnMaximum, divisor: .columnSums)
      }
      return softmax(logits)
    }

    /// dWₖ = Aₖ₋₁ᵀ·δₖ.
    private func weightGradient(of k: Int, delta: Matrix, z: [Matrix], a: [Matrix]) -> Matrix {
      var below = a[k]
      if makes(.weightsFromPreActivation), k > 0 { below = z[k - 1] }
      if makes(.weightsFromOwnActivation) {
        below = k + 1 == z.count ? probabilities(of: z[k]) : a[k + 1]
      }
      if makes(.firstInputIsA1), k == 0, z.count > 1 { below = a[1] }
      let gradient =
        makes(.weightsElementwise) && below.transposed.shape == delta.shape
        ? below.transposed * delta : below.transposed.matmul(delta)
      let scaled = makes(.weightsNotAveraged) ? gradient * Double(delta.rows) : gradient
      return makes(.weightGradientTransposed) ? scaled.transposed : scaled
    }

    /// dbₖ = Σ over the rows of δₖ.
    private func biasGradient(delta: Matrix) -> Matrix {
      if makes(.biasNotSummed) { return delta }
      if makes(.biasMeanTwice) { return delta.mean(axis: 0) }
      return makes(.biasZero) ? delta.sum(axis: 0) * 0 : delta.sum(axis: 0)
    }

    /// δₖ·Wₖᵀ. The wrong ways only compute anything where the layers are square.
    private func goingBack(_ delta: Matrix, through layers: [DenseLayer], at k: Int) -> Matrix {
      let weights = layers[k].weights
      if makes(.throughNextWeights), layers[k - 1].weights.shape == weights.shape {
        return delta.matmul(layers[k - 1].weights.transposed)
      }
      if makes(.throughWeightsUntransposed), weights.rows == weights.columns {
        return delta.matmul(weights)
      }
      if makes(.throughWeightsElementwise), weights.transposed.shape == delta.shape {
        return delta * weights.transposed
      }
      return delta.matmul(weights.transposed)
    }

    /// ReLU′(Zₖ₋₁), what the hidden layer below layer k passes on.
    private func slope(below k: Int, z: [Matrix], shape activation: Matrix) -> Matrix {
      if makes(.reluSlopeMissing) { return activation * 0 + 1 }
      if makes(.reluSlopeOfNextLayer), z[k].shape == z[k - 1].shape { return z[k] .> 0 }
      if makes(.reluValueForSlope) { return Mathematics.relu(z[k - 1]) }
      return z[k - 1] .> 0
    }
  }
}

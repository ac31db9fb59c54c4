package import Grading
import KataKit

/// Dense layers with ReLU between them, forward and backward, and what people get wrong there.
///
/// What comes after the last layer, and so the gradient that goes back into it, is the suite's own.
package struct DenseStack {
  let layers: [DenseLayer]
  let slips: Set<Slip>
  /// Z₁ … Z_L.
  private(set) var z: [Matrix] = []
  /// A₀ … A_L; the last one is what the stack returns, Z_L itself.
  private(set) var a: [Matrix]

  init(_ layers: [DenseLayer], inputs: Matrix, making slips: Set<Slip> = []) {
    self.layers = layers
    self.slips = slips
    a = [inputs]
    for (k, layer) in layers.enumerated() {
      let product = a[k].matmul(layer.weights)
      z.append(makes(.forwardWithoutBias) ? product : product + layer.biases)
      a.append(activation(of: z[k], isHidden: k + 1 < layers.count))
    }
  }

  private func activation(of z: Matrix, isHidden: Bool) -> Matrix {
    if isHidden, makes(.sigmoidForReLU) { return 1 / (1 + exp(-z)) }
    let hasReLU = isHidden ? !makes(.forwardWithoutReLU) : makes(.forwardReLUOnOutput)
    return hasReLU ? Mathematics.relu(z) : z
  }

  var output: Matrix { a[a.count - 1] }

  /// The gradients of every layer, and of the inputs, from that of the output.
  func backward(_ upstream: Matrix) -> (layers: [DenseGradient], inputs: Matrix) {
    var delta = makes(.reluSlopeOnOutput) ? upstream * (z[z.count - 1] .> 0) : upstream
    var gradients: [DenseGradient] = []
    for k in layers.indices.reversed() {
      gradients.insert(
        DenseGradient(
          weights: weightGradient(of: k, delta: delta), biases: biasGradient(of: k, delta: delta)),
        at: 0)
      delta = goingBack(delta, at: k)
      if k > 0 { delta = throughReLU(delta, below: k) }
    }
    if makes(.onlyLastLayer) {
      for k in layers.indices.dropLast() {
        gradients[k].weights *= 0
        gradients[k].biases *= 0
      }
    }
    return (makes(.gradientsReversed) ? gradients.reversed() : gradients, delta)
  }

  private func makes(_ slip: Slip) -> Bool { slips.contains(slip) }

  /// dWₖ = Aₖ₋₁ᵀ·δₖ.
  private func weightGradient(of k: Int, delta: Matrix) -> Matrix {
    var below = a[k]
    let isFromZ =
      makes(.weightsFromPreActivation) || makes(.secondWeightsFromPreActivation) && k == 1
      || makes(.lastWeightsFromPreActivation) && k == z.count - 1
    if isFromZ, k > 0 { below = z[k - 1] }
    if makes(.weightsFromOwnActivation) { below = a[k + 1] }
    if makes(.firstInputIsA1), k == 0, z.count > 1 { below = a[1] }
    let gradient =
      makes(.weightsElementwise) && below.transposed.shape == delta.shape
      ? below.transposed * delta : below.transposed.matmul(delta)
    return makes(.weightGradientTransposed) ? gradient.transposed : gradient
  }

  /// dbₖ = Σ over the rows of δₖ.
  private func biasGradient(of k: Int, delta: Matrix) -> Matrix {
    if makes(.biasNotSummed) { return delta }
    let isAveraged =
      makes(.biasAveraged) || makes(.firstBiasAveraged) && k == 0
      || makes(.lastBiasAveraged) && k == z.count - 1
    if isAveraged { return delta.mean(axis: 0) }
    return makes(.biasZero) ? delta.sum(axis: 0) * 0 : delta.sum(axis: 0)
  }

  /// δₖ·Wₖᵀ. The wrong ways only compute anything where the shapes fit.
  private func goingBack(_ delta: Matrix, at k: Int) -> Matrix {
    let weights = layers[k].weights
    if makes(.throughNoWeights), [1, weights.rows].contains(delta.columns) {
      return delta + Matrix(rows: delta.rows, columns: weights.rows)
    }
    if makes(.throughNextWeights), k > 0, layers[k - 1].weights.shape == weights.shape {
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

  private func throughReLU(_ delta: Matrix, below k: Int) -> Matrix {
    makes(.reluMaskOfProduct) ? delta * z[k - 1] .> 0 : delta * slope(below: k)
  }

  /// ReLU′(Zₖ₋₁), what the hidden layer below layer k passes on.
  private func slope(below k: Int) -> Matrix {
    let isMissing =
      makes(.reluSlopeMissing) || makes(.reluSlopeMissingInFirst) && k == 1
      || makes(.reluSlopeMissingInLast) && k == z.count - 1
    if isMissing { return z[k - 1] * 0 + 1 }
    // One output's mask fits every hidden unit.
    if makes(.reluSlopeOfNextLayer), [1, z[k - 1].columns].contains(z[k].columns) {
      return z[k] .> 0
    }
    if makes(.reluValueForSlope) { return Mathematics.relu(z[k - 1]) }
    if makes(.sigmoidSlopeForReLU) || makes(.sigmoidForReLU) { return a[k] * (1 - a[k]) }
    return z[k - 1] .> 0
  }
}

extension DenseStack {
  package enum Slip: String, CaseIterable, Sendable {
    case forwardWithoutBias = "forward-without-bias"
    case forwardWithoutReLU = "forward-without-relu"
    case forwardReLUOnOutput = "forward-relu-on-output"
    case sigmoidForReLU = "sigmoid-for-relu"
    case reluSlopeMissing = "relu-slope-missing"
    case reluSlopeMissingInFirst = "relu-slope-missing-in-first"
    case reluSlopeMissingInLast = "relu-slope-missing-in-last"
    case reluSlopeOfNextLayer = "relu-slope-of-next-layer"
    case reluValueForSlope = "relu-value-for-slope"
    case sigmoidSlopeForReLU = "sigmoid-slope-for-relu"
    case reluMaskOfProduct = "relu-mask-of-product"
    case reluSlopeOnOutput = "relu-slope-on-output"
    case biasNotSummed = "bias-not-summed"
    case biasAveraged = "bias-averaged"
    case firstBiasAveraged = "first-bias-averaged"
    case lastBiasAveraged = "last-bias-averaged"
    case biasZero = "bias-zero"
    case weightsFromPreActivation = "weights-from-pre-activation"
    case secondWeightsFromPreActivation = "second-weights-from-pre-activation"
    case lastWeightsFromPreActivation = "last-weights-from-pre-activation"
    case weightsFromOwnActivation = "weights-from-own-activation"
    case firstInputIsA1 = "first-input-is-a1"
    case weightGradientTransposed = "weight-gradient-transposed"
    case weightsElementwise = "weights-elementwise"
    case throughNoWeights = "through-no-weights"
    case throughNextWeights = "through-next-weights"
    case throughWeightsUntransposed = "through-weights-untransposed"
    case throughWeightsElementwise = "through-weights-elementwise"
    case onlyLastLayer = "only-last-layer"
    case gradientsReversed = "gradients-reversed"

    var sentence: String {
      switch self {
      case .forwardWithoutBias: "Your forward pass leaves the biases out."
      case .forwardWithoutReLU: "Your forward pass has no ReLU between the layers."
      case .forwardReLUOnOutput: "Your forward pass applies ReLU to the last layer, too."
      case .sigmoidForReLU: "You put a sigmoid between the layers; it is ReLU."
      case .reluSlopeMissing:
        "Delta comes back through ReLU unchanged; it is 0 where z < 0. (ReLU(z) >= 0 always holds.)"
      case .reluSlopeMissingInFirst:
        "Delta comes back through the first ReLU unchanged; it is 0 where Z₁ < 0."
      case .reluSlopeMissingInLast:
        "Delta comes back through the last ReLU unchanged; it is 0 where that layer's Z < 0."
      case .reluSlopeOfNextLayer:
        "You took the slope of ReLU at the wrong layer's pre-activation."
      case .reluValueForSlope:
        "You multiplied by ReLU(z) on the way back; its slope, 1 or 0, belongs there."
      case .sigmoidSlopeForReLU:
        "You multiplied by a·(1 − a), a sigmoid's slope; that of ReLU is 1 or 0."
      case .reluMaskOfProduct:
        "dA * z .> 0 is a mask of the product, 0 and 1, as * binds tighter; write dA * (z .> 0)."
      case .reluSlopeOnOutput:
        "You applied the slope of ReLU to the last layer, which has no ReLU."
      case .biasNotSummed: "You did not sum the bias gradient over the rows of the batch."
      case .biasAveraged: "You averaged the bias gradients over the rows; they are sums of delta."
      case .firstBiasAveraged: "You averaged db₁ over the rows; it is the sum of delta."
      case .lastBiasAveraged:
        "You averaged the bias gradient of the last layer over the rows; it is the sum of delta."
      case .biasZero: "Your bias gradients are zero."
      case .weightsFromPreActivation:
        "You took the weight gradient from Z of the layer below; it is its activation A."
      case .secondWeightsFromPreActivation: "You took dW₂ from Z₁; it is its activation A₁."
      case .lastWeightsFromPreActivation:
        "You took the last layer's dW from Z of the layer below; it is its activation A."
      case .weightsFromOwnActivation:
        "You took the weight gradient from the layer's own output; its input belongs there."
      case .firstInputIsA1:
        "You took A₁ for the input of the first layer; its input is X."
      case .weightGradientTransposed: "Your weight gradients are transposed."
      case .weightsElementwise:
        "You multiplied Aᵀ and delta elementwise; it is a matrix product."
      case .throughNoWeights:
        "You took delta back without the weights; it goes back through Wᵀ."
      case .throughNextWeights: "You took delta back through the weights of the wrong layer."
      case .throughWeightsUntransposed:
        "You took delta back through W; it goes back through Wᵀ."
      case .throughWeightsElementwise:
        "You multiplied delta by Wᵀ elementwise; it is a matrix product."
      case .onlyLastLayer:
        "Only the last layer has a gradient; the layers below it are left at zero."
      case .gradientsReversed: "You returned the gradients from the last layer to the first."
      }
    }

    var site: String {
      switch self {
      case .sigmoidForReLU, .reluSlopeMissing, .reluSlopeMissingInFirst, .reluSlopeMissingInLast,
        .reluSlopeOfNextLayer, .reluValueForSlope, .sigmoidSlopeForReLU, .reluMaskOfProduct:
        "slope"
      case .biasNotSummed, .biasZero: "bias gradient"
      // With a mean that is missing elsewhere it is the weights that are not averaged.
      case .biasAveraged, .firstBiasAveraged, .lastBiasAveraged: "scale"
      case .weightsFromPreActivation, .secondWeightsFromPreActivation,
        .lastWeightsFromPreActivation, .weightsFromOwnActivation, .firstInputIsA1,
        .weightsElementwise:
        "weight gradient"
      case .throughNoWeights, .throughNextWeights, .throughWeightsUntransposed,
        .throughWeightsElementwise:
        "back through the weights"
      default: rawValue
      }
    }
  }
}

/// The mistakes around a stack of dense layers, and which of the stack's own go with them.
package protocol StackMistake: ListedMistake {
  static var inStack: [DenseStack.Slip] { get }
}

/// A mistake in the stack, or in what the suite puts around it.
package enum StackedSlip<Own: StackMistake>: ListedMistake {
  case own(Own)
  case stack(DenseStack.Slip)

  package static var allCases: [Self] {
    Own.allCases.map(Self.own) + Own.inStack.map(Self.stack)
  }

  package init?(rawValue: String) {
    guard let slip = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = slip
  }

  package var rawValue: String {
    switch self {
    case .own(let slip): slip.rawValue
    case .stack(let slip): slip.rawValue
    }
  }

  package var sentence: String {
    switch self {
    case .own(let slip): slip.sentence
    case .stack(let slip): slip.sentence
    }
  }

  package var site: String {
    switch self {
    case .own(let slip): slip.site
    case .stack(let slip): slip.site
    }
  }

  static func parts(of mistakes: Set<Self>) -> (own: Set<Own>, stack: Set<DenseStack.Slip>) {
    var parts = (own: Set<Own>(), stack: Set<DenseStack.Slip>())
    for mistake in mistakes {
      switch mistake {
      case .own(let slip): parts.own.insert(slip)
      case .stack(let slip): parts.stack.insert(slip)
      }
    }
    return parts
  }
}

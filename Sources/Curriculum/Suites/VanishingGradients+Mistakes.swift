import Grading
import KataKit

extension VanishingGradientsSuite {
  package enum Slip: String, ListedMistake {
    case squaredNorm = "squared-norm"
    case sumOfMagnitudes = "sum-of-magnitudes"
    case largestMagnitude = "largest-magnitude"
    case meanMagnitude = "mean-magnitude"
    case rootOfTheMean = "root-of-the-mean"
    case biasesIncluded = "biases-included"
    case normOfBiases = "norm-of-biases"
    case normOfDelta = "norm-of-delta"
    case normOfActivationGradient = "norm-of-activation-gradient"
    case normOfWeights = "norm-of-weights"
    case relativeToLast = "relative-to-last"
    case dividedByRows = "divided-by-rows"
    case reversed
    case slopeMissing = "slope-missing"
    case slopeOfActivated = "slope-of-activated"
    case slopeOfLayerBelow = "slope-of-layer-below"
    case slopeNotCarried = "slope-not-carried"
    case valueForSlope = "value-for-slope"
    case tanhSlope = "tanh-slope"
    case sigmoidSlopeOnly = "sigmoid-slope-only"
    case reluSlopeOnly = "relu-slope-only"
    case alwaysSigmoid = "always-sigmoid"
    case alwaysReLU = "always-relu"
    case tanhForward = "tanh-forward"
    case lastSlopeMissing = "last-slope-missing"
    case forwardWithoutBias = "forward-without-bias"
    case forwardWithoutActivation = "forward-without-activation"
    case overflowingSlope = "overflowing-slope"
    case overflowingSigmoid = "overflowing-sigmoid"
    case weightsFromPreActivation = "weights-from-pre-activation"
    case weightsFromOwnActivation = "weights-from-own-activation"
    case firstInputIsA1 = "first-input-is-a1"
    case throughWeightsUntransposed = "through-weights-untransposed"
    case throughNextWeights = "through-next-weights"
    case upstreamIgnored = "upstream-ignored"

    package var sentence: String {
      switch self {
      case .squaredNorm: "You returned the squared norm; the root is missing."
      case .sumOfMagnitudes:
        "You summed the magnitudes of the entries; it is the root of the sum of squares."
      case .largestMagnitude:
        "You took the largest entry's magnitude; it is the root of the sum of squares."
      case .meanMagnitude:
        "You averaged the magnitudes of the entries; it is the root of the sum of squares."
      case .rootOfTheMean:
        "You took the root of the mean square; it is the root of the sum of squares."
      case .biasesIncluded: "You counted the bias gradient in; the norm is of ∂L/∂W alone."
      case .normOfBiases: "You took the norm of ∂L/∂b; it is that of ∂L/∂W."
      case .normOfDelta: "You took the norm of ∂L/∂Z; it is that of ∂L/∂W."
      case .normOfActivationGradient: "You took the norm of ∂L/∂A; it is that of ∂L/∂W."
      case .normOfWeights: "You took the norm of the weights; it is that of their gradient."
      case .relativeToLast: "You divided by the last layer's norm; they are returned as they are."
      case .dividedByRows:
        "You divided by the rows of the batch; where there is a mean, upstream has it already."
      case .reversed: "You returned the norms from the last layer to the first."
      case .slopeMissing: "Delta comes back through the activations unchanged; multiply by φ′(Z)."
      case .slopeOfActivated:
        "You took the sigmoid's slope at σ(z), σ(σ(z))·(1 − σ(σ(z))); it is σ(z)·(1 − σ(z))."
      case .slopeOfLayerBelow: "You took the slope of the activation at the wrong layer's Z."
      case .slopeNotCarried:
        "You applied φ′ to the weight gradients only; what goes on to the layer below needs it, too."
      case .valueForSlope: "You multiplied by φ(Z) on the way back; φ′(Z) belongs there."
      case .tanhSlope: "Your sigmoid's slope is 1 − a², that of tanh; it is a·(1 − a)."
      case .sigmoidSlopeOnly: "You took a·(1 − a) back through ReLU, too; its slope is 1 or 0."
      case .reluSlopeOnly: "You took ReLU's slope, 1 or 0, back through the sigmoid, too."
      case .alwaysSigmoid: "You used the sigmoid whatever the activation."
      case .alwaysReLU: "You used ReLU whatever the activation."
      case .tanhForward: "Your sigmoid is tanh; it is 1/(1 + e^−z)."
      case .lastSlopeMissing:
        "You treat the last layer as linear; upstream is ∂L/∂A, and its φ′(Z) comes first."
      case .forwardWithoutBias: "Your forward pass leaves the biases out."
      case .forwardWithoutActivation:
        "Your forward pass hands Z on to the next layer; it is A = φ(Z)."
      case .overflowingSlope:
        "Your sigmoid's slope is not a number for z = −1000, where e^−z is ∞; take a·(1 − a)."
      case .overflowingSigmoid:
        "Your sigmoid or its slope is ∞/∞ for z = 1000; take a = 1/(1 + e^−z) and a·(1 − a)."
      case .weightsFromPreActivation:
        "You took the weight gradient from Z of the layer below; it is its activation A."
      case .weightsFromOwnActivation:
        "You took the weight gradient from the layer's own activation; its input belongs there."
      case .firstInputIsA1: "You took A₁ for the input of the first layer; its input is X."
      case .throughWeightsUntransposed:
        "You took delta back through W; it goes back through Wᵀ."
      case .throughNextWeights: "You took delta back through the weights of the wrong layer."
      case .upstreamIgnored: "You began with ones; the upstream gradient is handed in."
      }
    }

    package var site: String {
      switch self {
      case .squaredNorm, .sumOfMagnitudes, .largestMagnitude, .meanMagnitude, .rootOfTheMean:
        "norm"
      case .biasesIncluded, .normOfBiases, .normOfDelta, .normOfActivationGradient,
        .normOfWeights:
        "what is measured"
      case .relativeToLast, .dividedByRows, .upstreamIgnored: "scale"
      case .slopeMissing, .slopeOfActivated, .slopeOfLayerBelow, .valueForSlope, .tanhSlope,
        .sigmoidSlopeOnly, .reluSlopeOnly, .alwaysSigmoid, .alwaysReLU, .tanhForward,
        .forwardWithoutActivation, .overflowingSlope, .overflowingSigmoid:
        "activation"
      case .weightsFromPreActivation, .weightsFromOwnActivation, .firstInputIsA1:
        "weight gradient"
      case .slopeNotCarried, .throughWeightsUntransposed, .throughNextWeights:
        "back through the weights"
      default: rawValue
      }
    }
  }

  /// The norms of a network that can make any of the mistakes on purpose.
  struct Reference: VanishingGradientsKata {
    private let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func gradientNorms(
      of layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
    ) -> [Double] {
      var (z, a) = ([Matrix](), [inputs])
      for (k, layer) in layers.enumerated() {
        let product = a[k].matmul(layer.weights)
        z.append(makes(.forwardWithoutBias) ? product : product + layer.biases)
        a.append(makes(.forwardWithoutActivation) ? z[k] : value(of: activation, at: z[k]))
      }
      var norms: [Double] = []
      var back = makes(.upstreamIgnored) ? upstream * 0 + 1 : upstream
      for k in layers.indices.reversed() {
        let isPlain = makes(.lastSlopeMissing) && k + 1 == layers.count
        let delta = isPlain ? back : back * slope(of: activation, at: k, z, a)
        norms.insert(norm(of: layers[k], at: k, back: back, delta: delta, z, a), at: 0)
        back = goingBack(makes(.slopeNotCarried) ? back : delta, through: layers, at: k)
      }
      if makes(.dividedByRows) { norms = norms.map { $0 / Double(inputs.rows) } }
      if makes(.relativeToLast) { norms = norms.map { $0 / norms[norms.count - 1] } }
      return makes(.reversed) ? norms.reversed() : norms
    }

    private func value(of activation: LayerActivation, at z: Matrix) -> Matrix {
      switch activation {
      case .relu where !makes(.alwaysSigmoid): return Mathematics.relu(z)
      case .sigmoid where makes(.alwaysReLU): return Mathematics.relu(z)
      case .sigmoid where makes(.tanhForward): return tanh(z)
      default: return makes(.overflowingSigmoid) ? exp(z) / (1 + exp(z)) : sigmoid(z)
      }
    }

    private func sigmoid(_ z: Matrix) -> Matrix { 1 / (1 + exp(-z)) }

    /// φ′(Zₖ).
    private func slope(
      of activation: LayerActivation, at k: Int, _ z: [Matrix], _ a: [Matrix]
    ) -> Matrix {
      let isWrong = makes(.slopeOfLayerBelow) && k > 0 && z[k - 1].shape == z[k].shape
      var (z, a) = isWrong ? (z[k - 1], a[k]) : (z[k], a[k + 1])
      if makes(.slopeMissing) { return z * 0 + 1 }
      if makes(.forwardWithoutActivation) { a = value(of: activation, at: z) }
      if makes(.valueForSlope) { return a }
      if makes(.slopeOfActivated) { (z, a) = (a, value(of: activation, at: a)) }
      let isReLU =
        activation == .relu
        ? !makes(.alwaysSigmoid) && !makes(.sigmoidSlopeOnly)
        : makes(.alwaysReLU) || makes(.reluSlopeOnly)
      if isReLU { return z .> 0 }
      if makes(.overflowingSlope) { return exp(-z) / ((1 + exp(-z)) * (1 + exp(-z))) }
      return makes(.tanhSlope) ? 1 - a * a : a * (1 - a)
    }

    private func norm(
      of layer: DenseLayer, at k: Int, back: Matrix, delta: Matrix, _ z: [Matrix], _ a: [Matrix]
    ) -> Double {
      var below = a[k]
      if makes(.weightsFromPreActivation), k > 0 { below = z[k - 1] }
      if makes(.weightsFromOwnActivation) { below = a[k + 1] }
      if makes(.firstInputIsA1), k == 0, z.count > 1 { below = a[1] }
      if makes(.normOfBiases) { return size(delta.sum(axis: 0).elements) }
      if makes(.normOfDelta) { return size(delta.elements) }
      if makes(.normOfActivationGradient) { return size(back.elements) }
      if makes(.normOfWeights) { return size(layer.weights.elements) }
      let gradient = below.transposed.matmul(delta).elements
      return size(makes(.biasesIncluded) ? gradient + delta.sum(axis: 0).elements : gradient)
    }

    private func size(_ elements: [Double]) -> Double {
      let magnitudes = elements.map(abs)
      let squares = elements.reduce(0) { $0 + $1 * $1 }
      let count = Double(elements.count)
      if makes(.squaredNorm) { return squares }
      if makes(.sumOfMagnitudes) { return magnitudes.reduce(0, +) }
      if makes(.largestMagnitude) { return magnitudes.max() ?? 0 }
      if makes(.meanMagnitude) { return magnitudes.reduce(0, +) / count }
      return (makes(.rootOfTheMean) ? squares / count : squares).squareRoot()
    }

    /// ∂L/∂Aₖ₋₁. The wrong ways only compute anything where the layers are square.
    private func goingBack(_ delta: Matrix, through layers: [DenseLayer], at k: Int) -> Matrix {
      let weights = layers[k].weights
      if makes(.throughWeightsUntransposed), weights.rows == weights.columns {
        return delta.matmul(weights)
      }
      if makes(.throughNextWeights), k > 0, layers[k - 1].weights.shape == weights.shape {
        return delta.matmul(layers[k - 1].weights.transposed)
      }
      return delta.matmul(weights.transposed)
    }
  }
}

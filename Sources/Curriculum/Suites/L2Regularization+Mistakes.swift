import Grading
import KataKit

extension L2RegularizationSuite {
  package enum Slip: String, ListedMistake {
    case halfMissing = "half-missing"
    case lambdaMissing = "lambda-missing"
    case lambdaSquared = "lambda-squared"
    case penaltyZero = "penalty-zero"
    case penaltyNegative = "penalty-negative"
    case penaltyOfBiases = "penalty-of-biases"
    case absolute
    case normNotSquared = "norm-not-squared"
    case normsNotSquared = "norm-not-squared-by-layer"
    case sumSquared = "sum-squared"
    case matrixProduct = "matrix-product"
    case meanSquare = "mean-square"
    case lastLayerPenalty = "penalty-of-last-layer"
    case firstLayerPenalty = "penalty-of-first-layer"
    case gradientDoubled = "gradient-doubled"
    case gradientHalved = "gradient-halved"
    case gradientWithoutLambda = "gradient-without-lambda"
    case gradientOfAbsolute = "gradient-of-absolute"
    case gradientSquared = "gradient-squared"
    case gradientHalfSquared = "gradient-half-squared"
    case gradientOfMean = "gradient-of-mean"
    case gradientOfNorm = "gradient-of-norm"
    case penaltyAdded = "penalty-added-to-gradient"
    case ownPenaltyAdded = "own-penalty-added-to-gradient"
    case gradientShrunk = "gradient-shrunk"
    case lambdaTimesGradient = "lambda-times-gradient"
    case gradientSubtracted = "gradient-subtracted"
    case lossDropped = "loss-dropped"
    case gradientUnchanged = "gradient-unchanged"
    case biasesDecayed = "biases-decayed"
    case biasesZeroed = "biases-zeroed"
    case firstLayerOnly = "first-layer-only"
    case lastLayerOnly = "last-layer-only"

    package var sentence: String {
      switch self {
      case .halfMissing: "You left the ½ out of the penalty; it is ½·λ·‖W‖²."
      case .lambdaMissing: "You left λ out of the penalty; it is ½·λ·‖W‖²."
      case .lambdaSquared: "You squared λ in the penalty; it is ½·λ·‖W‖²."
      case .penaltyZero: "Your penalty is 0; it is ½·λ·‖W‖²."
      case .penaltyNegative: "Your penalty is negative; it is added to the loss."
      case .penaltyOfBiases: "You counted the biases in the penalty; it is over the weights only."
      case .absolute: "Your penalty is λ·Σ|w|, which is L1; L2 sums the squares, ½·λ·Σw²."
      case .normNotSquared: "Your penalty takes the norm, √Σw²; it takes its square, Σw²."
      case .normsNotSquared:
        "Your penalty adds up the norms of the layers, √Σw²; it adds their squares."
      case .sumSquared: "You squared the sum of a layer's weights; square each weight, then sum."
      case .matrixProduct: "You summed the entries of WᵀW, a matrix product; sum those of W ⊙ W."
      case .meanSquare:
        "Your penalty takes the mean of each layer's squared weights; it takes the sum."
      case .lastLayerPenalty: "Your penalty is that of the last layer only; add up all of them."
      case .firstLayerPenalty: "Your penalty is that of the first layer only; add up all of them."
      case .gradientDoubled: "You added 2·λ·W to the gradients; the ½ takes the 2 away: λ·W."
      case .gradientHalved: "You added ½·λ·W to the gradients; the derivative of ½·w² is w: λ·W."
      case .gradientWithoutLambda: "You left λ out of what is added to the gradients; it is λ·W."
      case .gradientOfAbsolute:
        "You added λ·sign(W) to the gradients, the derivative of L1; it is λ·W."
      case .gradientSquared:
        "You added the square of W to the gradients; the derivative of ½·w² is w."
      case .gradientHalfSquared:
        "You added ½·λ·w² itself to each gradient; it is its derivative, λ·w."
      case .gradientOfMean:
        "You divided what is added to the gradients by the number of weights; it is λ·W."
      case .gradientOfNorm:
        "You divided what is added to the gradients by the norm of W; it is λ·W."
      case .penaltyAdded:
        "You added the penalty itself to the gradients; it is its derivative, λ·W."
      case .ownPenaltyAdded:
        "You added each layer's penalty to its gradients; it is its derivative, λ·W."
      case .gradientShrunk:
        "You multiplied the gradients by 1 − λ; add λ times the weights to them instead."
      case .lambdaTimesGradient:
        "You added λ times the gradient to the gradients; it is λ times the weights."
      case .gradientSubtracted:
        "You subtracted the penalty's gradient; it is added, and the step subtracts it."
      case .lossDropped:
        "You returned the penalty's gradient alone; add it to that of the loss."
      case .gradientUnchanged: "Your gradients are those of the loss alone; add λ·W."
      case .biasesDecayed:
        "You added to the gradients of the biases, too; they are no part of the penalty."
      case .biasesZeroed:
        "You returned zeros for the biases; their gradients stay as they were."
      case .firstLayerOnly: "You changed the gradients of the first layer only; change all."
      case .lastLayerOnly: "You changed the gradients of the last layer only; change all."
      }
    }

    package var site: String {
      switch self {
      case .absolute, .normNotSquared, .normsNotSquared, .sumSquared, .matrixProduct, .meanSquare:
        "square"
      case .lambdaMissing, .lambdaSquared: "strength"
      case .lastLayerPenalty, .firstLayerPenalty: "layers of the penalty"
      case .gradientDoubled, .gradientHalved, .gradientWithoutLambda, .gradientOfAbsolute,
        .gradientSquared, .gradientHalfSquared, .gradientOfMean, .gradientOfNorm, .penaltyAdded,
        .ownPenaltyAdded:
        "term"
      case .gradientSubtracted, .lossDropped, .gradientUnchanged, .gradientShrunk,
        .lambdaTimesGradient:
        "sum"
      case .biasesDecayed, .biasesZeroed: "biases"
      case .firstLayerOnly, .lastLayerOnly: "layers"
      default: rawValue
      }
    }
  }

  /// L2 regularisation that can make any of the mistakes on purpose.
  struct Reference: L2RegularizationKata {
    private var mistakes: Set<Slip> = []

    init() {}
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
      makes(.penaltyZero) ? 0 : thoughtPenalty(of: layers, lambda: lambda)
    }

    /// What the learner takes for the penalty, whether or not it is returned.
    private func thoughtPenalty(of layers: [DenseLayer], lambda: Double) -> Double {
      var counted = layers
      if makes(.firstLayerPenalty) { counted = Array(layers.prefix(1)) }
      if makes(.lastLayerPenalty) { counted = Array(layers.suffix(1)) }
      var matrices = counted.map(\.weights)
      if makes(.penaltyOfBiases) { matrices += counted.map(\.biases) }
      let sum = matrices.map(squared).reduce(0, +)
      let strength = makes(.lambdaMissing) ? 1 : makes(.lambdaSquared) ? lambda * lambda : lambda
      let half = makes(.halfMissing) || makes(.absolute) ? 1 : 0.5
      return (makes(.penaltyNegative) ? -half : half) * strength
        * (makes(.normNotSquared) ? sum.squareRoot() : sum)
    }

    /// ‖W‖² of one matrix.
    private func squared(_ matrix: Matrix) -> Double {
      if makes(.absolute) { return abs(matrix).sum() }
      if makes(.sumSquared) { return matrix.sum() * matrix.sum() }
      if makes(.matrixProduct) { return matrix.transposed.matmul(matrix).sum() }
      let square = matrix * matrix
      if makes(.meanSquare) { return square.mean() }
      return makes(.normsNotSquared) ? square.sum().squareRoot() : square.sum()
    }

    func regularized(
      _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
    ) -> [DenseGradient] {
      zip(gradients, layers).enumerated().map { index, pair in
        let (gradient, layer) = pair
        if makes(.firstLayerOnly), index > 0 { return gradient }
        if makes(.lastLayerOnly), index < layers.count - 1 { return gradient }
        var result = gradient
        func sum(_ gradient: Matrix, _ parameter: Matrix) -> Matrix {
          let counted = makes(.ownPenaltyAdded) ? [layer] : layers
          let isPenalty = makes(.penaltyAdded) || makes(.ownPenaltyAdded)
          return self.sum(
            gradient,
            isPenalty
              ? parameter * 0 + thoughtPenalty(of: counted, lambda: lambda)
              : term(gradient, parameter, lambda), lambda)
        }
        result.weights = sum(gradient.weights, layer.weights)
        if makes(.biasesDecayed) { result.biases = sum(gradient.biases, layer.biases) }
        if makes(.biasesZeroed) { result.biases *= 0 }
        return result
      }
    }

    private func sum(_ gradient: Matrix, _ term: Matrix, _ lambda: Double) -> Matrix {
      if makes(.gradientUnchanged) { return gradient }
      if makes(.lossDropped) { return term }
      if makes(.gradientShrunk) { return gradient * (1 - lambda) }
      if makes(.lambdaTimesGradient) { return gradient * (1 + lambda) }
      return makes(.gradientSubtracted) ? gradient - term : gradient + term
    }

    /// λ·W.
    private func term(_ gradient: Matrix, _ w: Matrix, _ lambda: Double) -> Matrix {
      if makes(.gradientDoubled) { return 2 * lambda * w }
      if makes(.gradientHalved) { return 0.5 * lambda * w }
      if makes(.gradientWithoutLambda) { return w }
      if makes(.gradientOfAbsolute) { return lambda * w.map { $0 < 0 ? -1 : 1 } }
      if makes(.gradientSquared) { return lambda * w * w }
      if makes(.gradientHalfSquared) { return 0.5 * lambda * w * w }
      if makes(.gradientOfMean) { return lambda * w / Double(w.count) }
      if makes(.gradientOfNorm) { return lambda * w / (w * w).sum().squareRoot() }
      return lambda * w
    }
  }
}

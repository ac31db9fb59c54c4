import Grading
import KataKit

extension SymmetryBreakingSuite {
  package enum Slip: String, ListedMistake {
    case noBatchMean = "no-batch-mean"
    case meanOverEntries = "mean-over-entries"
    case ascending = "sign-flipped"
    case rateMissing = "learning-rate-missing"
    case logitsForProbabilities = "logits-for-probabilities"
    case forwardWithoutBias = "forward-without-bias"
    case sigmoidForTanh = "sigmoid-for-tanh"
    case linearUnits = "hidden-activation-missing"
    case slopeMissing = "tanh-slope-missing"
    case slopeOfPreActivation = "tanh-slope-of-pre-activation"
    case slopeUnsquared = "tanh-slope-unsquared"
    case throughUpdatedWeights = "through-updated-weights"
    case throughUntransposed = "through-weights-untransposed"
    case biasNotSummed = "bias-not-summed"
    case biasMeanTwice = "bias-mean-twice"
    case biasesFrozen = "biases-frozen"
    case hiddenFrozen = "hidden-layer-frozen"
    case oneStepOnly = "one-step-only"
    case oneStepTooMany = "one-step-too-many"
    case oneStepTooFew = "one-step-too-few"
    case firstGradientOnly = "first-gradient-only"
    case gradientsAccumulate = "gradients-accumulate"
    case outgoingIgnored = "outgoing-weights-ignored"
    case biasIgnored = "bias-ignored"
    case incomingOnly = "incoming-weights-only"
    case inputsCompared = "inputs-compared"
    case sumsCompared = "sums-compared"
    case magnitudesCompared = "magnitudes-compared"
    case comparedExactly = "compared-exactly"
    case comparedLoosely = "compared-loosely"
    case withoutTwin = "units-without-copy"
    case copiesCounted = "copies-counted"
    case neighboursOnly = "neighbours-only"
    case firstOnly = "first-unit-only"

    package var sentence: String {
      switch self {
      case .noBatchMean: "You summed over the batch instead of averaging it."
      case .meanOverEntries:
        "You divided by n × classes; the loss is a mean over the n rows, and a sum over classes."
      case .ascending: "You moved up the gradient; subtract it, with p − t at the output."
      case .rateMissing: "You left out the learning rate."
      case .logitsForProbabilities: "Softmax is missing before p − t at the output."
      case .forwardWithoutBias: "Your forward pass leaves the biases out."
      case .sigmoidForTanh: "Your hidden units are sigmoids; they are tanh."
      case .linearUnits: "Your hidden units have no activation; it is tanh."
      case .slopeMissing:
        "You did not multiply by the slope of tanh, 1 − A², on the way to the hidden layer."
      case .slopeOfPreActivation: "You took 1 − Z² for the slope; it is 1 − tanh(Z)², 1 − A²."
      case .slopeUnsquared: "You took 1 − A for the slope of tanh; it is 1 − A²."
      case .throughUpdatedWeights:
        "You took delta back through W₂ after its update; use the weights before the step."
      case .throughUntransposed: "You took delta back through W₂; it goes back through W₂ᵀ."
      case .biasNotSummed: "You did not sum the bias gradients over the rows of the batch."
      case .biasMeanTwice:
        "You averaged the bias gradients over rows that are averaged already; sum."
      case .biasesFrozen: "Your biases do not learn."
      case .hiddenFrozen: "Your hidden layer does not learn."
      case .oneStepOnly: "You took one step, whatever `steps` is."
      case .oneStepTooMany: "You took one step too many."
      case .oneStepTooFew: "You took one step too few."
      case .firstGradientOnly:
        "You took every step along the first gradient; compute it anew at each step."
      case .gradientsAccumulate:
        "You added each step's gradient to those of the steps before; start from zero every time."
      case .outgoingIgnored:
        "You left out the weights out of a unit, its row of W₂, when you compared units."
      case .biasIgnored: "You left out the bias when you compared units."
      case .incomingOnly:
        "You compared the weights into the units only; compare their biases and weights out, too."
      case .inputsCompared:
        "You compared the rows of W₁, which belong to the inputs; a unit is a column."
      case .sumsCompared: "You compared sums of the units' numbers; compare number by number."
      case .magnitudesCompared: "You compared absolute values; units differ by signs, too."
      case .comparedExactly:
        "You compared for exact equality; up to 1e-9 apart, two numbers count as the same."
      case .comparedLoosely: "Your tolerance is too wide; more than 1e-9 apart is different."
      case .withoutTwin:
        "You counted the units that have no copy; every group of copies counts as one, too."
      case .copiesCounted: "You counted the copies; count the different units."
      case .neighboursOnly:
        "You compared each unit with its neighbour only; copies may stand anywhere."
      case .firstOnly: "You compared every unit with the first one only."
      }
    }

    package var site: String {
      switch self {
      case .noBatchMean, .meanOverEntries: "mean"
      case .sigmoidForTanh, .linearUnits: "activation"
      case .slopeMissing, .slopeOfPreActivation, .slopeUnsquared: "slope"
      case .throughUpdatedWeights, .throughUntransposed: "back through the weights"
      case .biasNotSummed, .biasMeanTwice, .biasesFrozen: "biases"
      case .oneStepOnly, .oneStepTooMany, .oneStepTooFew: "steps"
      case .firstGradientOnly, .gradientsAccumulate: "gradients"
      case .outgoingIgnored, .biasIgnored, .incomingOnly, .inputsCompared, .sumsCompared,
        .magnitudesCompared:
        "numbers"
      case .comparedExactly, .comparedLoosely: "tolerance"
      case .withoutTwin, .copiesCounted, .neighboursOnly, .firstOnly: "count"
      default: rawValue
      }
    }
  }

  /// Training and counting that can make any of the mistakes on purpose.
  struct Reference: SymmetryBreakingKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func train(
      _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
    ) -> [DenseLayer] {
      var layers = layers
      var steps = makes(.oneStepTooMany) ? steps + 1 : steps
      if makes(.oneStepTooFew) { steps = max(0, steps - 1) }
      if makes(.oneStepOnly) { steps = 1 }
      var rate = makes(.rateMissing) ? 1 : learningRate
      if makes(.ascending) { rate = -rate }
      var moves: [DenseGradient] = []
      for step in 0..<steps {
        if !(makes(.firstGradientOnly) && step > 0) {
          let gradients = gradients(of: layers, inputs: inputs, targets: targets, rate: rate)
          let isSum = makes(.gradientsAccumulate) && step > 0
          moves = gradients.enumerated().map { isSum ? $1 + moves[$0] : $1 }
        }
        for index in layers.indices {
          if makes(.hiddenFrozen), index == 0 { continue }
          layers[index].weights -= rate * moves[index].weights
          if !makes(.biasesFrozen) {
            layers[index].biases = layers[index].biases - rate * moves[index].biases
          }
        }
      }
      return layers
    }

    private func gradients(
      of layers: [DenseLayer], inputs: Matrix, targets: Matrix, rate: Double
    ) -> [DenseGradient] {
      func forward(_ x: Matrix, _ layer: DenseLayer) -> Matrix {
        let product = x.matmul(layer.weights)
        return makes(.forwardWithoutBias) ? product : product + layer.biases
      }
      let z = forward(inputs, layers[0])
      let a = activation(z)
      let logits = forward(a, layers[1])
      let p = makes(.logitsForProbabilities) ? logits : Mathematics.softmax(logits)
      var divisor = makes(.noBatchMean) ? 1 : Double(targets.rows)
      if makes(.meanOverEntries) { divisor *= Double(targets.columns) }
      let delta2 = (p - targets) / divisor
      let dW2 = a.transposed.matmul(delta2)

      var weights = layers[1].weights
      if makes(.throughUpdatedWeights) { weights -= rate * dW2 }
      let isUntransposed = makes(.throughUntransposed) && weights.rows == weights.columns
      let delta1 = delta2.matmul(isUntransposed ? weights : weights.transposed) * slope(z, a)
      func bias(_ delta: Matrix) -> Matrix {
        if makes(.biasMeanTwice) { return delta.mean(axis: 0) }
        return makes(.biasNotSummed) ? delta : delta.sum(axis: 0)
      }
      return [
        DenseGradient(weights: inputs.transposed.matmul(delta1), biases: bias(delta1)),
        DenseGradient(weights: dW2, biases: bias(delta2)),
      ]
    }

    private func activation(_ z: Matrix) -> Matrix {
      if makes(.sigmoidForTanh) { return 1 / (1 + exp(-z)) }
      return makes(.linearUnits) ? z : tanh(z)
    }

    private func slope(_ z: Matrix, _ a: Matrix) -> Matrix {
      if makes(.slopeMissing) { return a * 0 + 1 }
      if makes(.slopeOfPreActivation) { return 1 - z * z }
      if makes(.slopeUnsquared) { return 1 - a }
      if makes(.sigmoidForTanh) { return a * (1 - a) }
      return makes(.linearUnits) ? a * 0 + 1 : 1 - a * a
    }

    func distinctUnits(in layers: [DenseLayer]) -> Int {
      let numbers = numbers(of: layers)
      let tolerance = makes(.comparedExactly) ? 0 : makes(.comparedLoosely) ? 1e-4 : 1e-9
      let isSame = (0..<numbers[0].rows).map { unit in
        let distances = numbers.map { abs($0 - $0.row(unit)).max(axis: 1) }
        return distances[0].elements.indices.map { other in
          distances.allSatisfy { $0[other, 0] <= tolerance }
        }
      }
      if makes(.withoutTwin) { return isSame.count { $0.count { $0 } == 1 } }
      let copies = isSame.indices.count { unit in
        let first = makes(.neighboursOnly) ? max(0, unit - 1) : 0
        return isSame[unit][first..<(makes(.firstOnly) ? min(1, unit) : unit)].contains(true)
      }
      return makes(.copiesCounted) ? copies : isSame.count - copies
    }

    /// What units are told apart by, a row for each in every matrix.
    private func numbers(of layers: [DenseLayer]) -> [Matrix] {
      let incoming = layers[0].weights.transposed
      let (bias, outgoing) = (layers[0].biases.transposed, layers[1].weights)
      if makes(.inputsCompared) { return [layers[0].weights] }
      if makes(.outgoingIgnored) { return [incoming, bias] }
      if makes(.biasIgnored) { return [incoming, outgoing] }
      if makes(.incomingOnly) { return [incoming] }
      if makes(.sumsCompared) { return [incoming.sum(axis: 1) + bias + outgoing.sum(axis: 1)] }
      let numbers = [incoming, bias, outgoing]
      return makes(.magnitudesCompared) ? numbers.map { abs($0) } : numbers
    }
  }
}

/// The sum where the shapes are the same, as they are from one step to the next.
private func + (lhs: DenseGradient, rhs: DenseGradient) -> DenseGradient {
  DenseGradient(weights: lhs.weights + rhs.weights, biases: lhs.biases + rhs.biases)
}

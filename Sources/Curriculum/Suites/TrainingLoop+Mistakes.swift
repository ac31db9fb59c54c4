import Grading
import KataKit

extension TrainingLoopSuite {
  package enum Slip: String, ListedMistake {
    case epochTooFew = "epoch-too-few"
    case epochTooMany = "epoch-too-many"
    case stopsEarly = "stops-early"
    case lossAfterUpdate = "loss-after-update"
    case lossBeforeAndAfter = "loss-before-and-after"
    case forwardOnce = "forward-once"
    case lossSummed = "loss-summed"
    case lossHalved = "loss-halved"
    case lossParentheses = "loss-parentheses"
    case lossSign = "loss-sign"
    case lossSquared = "loss-squared"
    case logOfZero = "log-of-zero"
    case sigmoidOverflow = "sigmoid-overflow"
    case forwardWithoutBias = "forward-without-bias"
    case hiddenReLU = "hidden-relu"
    case hiddenSigmoid = "hidden-sigmoid"
    case hiddenLinear = "hidden-linear"
    case outputLinear = "output-linear"
    case gradientSummed = "gradient-summed"
    case batchMeanTwice = "batch-mean-twice"
    case sigmoidSlopeOnTop = "sigmoid-slope-on-top"
    case tanhSlopeMissing = "tanh-slope-missing"
    case slopeOfActivation = "slope-of-activation"
    case slopeOfPreActivation = "slope-of-pre-activation"
    case slopeOfSigmoid = "slope-of-sigmoid"
    case biasNotSummed = "bias-not-summed"
    case biasMeanTwice = "bias-mean-twice"
    case gradientsAccumulate = "gradients-accumulate"
    case rowByRow = "row-by-row"
    case startsOver = "starts-over"
    case updatesTooEarly = "updates-too-early"
    case ascending = "ascending"
    case learningRateMissing = "learning-rate-missing"
    case neverUpdated = "never-updated"
    case hiddenFrozen = "hidden-frozen"
    case outputFrozen = "output-frozen"
    case weightsFrozen = "weights-frozen"
    case hiddenWeightsFrozen = "hidden-weights-frozen"
    case outputWeightsFrozen = "output-weights-frozen"
    case biasesFrozen = "biases-frozen"
    case hiddenBiasFrozen = "hidden-bias-frozen"
    case outputBiasFrozen = "output-bias-frozen"
    case returnsInitial = "returns-initial"
    case returnsInitialHidden = "returns-initial-hidden"
    case returnsInitialOutput = "returns-initial-output"

    package var sentence: String {
      switch self {
      case .epochTooFew: "You stopped one epoch too early."
      case .epochTooMany: "You went on for one epoch too many."
      case .stopsEarly: "You stopped once the loss was small; it is `epochs` that says when."
      case .lossAfterUpdate: "You took the loss after the update; the curve wants it before."
      case .lossBeforeAndAfter:
        "You kept the loss after the last update, too; there is one an epoch, before its update."
      case .forwardOnce:
        "You ran the forward pass once, before the loop; every epoch has new parameters."
      case .lossSummed: "You summed the loss over the batch instead of averaging it."
      case .lossHalved: "You halved the loss; the mean of the cross-entropy has no factor ½."
      case .lossParentheses:
        "Your minus sign covers only y·ln p; it covers (1 − y)·ln(1 − p) as well."
      case .lossSign: "Your loss lacks its minus sign."
      case .lossSquared:
        "Your loss is the mean squared error; what is asked is the binary cross-entropy."
      case .logOfZero:
        "Your loss takes ln 0 where p is 0 or 1; clip p, or work from the logit."
      case .sigmoidOverflow:
        "Your sigmoid is ∞/∞ for a large logit; 1/(1 + exp(−z)) never is."
      case .forwardWithoutBias: "Your forward pass leaves the biases out."
      case .hiddenReLU: "Your hidden layer has ReLU; what is asked is tanh."
      case .hiddenSigmoid: "Your hidden layer has a sigmoid; what is asked is tanh."
      case .hiddenLinear: "Your hidden layer has no tanh."
      case .outputLinear: "Your output has no sigmoid; p is sigmoid(A·W₂ + b₂)."
      case .gradientSummed:
        "You summed the gradient over the batch; the loss is a mean, and so is its gradient."
      case .batchMeanTwice: "You divided the gradient by the batch size twice."
      case .sigmoidSlopeOnTop:
        "You multiplied p − y by the sigmoid's slope; in p − y it has cancelled already."
      case .tanhSlopeMissing: "You did not multiply by the slope of tanh on the way back."
      case .slopeOfActivation:
        "You took tanh a second time for its slope; with A = tanh(Z) it is 1 − A²."
      case .slopeOfPreActivation: "You took 1 − Z² for the slope of tanh; it is 1 − A²."
      case .slopeOfSigmoid: "You took A·(1 − A), the sigmoid's, for the slope of tanh: 1 − A²."
      case .biasNotSummed: "You did not sum the bias gradients over the rows of the batch."
      case .biasMeanTwice:
        "You averaged the bias gradients over the batch although delta is averaged already."
      case .gradientsAccumulate:
        "Your gradients add up from epoch to epoch; each epoch starts them anew."
      case .rowByRow: "You updated after every row; a full batch makes one update an epoch."
      case .startsOver: "Every epoch starts from the given parameters; go on from the updated ones."
      case .updatesTooEarly:
        "You went back through W₂ when it was updated already; take all gradients first."
      case .ascending: "You added the gradient; to descend, subtract it."
      case .learningRateMissing: "You did not multiply the gradient by the learning rate."
      case .neverUpdated: "You never updated the parameters."
      case .hiddenFrozen: "You never updated the hidden layer, W₁ and b₁."
      case .outputFrozen: "You never updated the output layer, W₂ and b₂."
      case .weightsFrozen: "You never updated the weights."
      case .hiddenWeightsFrozen: "You never updated W₁."
      case .outputWeightsFrozen: "You never updated W₂."
      case .biasesFrozen: "You never updated the biases."
      case .hiddenBiasFrozen: "You never updated b₁."
      case .outputBiasFrozen: "You never updated b₂."
      case .returnsInitial: "You returned the parameters that you were given, not the trained ones."
      case .returnsInitialHidden:
        "You returned the hidden layer that you were given, not the trained one."
      case .returnsInitialOutput:
        "You returned the output layer that you were given, not the trained one."
      }
    }

    package var site: String {
      switch self {
      case .epochTooFew, .epochTooMany, .stopsEarly: "epochs"
      case .lossAfterUpdate, .lossBeforeAndAfter: "time of the forward pass"
      case .lossSummed, .lossHalved, .lossParentheses, .lossSign, .lossSquared,
        .logOfZero, .outputLinear:
        "loss"
      case .hiddenReLU, .hiddenSigmoid, .hiddenLinear: "activation"
      case .gradientSummed, .batchMeanTwice, .biasMeanTwice: "scale"
      case .tanhSlopeMissing, .slopeOfActivation, .slopeOfPreActivation,
        .slopeOfSigmoid:
        "slope"
      // To come back to the start every time and to return it is to update nothing.
      case .gradientsAccumulate, .rowByRow, .startsOver, .forwardOnce, .neverUpdated,
        .returnsInitial:
        "epoch"
      case .ascending, .learningRateMissing: "step"
      case .hiddenFrozen, .outputFrozen, .weightsFrozen, .hiddenWeightsFrozen,
        .outputWeightsFrozen, .biasesFrozen, .hiddenBiasFrozen, .outputBiasFrozen,
        .biasNotSummed, .returnsInitialHidden, .returnsInitialOutput:
        "parameters"
      default: rawValue
      }
    }
  }

  /// The training loop that can make any of the mistakes on purpose.
  struct Reference: TrainingLoopKata {
    private let mistakes: Set<Slip>

    private let frozenHidden: Frozen
    private let frozenOutput: Frozen

    /// What no update moves.
    private struct Frozen {
      var weights, biases: Bool
    }

    init() { self.init(mistakes: []) }

    init(mistakes: Set<Slip>) {
      self.mistakes = mistakes
      func makes(_ slips: Slip...) -> Bool {
        !mistakes.isDisjoint(with: slips + [.neverUpdated])
      }
      frozenHidden = Frozen(
        weights: makes(.hiddenFrozen, .weightsFrozen, .hiddenWeightsFrozen),
        biases: makes(.hiddenFrozen, .biasesFrozen, .hiddenBiasFrozen))
      frozenOutput = Frozen(
        weights: makes(.outputFrozen, .weightsFrozen, .outputWeightsFrozen),
        biases: makes(.outputFrozen, .biasesFrozen, .outputBiasFrozen))
    }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func train(
      hidden: DenseLayer, output: DenseLayer, inputs: Matrix, targets: Matrix,
      learningRate: Double, epochs: Int
    ) -> TrainingRun {
      let start = Network(hidden: hidden, output: output)
      var network = start
      var losses: [Double] = []
      var total: Gradients?
      let batches =
        makes(.rowByRow)
        ? (0..<inputs.rows).map { (inputs.row($0), targets.row($0)) } : [(inputs, targets)]
      for _ in 0..<max(0, epochs + (makes(.epochTooFew) ? -1 : makes(.epochTooMany) ? 1 : 0)) {
        if makes(.startsOver) { network = start }
        var epochLoss = 0.0
        for (x, y) in batches {
          let pass = forward(x, through: makes(.forwardOnce) ? start : network)
          var gradients = gradients(of: pass, x, y, network, rate: learningRate)
          if makes(.gradientsAccumulate), let total { gradients = gradients + total }
          total = gradients
          network = moved(network, by: gradients, rate: learningRate)
          let judged = makes(.lossAfterUpdate) ? forward(x, through: network) : pass
          epochLoss += loss(of: judged, y)
        }
        losses.append(makes(.lossSummed) ? epochLoss : epochLoss / Double(batches.count))
        if makes(.stopsEarly), epochLoss < 0.01 { break }
      }
      if makes(.lossBeforeAndAfter) {
        losses.append(loss(of: forward(inputs, through: network), targets))
      }
      if makes(.returnsInitial) || makes(.returnsInitialHidden) { network.hidden = start.hidden }
      if makes(.returnsInitial) || makes(.returnsInitialOutput) { network.output = start.output }
      return TrainingRun(hidden: network.hidden, output: network.output, losses: losses)
    }

    // MARK: Forward

    private struct Network {
      var hidden: DenseLayer
      var output: DenseLayer
    }

    private struct Pass {
      var z1, a1, z2, p: Matrix
    }

    private func forward(_ x: Matrix, through network: Network) -> Pass {
      func affine(_ x: Matrix, _ layer: DenseLayer) -> Matrix {
        let product = x.matmul(layer.weights)
        return makes(.forwardWithoutBias) ? product : product + layer.biases
      }
      let z1 = affine(x, network.hidden)
      let a1 = activation(z1)
      let z2 = affine(a1, network.output)
      let p =
        makes(.sigmoidOverflow) ? exp(z2) / (exp(z2) + 1) : z2.map { 1 / (1 + exp(-$0)) }
      return Pass(z1: z1, a1: a1, z2: z2, p: makes(.outputLinear) ? z2 : p)
    }

    private func activation(_ z: Matrix) -> Matrix {
      if makes(.hiddenReLU) { return Mathematics.relu(z) }
      if makes(.hiddenSigmoid) { return z.map { 1 / (1 + exp(-$0)) } }
      return makes(.hiddenLinear) ? z : tanh(z)
    }

    private func loss(of pass: Pass, _ y: Matrix) -> Double {
      let (z, p) = (pass.z2, pass.p)
      // −ln p and −ln(1 − p), from the logit: neither is ever ln 0. Where p is not a number, nor are they.
      let positive = maximum(-z, 0) + log(exp(-abs(z)) + 1) + 0 * p
      let negative = positive + z
      let terms =
        if makes(.lossParentheses) {
          y * positive - (1 - y) * negative
        } else if makes(.lossSquared) {
          (p - y) * (p - y)
        } else if makes(.logOfZero) || makes(.outputLinear) {
          -(y * log(p) + (1 - y) * log(1 - p))
        } else {
          y * positive + (1 - y) * negative
        }
      if makes(.lossSummed) { return terms.sum() }
      let mean = terms.sum() / Double(y.rows) / (makes(.lossHalved) ? 2 : 1)
      return makes(.lossSign) ? -mean : mean
    }

    // MARK: Backward

    private struct Gradients {
      var hidden: DenseGradient
      var output: DenseGradient

      static func + (one: Gradients, two: Gradients) -> Gradients {
        func sum(_ one: DenseGradient, _ two: DenseGradient) -> DenseGradient {
          DenseGradient(weights: one.weights + two.weights, biases: one.biases + two.biases)
        }
        return Gradients(
          hidden: sum(one.hidden, two.hidden), output: sum(one.output, two.output))
      }
    }

    private func gradients(
      of pass: Pass, _ x: Matrix, _ y: Matrix, _ network: Network, rate: Double
    ) -> Gradients {
      let rows = Double(y.rows)
      var delta = pass.p - y
      if makes(.sigmoidSlopeOnTop) { delta = delta * pass.p * (1 - pass.p) }
      delta /= makes(.gradientSummed) ? 1 : makes(.batchMeanTwice) ? rows * rows : rows
      func biases(_ delta: Matrix) -> Matrix {
        if makes(.biasNotSummed) { return delta }
        return makes(.biasMeanTwice) ? delta.sum(axis: 0) / rows : delta.sum(axis: 0)
      }
      let output = DenseGradient(weights: pass.a1.transposed.matmul(delta), biases: biases(delta))
      var through = network.output.weights
      if makes(.updatesTooEarly) { through -= rate * output.weights }
      let hiddenDelta = delta.matmul(through.transposed) * slope(of: pass)
      return Gradients(
        hidden: DenseGradient(
          weights: x.transposed.matmul(hiddenDelta), biases: biases(hiddenDelta)),
        output: output)
    }

    private func slope(of pass: Pass) -> Matrix {
      let (z, a) = (pass.z1, pass.a1)
      if makes(.tanhSlopeMissing) { return z * 0 + 1 }
      if makes(.slopeOfActivation) { return 1 - tanh(a) * tanh(a) }
      if makes(.slopeOfPreActivation) { return 1 - z * z }
      if makes(.slopeOfSigmoid) || makes(.hiddenSigmoid) { return a * (1 - a) }
      if makes(.hiddenReLU) { return z .> 0 }
      return makes(.hiddenLinear) ? z * 0 + 1 : 1 - a * a
    }

    // MARK: Update

    private func moved(_ network: Network, by gradients: Gradients, rate: Double) -> Network {
      let step = makes(.learningRateMissing) ? 1 : makes(.ascending) ? -rate : rate
      func moved(
        _ layer: DenseLayer, _ gradient: DenseGradient, unless isFrozen: Frozen
      ) -> DenseLayer {
        DenseLayer(
          weights: isFrozen.weights ? layer.weights : layer.weights - step * gradient.weights,
          biases: isFrozen.biases ? layer.biases : layer.biases - step * gradient.biases)
      }
      return Network(
        hidden: moved(network.hidden, gradients.hidden, unless: frozenHidden),
        output: moved(network.output, gradients.output, unless: frozenOutput))
    }
  }
}

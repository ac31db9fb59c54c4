import Exam
import Grading
import KataKit
import SharedAnswers

extension MLPSuite {
  /// Widths whose fans are in ratios that tell every other rule of scaling from He's.
  static let shapes = Case<Fixture>("shapes") { generator in
    .start(
      widths: generator.sizes(4), activations: .relu(between: 3), seed: generator.next())
  }

  /// Widths whose fans are in ratios that tell every other rule of scaling from He's, which is that of
  /// every activation.
  static let weights = Case<Fixture>("He's weights") {
    .start(widths: [60, 40, 24, 30], activations: [.sigmoid, .relu], seed: $0.next())
  }

  // MARK: Prediction

  static let prediction = Case<Fixture>("predict") { generator in
    let (layers, examples) = drawPrediction(rows: 8, using: &generator)
    return .prediction(
      layers: layers, activations: .relu(between: layers.count), inputs: examples.inputs)
  }

  static let scoring = Case<Fixture>("accuracy") { generator in
    let (layers, examples) = drawPrediction(rows: 8, using: &generator)
    return .accuracy(layers: layers, examples: examples)
  }

  static let oneRow = Case<Fixture>("predict one row") { generator in
    let (layers, examples) = drawPrediction(rows: 1, using: &generator)
    return .prediction(
      layers: layers, activations: .relu(between: layers.count), inputs: examples.inputs)
  }

  /// Logits of 1000 and more, which only a softmax with a shift survives.
  static let hugePrediction = Case<Fixture>("predict, large z") { generator in
    var (layers, examples) = drawPrediction(rows: 8, using: &generator)
    layers[1].weights *= 5000
    layers[1].biases *= 5000
    return .prediction(
      layers: layers, activations: .relu(between: layers.count), inputs: examples.inputs)
  }

  /// Every logit is negative, so that what is cut off at 0 leaves nothing to choose by.
  static let negativePrediction = Case<Fixture>("predict, all z < 0") { generator in
    var (layers, examples) = drawPrediction(rows: 8, using: &generator)
    layers[1].biases -= 100
    return .prediction(
      layers: layers, activations: .relu(between: layers.count), inputs: examples.inputs)
  }

  /// ReLU or the sigmoid in both hidden layers would give other classes.
  static let mixedPrediction = Case<Fixture>("predict, sigmoid") { generator in
    let widths = generator.sizes(4, in: 3...7)
    while true {
      let network = NetworkFixture.draw(widths: widths, rows: 8, using: &generator)
      let classes = [[.sigmoid, .relu], [.relu, .relu], [.sigmoid, .sigmoid]].map {
        Reference(network.layers, $0).predict(network.inputs)
      }
      if Set(classes).count < 3 { continue }
      return .prediction(
        layers: network.layers, activations: [.sigmoid, .relu], inputs: network.inputs)
    }
  }

  /// Three rows of eight have another label than the one that is predicted.
  private static func drawPrediction(
    rows: Int, using generator: inout FixtureGenerator
  ) -> (layers: [DenseLayer], examples: Examples) {
    let sizes = generator.sizes(3, in: 3...6)
    let network = NetworkFixture.draw(widths: sizes, rows: rows, using: &generator)
    let logits = Mathematics.logits(network.inputs, through: network.layers)
    let labels = logits.argmax(axis: 1).enumerated().map { row, label in
      row % 3 == 1 ? (label + 1) % sizes[2] : label
    }
    return (network.layers, Examples(inputs: network.inputs, labels: labels))
  }

  // MARK: Training

  static let whole = Case<Fixture>("whole batch") { generator in
    .training(.draw(hidden: 1, epochs: 3, using: &generator))
  }

  static let deep = Case<Fixture>("three hidden layers") { generator in
    .training(.draw(hidden: 3, epochs: 2, using: &generator))
  }

  /// A sigmoid and a ReLU, so that each layer has to take its own.
  static let mixed = Case<Fixture>("sigmoid and ReLU") { generator in
    .training(
      .draw(hidden: 2, epochs: 3, using: &generator) { $0.activations = [.sigmoid, .relu] })
  }

  /// Nothing is remembered from step to step.
  static let plainDescent = Case<Fixture>("optimizer .sgd") { generator in
    .training(.draw(hidden: 1, epochs: 3, using: &generator) { $0.optimizer = .sgd })
  }

  /// Two calls, each of which starts with a velocity of 0.
  static let momentum = Case<Fixture>("optimizer .momentum") { generator in
    let momentum = Double.random(in: 0.5...0.8, using: &generator)
    return .training(
      .draw(hidden: 1, epochs: 4, using: &generator) {
        ($0.optimizer, $0.calls) = (.momentum(momentum), 2)
      })
  }

  /// Weights that are a row, a column and a row again, and two classes.
  static let narrow = Case<Fixture>("units one by one") { generator in
    let units = generator.size(in: 4...6)
    return .training(.draw(widths: [1, units, 1, 2], epochs: 3, using: &generator))
  }

  static let oneExample = Case<Fixture>("fit to a single row") { generator in
    .training(
      .draw(hidden: 1, epochs: 3, using: &generator) { $0.examples = $0.examples.gathered([0]) })
  }

  /// Long enough for β₁ and β₂ to show, and a bound for the epochs.
  static let noHiddenLayer = Case<Fixture>("no hidden layer") { generator in
    .training(.draw(hidden: 0, epochs: 110, using: &generator))
  }

  /// One row five times over in batches of 2, 2 and 1: their order makes no difference, their sizes do.
  static let unevenBatches = Case<Fixture>("smaller last batch") { generator in
    .training(
      .draw(hidden: 1, epochs: 2, using: &generator) {
        $0.examples = $0.examples.gathered([0, 0, 0, 0, 0])
        $0.batchSize = 2
      })
  }

  /// One row so often that no bound for rows or batches is as high.
  static let manyRows = Case<Fixture>("hundreds of rows") { generator in
    .training(
      .draw(hidden: 1, epochs: 1, using: &generator) {
        $0.examples = $0.examples.gathered(Array(repeating: 0, count: 301))
        ($0.batchSize, $0.learningRate) = (50, 0.01)
      })
  }

  static let batchesOfOne = Case<Fixture>("batches of one") { generator in
    .training(
      .draw(hidden: 1, epochs: 2, using: &generator) {
        $0.examples = $0.examples.gathered([0, 0, 0])
        $0.batchSize = 1
      })
  }

  /// Inputs of 50 and more, whose hidden units and gradients are as large.
  static let largeInputs = Case<Fixture>("large inputs") { generator in
    .training(
      .draw(hidden: 1, epochs: 3, using: &generator) {
        $0.examples.inputs *= 50
        $0.layers[1].weights *= 0.02
      })
  }

  /// Inputs of 1e25 and gradients as large, whose squares single precision does not hold.
  static let hugeInputs = Case<Fixture>("huge inputs") { generator in
    .training(
      .draw(hidden: 0, epochs: 1, using: &generator) {
        $0.examples.inputs *= 1e25
        $0.layers[0].weights *= 1e-25
      })
  }

  /// Inputs of 1e-6 and gradients as small, and two classes.
  static let tinyInputs = Case<Fixture>("tiny inputs") { generator in
    var training = MLPExam.Training.draw(
      widths: [generator.size(in: 3...5), 2], epochs: 1, using: &generator)
    training.examples.inputs *= 3e-6
    return .training(training)
  }

  /// Equal inputs with different labels, where it makes no difference which label belongs to which.
  static let oneInput = Case<Fixture>("equal rows") { generator in
    .training(
      .draw(hidden: 1, epochs: 2, using: &generator) {
        $0.examples.inputs = $0.examples.inputs.gather(rows: $0.examples.labels.map { _ in 0 })
      })
  }

  /// Afterward it is asked how many other rows are right.
  static let twoCalls = Case<Fixture>("two calls of fit") { generator in
    var training = MLPExam.Training.draw(hidden: 1, epochs: 1, using: &generator) { $0.calls = 2 }
    let inputs = Matrix.normal(
      rows: 6, columns: training.examples.inputs.columns, using: &generator)
    // Four of six, which is no share of seven.
    let predicted = Reference(training).trained(in: training).predict(inputs)
    let labels = predicted.enumerated().map { row, label in
      row < 2 ? (label + 1) % training.layers[1].biases.columns : label
    }
    training.others = Examples(inputs: inputs, labels: labels)
    return .training(training)
  }

  static let largeBatch = Case<Fixture>("batch beyond n") { generator in
    .training(.draw(hidden: 1, epochs: 1, using: &generator) { $0.batchSize += 3 })
  }

  static let noEpoch = Case<Fixture>("no epoch") { generator in
    .training(.draw(hidden: 1, epochs: 0, using: &generator))
  }

  /// One row three times over, whose label is the least probable class.
  static let hugeTraining = Case<Fixture>("fit, large z") { generator in
    var training = MLPExam.Training.draw(hidden: 1, epochs: 1, using: &generator)
    training.examples = training.examples.gathered([0, 0, 0])
    training.layers[1].weights *= 5000
    training.layers[1].biases *= 5000
    let logits = Mathematics.logits(training.examples.inputs, through: training.layers)
    training.examples.labels = (-logits).argmax(axis: 1)
    return .training(training)
  }

  /// Two batches of two rows.
  static let shuffling = Case<Fixture>("shuffling") { generator in
    .shuffling(
      .draw(hidden: 1, epochs: 2, using: &generator) {
        $0.examples = $0.examples.gathered(0..<4)
        $0.batchSize = 2
      })
  }

  // MARK: Digits

  static let digits = Case<Fixture>("handwritten digits") { generator in
    let (training, test) = Digits.split(using: &generator)
    return .lesson(.digits(training, unseen: test.inputs, using: &generator))
  }

  /// For looking at.
  static let fewDigits = Case<Fixture>("400 digits") { generator in
    let training = Digits.split(using: &generator).training.gathered(0..<400)
    return .lesson(
      .digits(training, unseen: Matrix(rows: 0, columns: 64), using: &generator))
  }
}

extension MLPExam.Lesson {
  fileprivate static func digits(
    _ examples: Examples, unseen: Matrix, using generator: inout FixtureGenerator
  ) -> Self {
    Self(
      widths: [64, 32, 10], examples: examples, unseen: unseen, epochs: 15, batchSize: 32,
      learningRate: 0.01, seed: generator.next())
  }
}

extension MLPExam.Training {
  /// Where the logits are so large that only the loss is judged, and that nothing is lost to overflow:
  /// what it may be, as it may be clipped at 1e-7.
  var hugeLoss: ClosedRange<Double>? {
    guard let last = layers.last, abs(last.weights).max() > 500 else { return nil }
    return 16...2 * abs(Mathematics.logits(examples.inputs, through: layers)).max()
  }

  /// Whether ε is no longer small beside the gradients.
  var isTiny: Bool { abs(examples.inputs).max() < 1e-3 }

  /// The gradient of the mean loss over all rows, of a network without a hidden layer, by its weights.
  var firstGradient: Matrix {
    let logits = Mathematics.logits(examples.inputs, through: layers)
    let targets = Matrix.identity(logits.columns).gather(rows: examples.labels)
    let delta = (Mathematics.softmax(logits) - targets) / Double(logits.rows)
    return examples.inputs.transposed.matmul(delta)
  }

  static func draw(
    hidden: Int, epochs: Int, using generator: inout FixtureGenerator,
    adjusting adjust: (inout Self) -> Void = { _ in }
  ) -> Self {
    let widths = generator.sizes(hidden + 2, in: 3...7)
    return draw(widths: widths, epochs: epochs, using: &generator, adjusting: adjust)
  }

  /// Seven rows in one batch, but for what is adjusted; drawn until nothing hangs by a thread.
  static func draw(
    widths: [Int], epochs: Int, using generator: inout FixtureGenerator,
    adjusting adjust: (inout Self) -> Void = { _ in }
  ) -> Self {
    while true {
      let network = NetworkFixture.draw(widths: widths, rows: 7, using: &generator)
      let labels = (0..<7).map { $0 % 4 % widths[widths.count - 1] }.shuffled(using: &generator)
      var training = Self(
        layers: network.layers, examples: Examples(inputs: network.inputs, labels: labels),
        epochs: epochs, batchSize: 7, seed: generator.next())
      adjust(&training)
      if MLPSuite.Reference(training).trained(in: training).isFirm { return training }
    }
  }
}

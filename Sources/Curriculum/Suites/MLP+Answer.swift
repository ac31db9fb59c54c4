import Grading
import KataKit

extension MLPSuite {
  /// A network of the given parameters.
  private static func network(_ subject: Subject, _ layers: [DenseLayer]) -> any MLPKata {
    var generator = SeededGenerator(seed: 0)
    let widths = [layers[0].weights.rows] + layers.map(\.biases.columns)
    var network = subject(widths, &generator)
    network.layers = layers
    return network
  }

  // MARK: Before training

  /// Of a small network its shapes and whether it is drawn; of a large one how it is distributed.
  ///
  /// Nothing depends on the order of the draws.
  static func start(of subject: Subject, _ widths: [Int], _ seed: UInt64) -> [Block] {
    func layers(seed: UInt64) -> [DenseLayer] {
      var generator = SeededGenerator(seed: seed)
      return subject(widths, &generator).layers
    }
    let drawn = layers(seed: seed)
    if widths[0] >= 20 {
      return zip(drawn, widths).enumerated().flatMap { statistics(of: $1.0, $0, fanIn: $1.1) }
    }
    let anything = Acceptance.between(-.infinity ... .infinity, noise: 0)
    let parameters = drawn.enumerated().flatMap { index, layer in
      [
        Block(
          Numbers.subscripted("W", index + 1), layer.weights, axes: "inputs × outputs",
          acceptance: anything),
        Block(
          Numbers.subscripted("b", index + 1), layer.biases, axes: "1 × outputs",
          acceptance: anything),
      ]
    }
    let isDrawn = layers(seed: ~seed) != drawn || drawn.allSatisfy { $0.weights.sum() == 0 }
    return parameters + [Block("weights change with the generator", isDrawn ? 1 : 0)]
  }

  private static func statistics(of layer: DenseLayer, _ index: Int, fanIn: Int) -> [Block] {
    let sample = Sample(layer.weights.elements)
    let count = max(1, sample.elements.count)
    let name = Numbers.subscripted("W", index + 1)
    return [
      Block(
        "variance of \(name) over 2/fanIn", sample.variance * Double(fanIn) / 2,
        acceptance: .between(
          Chance.varianceRatios(count: count), noise: 8 / Double(count).squareRoot())),
      Block(
        "mean of \(name) · √n/s", sample.standardizedMean,
        acceptance: .between(-Chance.deviations...Chance.deviations, noise: 0.5)),
      Block(
        "share of different weights in \(name)", sample.distinctShare,
        acceptance: .between(0.9...1, noise: 0.01)),
      Block(
        "largest of \(Numbers.subscripted("b", index + 1))",
        layer.biases.elements.map(abs).max() ?? 0),
    ]
  }

  // MARK: Prediction

  /// Where there is not one class a row, it does not matter which there are.
  static func predicted(by subject: Subject, _ prediction: Prediction) -> [Block] {
    let examples = prediction.examples
    let classes = network(subject, prediction.layers).predict(examples.inputs)
    let isJudged = classes.count == examples.labels.count
    let row = Matrix(
      rows: 1, columns: classes.count, elements: classes.map { isJudged ? Double($0) : 0 })
    return [Block("predicted classes", row, axes: "one a row")]
  }

  static func accuracy(of subject: Subject, _ prediction: Prediction) -> [Block] {
    let examples = prediction.examples
    let network = network(subject, prediction.layers)
    return [
      Block("accuracy", network.accuracy(on: examples.inputs, labels: examples.labels))
    ]
  }

  // MARK: Training

  // ε beside the root, inside it or as TensorFlow's ε̂ moves a parameter by less than 1e-4 here.
  private static let near = Acceptance.near(relative: 1e-4, absolute: 1e-6)

  /// Whether the draws of `fit` make any difference, then losses and parameters, which are blank if so.
  static func trained(_ subject: Subject, _ training: Training) -> [Block] {
    let blocks = outcome(of: subject, training)
    if training.batchSize < training.examples.labels.count { return blocks }
    var other = training
    (other.seed, other.epochs, other.calls) = (~training.seed, min(1, training.epochs), 1)
    let firstLosses = [blocks, outcome(of: subject, other)]
      .compactMap { $0[0].value.elements.first }.filter(\.isFinite)
    let isSame =
      firstLosses.count < 2
      || abs(firstLosses[0] - firstLosses[1]) <= 1e-9 * abs(firstLosses[0])
    let answer =
      isSame
      ? blocks
      : blocks.map { Block($0.name, $0.value.map { _ in 0 }, acceptance: $0.acceptance) }
    return [Block("first losses that depend on the generator", isSame ? 0 : 1)] + answer
  }

  private static func outcome(of subject: Subject, _ training: Training) -> [Block] {
    var network = network(subject, training.layers)
    var generator = SeededGenerator(seed: training.seed)
    var losses: [Double] = []
    for _ in 0..<training.calls {
      losses += network.fit(
        training.examples.inputs, labels: training.examples.labels, epochs: training.epochs,
        batchSize: training.batchSize, learningRate: training.learningRate, using: &generator)
    }
    let curve = Block(
      "losses", Matrix(rows: 1, columns: losses.count, elements: losses), axes: "one an epoch",
      acceptance: training.hugeLoss.map { .between($0, noise: 1e-6) } ?? near)
    let parameters = network.layers.enumerated().reversed().flatMap { index, layer in
      [
        Block(Numbers.subscripted("W", index + 1), layer.weights, acceptance: near),
        Block(Numbers.subscripted("b", index + 1), layer.biases, acceptance: near),
      ]
    }
    if training.hugeLoss != nil {
      let unreal = parameters.reduce(0) { $0 + $1.value.elements.count { !$0.isFinite } }
      return [curve, Block("parameters that are no numbers", Double(unreal))]
    }
    guard let test = training.test else { return [curve] + parameters }
    let accuracy = network.accuracy(on: test.inputs, labels: test.labels)
    return [curve] + parameters + [Block("accuracy on other rows", accuracy)]
  }

  // MARK: Shuffling

  /// The orders in which 24 calls, and the second epochs of 12, take four rows two at a time, told from
  /// their losses; nothing where a whole batch does not go right yet.
  static func orders(_ subject: Subject, _ training: Training, _ whole: Training) -> [Block] {
    let truth = trained(reference(making: []), whole)
    if trained(subject, whole).finding(against: truth) != nil { return [] }

    let orders = Orders(of: training)
    var (areExplained, areNew) = (true, false)
    var firstLosses: [Double] = []
    for run in 0..<24 as Range<UInt64> {
      var network = network(subject, training.layers)
      var generator = SeededGenerator(seed: training.seed &+ run)
      let epochs = run < 12 ? 2 : 1
      let losses = network.fit(
        training.examples.inputs, labels: training.examples.labels, epochs: epochs,
        batchSize: training.batchSize, learningRate: training.learningRate, using: &generator)
      guard losses.count == epochs else { return [] }
      let order = orders.order(with: losses[0])
      areExplained = areExplained && order != nil
      areNew = areNew || epochs == 2 && !orders.isRepeated(order, with: losses[1])
      if !firstLosses.contains(where: { abs($0 - losses[0]) < 1e-9 }) {
        firstLosses.append(losses[0])
      }
    }
    return Orders.blocks(
      areExplained: areExplained, different: min(6, firstLosses.count), areNew: areNew)
  }

  /// Two pairs of rows: in which of six ways the first epoch took them, and whether the second did so
  /// again.
  struct Orders {
    private var first: [Double] = []
    private var repeated: [Double] = []

    init(of training: Training) {
      for pair in [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] {
        let order = [pair, (0..<4).filter { !pair.contains($0) }]
        var network = Reference(training.layers)
        var adam = Reference.Adam(for: network)
        first.append(network.loss(ofEpoch: order, in: training, &adam))
        repeated.append(network.loss(ofEpoch: order, in: training, &adam))
      }
    }

    private func isSame(_ loss: Double, _ expected: Double) -> Bool {
      abs(loss - expected) <= 1e-3 * expected
    }

    func order(with loss: Double) -> Int? {
      first.indices.min { abs(first[$0] - loss) < abs(first[$1] - loss) }
        .flatMap { isSame(loss, first[$0]) ? $0 : nil }
    }

    func isRepeated(_ order: Int?, with loss: Double) -> Bool {
      order.map { isSame(loss, repeated[$0]) } ?? false
    }

    /// Of 24 draws from six there are fewer than three different ones once in 10¹⁰.
    static func blocks(areExplained: Bool, different: Int, areNew: Bool) -> [Block] {
      [
        Block("all rows once in every epoch", areExplained ? 1 : 0),
        Block(
          "different orders in 24 epochs", Double(different),
          acceptance: .between(3...6, noise: 0.1)),
        Block("second epochs in an order of their own", areNew ? 1 : 0),
      ]
    }
  }
}

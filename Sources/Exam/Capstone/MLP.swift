package import KataKit

package enum MLPExam: Exam {
  /// Makes a network of the given widths and activations with a generator.
  package typealias Subject = ([Int], [LayerActivation], inout SeededGenerator) -> any MLPKata

  /// What is asked; the labels that a prediction is compared to are not told.
  package enum Fixture: Codable, Sendable {
    /// The layers as drawn with a seed, and with another one.
    case start(widths: [Int], activations: [LayerActivation], seed: UInt64)
    case prediction(layers: [DenseLayer], activations: [LayerActivation], inputs: Matrix)
    case accuracy(layers: [DenseLayer], examples: Examples)
    case training(Training)
    /// The losses of 24 trainings, each with a seed of its own.
    case shuffling(Training)
    case lesson(Lesson)
  }

  /// A call of `fit`, or several, from given parameters.
  package struct Training: Codable, Sendable {
    package var layers: [DenseLayer]
    /// ReLU unless something else is set.
    package var activations: [LayerActivation]
    package var examples: Examples
    /// Where it is asked afterward how many other rows are right.
    package var others: Examples?
    package var epochs: Int
    package var batchSize: Int
    package var optimizer = UpdateRule.adam
    package var learningRate = 0.05
    package var calls = 1
    package var seed: UInt64

    package init(
      layers: [DenseLayer], examples: Examples, epochs: Int, batchSize: Int, seed: UInt64
    ) {
      self.layers = layers
      activations = .relu(between: layers.count)
      self.examples = examples
      self.epochs = epochs
      self.batchSize = batchSize
      self.seed = seed
    }
  }

  /// A network drawn, trained and asked what it has learned.
  package struct Lesson: Codable, Sendable {
    package var widths: [Int]
    package var examples: Examples
    /// Inputs that it has not seen; none where only the losses are wanted.
    package var unseen: Matrix
    package var epochs: Int
    package var batchSize: Int
    package var learningRate: Double
    package var seed: UInt64

    package init(
      widths: [Int], examples: Examples, unseen: Matrix, epochs: Int, batchSize: Int,
      learningRate: Double, seed: UInt64
    ) {
      self.widths = widths
      self.examples = examples
      self.unseen = unseen
      self.epochs = epochs
      self.batchSize = batchSize
      self.learningRate = learningRate
      self.seed = seed
    }
  }

  package typealias Script = Whole

  package static let name = "mlp"
  package static let type = "MLP"

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any MLPKata.Type else { return nil }
    return { widths, activations, generator in
      type.init(widths: widths, activations: activations, using: &generator)
    }
  }

  package static func answer(
    of subject: Subject, to script: Script, on fixture: Fixture
  ) -> [Part] {
    switch fixture {
    case .start(let widths, let activations, let seed):
      return layers(of: subject, widths, activations, seed: seed)
        + layers(of: subject, widths, activations, seed: ~seed).map {
          Part("another " + $0.name, $0.value)
        }
    case .prediction(let layers, let activations, let inputs):
      return [classes(network(subject, layers, activations).predict(inputs))]
    case .accuracy(let layers, let examples):
      let network = network(subject, layers, .relu(between: layers.count))
      return [Part("accuracy", network.accuracy(on: examples.inputs, labels: examples.labels))]
    case .training(let training): return outcome(of: subject, training)
    case .shuffling(var training):
      return (0..<24).map { run in
        training.epochs = run < 12 ? 2 : 1
        defer { training.seed &+= 1 }
        return fitted(subject, training).losses
      }
    case .lesson(let lesson): return outcome(of: subject, lesson)
    }
  }

  private static func layers(
    of subject: Subject, _ widths: [Int], _ activations: [LayerActivation], seed: UInt64
  ) -> [Part] {
    var generator = SeededGenerator(seed: seed)
    return parts(of: subject(widths, activations, &generator).layers)
  }

  private static func parts(of layers: [DenseLayer]) -> [Part] {
    layers.flatMap { [Part("weights", $0.weights), Part("biases", $0.biases)] }
  }

  private static func classes(_ classes: [Int]) -> Part {
    let row = Matrix(rows: 1, columns: classes.count, elements: classes.map(Double.init))
    return Part("predicted classes", row, axes: "one per row")
  }

  /// A network of the given parameters.
  private static func network(
    _ subject: Subject, _ layers: [DenseLayer], _ activations: [LayerActivation]
  ) -> any MLPKata {
    var generator = SeededGenerator(seed: 0)
    let widths = [layers[0].weights.rows] + layers.map(\.biases.columns)
    var network = subject(widths, activations, &generator)
    network.layers = layers
    return network
  }

  private static func fitted(
    _ subject: Subject, _ training: Training
  ) -> (network: any MLPKata, losses: Part) {
    var network = network(subject, training.layers, training.activations)
    var generator = SeededGenerator(seed: training.seed)
    var losses: [Double] = []
    for _ in 0..<training.calls {
      losses += network.fit(
        training.examples.inputs, labels: training.examples.labels, epochs: training.epochs,
        batchSize: training.batchSize, optimizer: training.optimizer,
        learningRate: training.learningRate, using: &generator)
    }
    return (network, self.losses(losses))
  }

  private static func losses(_ losses: [Double]) -> Part {
    let row = Matrix(rows: 1, columns: losses.count, elements: losses)
    return Part("losses", row, axes: "one per epoch")
  }

  /// Losses and parameters, and the losses of one epoch with other draws.
  private static func outcome(of subject: Subject, _ training: Training) -> [Part] {
    let (network, losses) = fitted(subject, training)
    var parts = [losses] + parts(of: network.layers)
    if let others = training.others {
      parts.append(
        Part("accuracy on other rows", network.accuracy(on: others.inputs, labels: others.labels)))
    }
    var other = training
    (other.seed, other.epochs, other.calls) = (~training.seed, min(1, training.epochs), 1)
    return parts + [Part("losses with other draws", fitted(subject, other).losses.value)]
  }

  /// Losses, the classes of what it has not seen, and its accuracy there, were every third of these
  /// classes wrong.
  private static func outcome(of subject: Subject, _ lesson: Lesson) -> [Part] {
    var generator = SeededGenerator(seed: lesson.seed)
    var network = subject(lesson.widths, .relu(between: lesson.widths.count - 1), &generator)
    let losses = network.fit(
      lesson.examples.inputs, labels: lesson.examples.labels, epochs: lesson.epochs,
      batchSize: lesson.batchSize, optimizer: .adam, learningRate: lesson.learningRate,
      using: &generator)
    guard lesson.unseen.rows > 0 else { return [self.losses(losses)] }
    let predicted = network.predict(lesson.unseen)
    let parts = [self.losses(losses), classes(predicted)]
    let count = lesson.widths[lesson.widths.count - 1]
    guard predicted.count == lesson.unseen.rows, predicted.allSatisfy((0..<count).contains) else {
      return parts
    }
    let labels = predicted.enumerated().map { $0 % 3 == 0 ? ($1 + 1) % count : $1 }
    return parts + [
      Part("accuracy", network.accuracy(on: lesson.unseen, labels: labels))
    ]
  }
}

extension [LayerActivation] {
  /// ReLU for every hidden layer of that many layers.
  package static func relu(between layers: Int) -> [LayerActivation] {
    Array(repeating: .relu, count: layers - 1)
  }
}

import Exam
import Grading
import KataKit
import SharedAnswers

/// Trainings whose course is the point.
extension MLPSuite {
  /// Equal rows, a start that is nearly the best there is, and steps so large that the loss climbs to more
  /// than ten times its first value and never comes back.
  static let climbing = Case<Fixture>("loss that climbs") { generator in
    let widths = generator.sizes(2, in: 3...7)
    while true {
      let training = MLPExam.Training.draw(widths: widths, epochs: 1, using: &generator).climbing
      if training.climbs { return .training(training) }
    }
  }

  /// Every row is read right with a loss of 1e-4 and less, which no step changes.
  static let learned = Case<Fixture>("nothing to learn") { generator in
    let widths = generator.sizes(2, in: 3...7)
    while true {
      var training = MLPExam.Training.draw(widths: widths, epochs: 4, using: &generator)
      let logits = Mathematics.logits(training.examples.inputs, through: training.layers)
      training.examples.labels = logits.argmax(axis: 1)
      let targets = Matrix.identity(logits.columns).gather(rows: training.examples.labels)
      let margin = (logits.max(axis: 1) - (logits - 1e9 * targets).max(axis: 1)).min()
      if margin < 0.3 { continue }
      training.layers[0].weights *= 11 / margin
      training.layers[0].biases *= 11 / margin
      training.learningRate = 1e-6
      return .training(training)
    }
  }

  /// Equal inputs of which the first half is of one class and the second of the other: what is learned of
  /// the one has to be unlearned where rows do not come from all over.
  static let sorted = Case<Fixture>("rows sorted by class") { generator in
    .training(
      MLPExam.Training(
        layers: [DenseLayer(weights: Matrix(rows: 1, columns: 2), biases: [[0, 0]])],
        examples: Examples(
          inputs: Matrix(rows: 400, columns: 1) + Double.random(in: 0.9...1.1, using: &generator),
          labels: (0..<400).map { $0 / 200 }),
        epochs: 2, batchSize: 8, seed: generator.next()))
  }
}

extension MLPExam.Training {
  /// Whether the first of two classes comes before the second.
  var isSorted: Bool { examples.labels.count > 300 && batchSize == 8 }

  /// Whether the loss is so much larger later on.
  var isClimbing: Bool { learningRate == 5 }

  /// Every row is the first, and the biases are near those of the shares of the classes.
  fileprivate var climbing: Self {
    var training = self
    training.examples.inputs = examples.inputs.gather(rows: examples.labels.map { _ in 0 })
    let logits = training.examples.inputs.row(0).matmul(layers[0].weights)
    let counts = layers[0].biases.elements.indices.map { label in
      0.5 + Double(examples.labels.count { $0 == label })
    }
    training.layers[0].biases = 0.2 * layers[0].biases - logits + log(Matrix([counts]))
    (training.learningRate, training.epochs) = (5, 14)
    return training
  }

  /// Whether it climbs, and where ε is added makes no difference.
  fileprivate var climbs: Bool {
    var (network, other) = (MLPSuite.Reference(self), MLPSuite.Reference(self))
    var memory = MLPSuite.Reference.Memory(for: network)
    var otherMemory = MLPSuite.Reference.Memory(for: other, epsilon: 1e-6)
    let rows = [Array(examples.labels.indices)]
    var losses: [Double] = []
    for _ in 0..<epochs {
      losses.append(network.loss(ofEpoch: rows, in: self, &memory))
      _ = other.loss(ofEpoch: rows, in: self, &otherMemory)
      if losses[losses.count - 1] < losses[0] { return false }
    }
    let weights = network.layers[0].weights
    return abs(weights - other.layers[0].weights).max() < 5e-3 * abs(weights).max()
      && losses.dropLast().contains { $0 > 10 * losses[0] }
      && losses.dropFirst().allSatisfy { $0 > 1.01 * losses[0] }
  }
}

package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

package enum MLPSuite: Suite {
  package typealias Paper = MLPExam

  package static let kata = Kata(
    Paper.self, title: "a classifier from nothing, on handwritten digits", track: .capstone,
    minutes: 45, patience: 10,
    additions: [
      Addition(
        "init(widths:activations:using:)",
        """
        init(widths:activations:using:) is told the activation of every hidden layer, \
        .relu or .sigmoid.
        """),
      Addition(
        "fit(_:labels:epochs:batchSize:optimizer:learningRate:using:)",
        """
        fit(_:labels:epochs:batchSize:optimizer:learningRate:using:) is told the optimizer, \
        .sgd, .momentum or .adam.
        """),
    ])

  /// Of the digits that are asked for last, nothing: what was read is compared to their labels. Nor of what
  /// depends on the draws.
  package static func truth(of fixture: Fixture, to script: Script) -> [Part] {
    if case .lesson(let lesson) = fixture, lesson.unseen.rows > 0 { return [] }
    if case .training(let training) = fixture, training.isSorted { return [] }
    return Paper.answer(of: reference(making: []), to: script, on: fixture)
  }

  package static func form(
    of fixture: Fixture, to script: Script, truth: [Part]
  ) -> [PartForm] {
    func row(_ name: String, _ count: Int) -> PartForm {
      PartForm(name, Shape(rows: 1, columns: count))
    }
    switch fixture {
    case .lesson(let lesson) where truth.isEmpty:
      return [
        row("losses", lesson.epochs), row("predicted classes", lesson.unseen.rows),
        row("accuracy", 1),
      ]
    case .training(let training) where truth.isEmpty:
      let layers = training.layers.flatMap {
        [PartForm("weights", $0.weights.shape), PartForm("biases", $0.biases.shape)]
      }
      return [row("losses", training.epochs * training.calls)] + layers
        + (training.others == nil ? [] : [row("accuracy on other rows", 1)])
        + [row("losses with other draws", min(1, training.epochs))]
    default: return truth.map { PartForm($0) }
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    switch fixture {
    case .start, .shuffling, .lesson: []
    case .prediction(let layers, _, let inputs): quantities(rows: inputs.rows, layers)
    case .accuracy(let layers, let examples): quantities(rows: examples.labels.count, layers)
    case .training(let training):
      quantities(rows: training.examples.labels.count, training.layers)
    }
  }

  private static func quantities(rows: Int, _ layers: [DenseLayer]) -> [Quantity] {
    let classes = layers.last?.biases.columns ?? 1
    return [
      Quantity(rows, "there are \(rows) rows"), Quantity(classes, "there are \(classes) classes"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: shapes),
      .property(
        "generator", on: shapes, holds: "another one gives other weights",
        comparing: { ($0.blocks, $0.truth) }),
      .property(
        weights.name, on: weights, holds: "mean 0, variance 2/fanIn, drawn from the generator",
        comparing: { ($0.blocks, $0.truth) }),
      .reference(on: prediction),
      .reference(on: negativePrediction),
      .reference(on: oneRow),
      .reference(on: hugePrediction),
      .reference(on: mixedPrediction),
      .reference(on: scoring),
      wholeBatch,
      .reference(on: deep),
      .reference(on: mixed),
      .reference(on: plainDescent),
      .reference(on: momentum),
      .reference(on: narrow),
      .reference(on: oneExample),
      .reference(on: noHiddenLayer),
      .reference(on: climbing),
      .reference(on: learned),
      .reference(on: largeInputs),
      .reference(on: hugeInputs),
      tinyGradients,
      .reference(on: unevenBatches),
      .reference(on: batchesOfOne),
      .reference(on: manyRows),
      .reference(on: oneInput),
      .reference(on: twoCalls),
      .reference(on: largeBatch),
      .reference(on: noEpoch),
      .reference(on: hugeTraining),
      shuffled,
      shuffledAllOver,
      digitsAreRead,
    ]
  }

  // MARK: Checks that ask more

  /// Where all rows are one batch, their order makes no difference; nor do the draws that make it.
  private static let wholeBatch = Check<Self>("whole batch", on: whole) {
    (answered) throws(Finding) in
    if answered.blocks.first?.value.elements == [1] {
      throw Finding(
        "the first loss depends on the generator, though all rows are one batch",
        pattern: "The order of the rows is all that may be drawn, and a mean does not depend on it."
      )
    }
    if let finding = answered.blocks.finding(
      against: answered.truth, quantities: quantities(of: answered.fixture))
    {
      throw finding
    }
    return "losses and parameters agree with the reference"
  }

  /// Where ε is added, and how large it is, only shows for gradients near it; wherever that is, it is 1e-8.
  private static let tinyGradients = Check<Self>(tinyInputs.name, on: tinyInputs) {
    (answered) throws(Finding) in
    guard case .training(let training) = answered.fixture,
      let before = training.layers.first?.weights
    else { return nil }
    let after = answered.parts.value("weights")
    guard after.shape == before.shape else {
      throw answered.blocks.finding(against: answered.truth) ?? Finding("the shapes are wrong")
    }
    let move = (before - after) / training.learningRate
    let g = training.firstGradient
    let (v, epsilon, correction) = (g * g, 1e-8, 1 - 0.999)
    let divisors = [
      sqrt(v) + epsilon, sqrt(v) + epsilon / correction.squareRoot(), sqrt(v + epsilon),
      sqrt(v + epsilon / correction), sqrt(v + epsilon * epsilon),
    ]
    guard divisors.contains(where: { abs(move - g / $0).max() <= 1e-6 }) else {
      let difference = abs(move - g / divisors[0]).max() / abs(g / divisors[0]).max()
      throw Finding(
        "a step of gradients near ε is \(Numbers.brief(100 * difference, digits: 2))% off",
        pattern: "There ε is 1e-8, the batch's mean counts, and nothing is cut.")
    }
    return "a step of gradients near ε has an ε of 1e-8"
  }

  /// An order shows in the losses only once a whole batch goes right.
  private static let shuffled = Check<Self>("shuffling", on: shuffling) {
    (runs) throws(Finding) in
    if let finding = runs.blocks.finding(against: runs.truth) { throw finding }
    return "every epoch takes every row once, in a new order"
  }.waiting(for: wholeBatch.name)

  /// The largest loss of an epoch in 3000 orders was 0.734, and the least of all rows in their own order 1.05;
  /// with a shuffle buffer of 128 rows it was 0.89.
  private static let shuffledAllOver = Check<Self>(sorted.name, on: sorted) {
    (answered) throws(Finding) in
    let losses = ["losses", "losses with other draws"].flatMap {
      answered.parts.value($0).elements
    }
    guard losses.count >= 2, losses.allSatisfy({ $0 <= 0.85 }) else {
      throw Finding(
        "an epoch has a loss of \(Numbers.brief(losses.max() ?? .nan)), expected 0.85 at most",
        pattern: "Rows of one class still come together; every epoch shuffles all its rows.")
    }
    return "rows of one class do not come together"
  }.waiting(for: wholeBatch.name)

  /// The solution reached between 95.1% and 98.5% with 100 seeds, 97.0% being the median.
  private static let demanded = 0.93

  private static let digitsAreRead = Check<Self>("handwritten digits", on: digits) {
    (answered) throws(Finding) in
    guard case .lesson(let lesson) = answered.fixture else { return nil }
    let losses = answered.parts.value("losses").elements
    guard losses.count == lesson.epochs, losses.allSatisfy({ $0 > 0 }) else {
      throw Finding(
        "fit returned \(losses.count { $0 > 0 }) losses above 0, expected \(lesson.epochs)",
        pattern: "It has to go on to the last epoch, however small the loss is by then.")
    }
    let predicted = answered.parts.value("predicted classes").elements
    let labels = Digits.labels(of: lesson.unseen)
    let right = zip(predicted, labels).count { $0 == $1.map(Double.init) }
    let share = Double(right) / Double(labels.count)
    let text = "\(Numbers.brief(100 * share, digits: 3))% of \(labels.count) new images"
    guard share >= demanded else {
      throw Finding(
        "\(text) are read right, and \(Numbers.brief(100 * demanded))% are asked for",
        pattern: "Every part is right on small examples; look at what only shows on many.")
    }
    // One label in three was not that of what was predicted.
    let accuracy = answered.parts.number("accuracy")
    let expected = Double(labels.count - (labels.count + 2) / 3) / Double(labels.count)
    guard abs(accuracy - expected) < 1e-9 else {
      throw Finding(
        "accuracy says \(Numbers.brief(accuracy)), and predict \(Numbers.brief(expected))")
    }
    return "\(text) are read right"
  }.afterTheRest

  // MARK: Pictures

  package static var pictures: [PictureQuestion<Self>] {
    [
      PictureQuestion(on: fewDigits, to: .everything) { answered in
        .curve(
          title: "loss on 400 handwritten digits, epoch by epoch",
          yours: answered.parts.value("losses").elements,
          expected: answered.trueParts.value("losses").elements)
      }
    ]
  }
}

import Exam
import Grading
import KataKit

extension TrainingLoopSuite {
  static let first = Case<Fixture>("one epoch") { .draw(epochs: 1, using: &$0) }

  static let several = Case<Fixture>("several epochs") { generator in
    .draw(epochs: generator.size(in: 5...7), using: &generator)
  }

  static let none = Case<Fixture>("no epoch") { .draw(epochs: 0, using: &$0) }

  static let oneRow = Case<Fixture>("single row") { .draw(rows: 1, epochs: 3, using: &$0) }

  static let xor = Case<Fixture>("XOR") {
    .xor(copies: 1, noise: 0, epochs: 20, learningRate: 2, using: &$0)
  }

  /// For looking at.
  static let longXOR = Case<Fixture>("XOR, 200 epochs") {
    .xor(copies: 1, noise: 0, epochs: 200, learningRate: 1, using: &$0)
  }

  static let noisyXOR = Case<Fixture>("noisy XOR") {
    .xor(copies: 50, noise: 0.15, epochs: 3, learningRate: 1, using: &$0)
  }

  /// Logits of ±40 and beyond, all on the right side: nothing moves any more, and no epoch is left out.
  static let learned = Case<Fixture>("nothing to learn") { generator in
    var fixture = Fixture.draw(epochs: 4, nearestLogit: 0.2, stretchedTo: 40, using: &generator)
    fixture.learningRate = 0.01
    return fixture
  }

  /// Logits of ±800 and beyond, where p is exactly 0 or 1; all rows but one are on the right side.
  static let saturated = Case<Fixture>("huge logits") { generator in
    var fixture = Fixture.draw(epochs: 1, nearestLogit: 0.05, stretchedTo: 800, using: &generator)
    fixture.targets[0, 0] = 1 - fixture.targets[0, 0]
    return fixture
  }
}

extension TrainingLoopExam.Fixture {
  /// Targets of both kinds where there are rows enough, and probabilities that no clipping touches.
  static func draw(
    rows: Int? = nil, epochs: Int, using generator: inout FixtureGenerator
  ) -> Self {
    let sizes = generator.sizes(3)
    return draw([rows ?? sizes[0], sizes[1], sizes[2]], epochs: epochs, using: &generator)
  }

  /// No logit is nearer to 0 than `nearestLogit` before the output layer is stretched; then each is as the
  /// targets have it.
  static func draw(
    epochs: Int, nearestLogit: Double, stretchedTo size: Double,
    using generator: inout FixtureGenerator
  ) -> Self {
    let sizes = generator.sizes(3)
    while true {
      var fixture = draw(sizes, epochs: epochs, using: &generator)
      let nearest = abs(fixture.logits).min()
      guard nearest > nearestLogit else { continue }
      fixture.targets = (fixture.logits .> 0)
      fixture.output.weights *= size / nearest
      fixture.output.biases *= size / nearest
      return fixture
    }
  }

  /// Of rows, inputs and hidden units.
  private static func draw(
    _ sizes: [Int], epochs: Int, using generator: inout FixtureGenerator
  ) -> Self {
    while true {
      let fixture = Self(
        hidden: .draw(sizes[1], sizes[2], spread: 0.7, using: &generator),
        output: .draw(sizes[2], 1, spread: 0.7, using: &generator),
        inputs: .normal(rows: sizes[0], columns: sizes[1], using: &generator),
        targets: Matrix(
          rows: sizes[0], columns: 1,
          elements: (0..<sizes[0]).map { $0 % 3 == 0 ? 1 : 0 }.shuffled(using: &generator)),
        epochs: epochs)
      if abs(fixture.logits).max() < 1.5 { return fixture }
    }
  }

  /// The corners of the unit square, each `copies` times with normal noise, and eight hidden units.
  static func xor(
    copies: Int, noise: Double, epochs: Int, learningRate: Double,
    using generator: inout FixtureGenerator
  ) -> Self {
    let corners: Matrix = [[0, 0], [0, 1], [1, 0], [1, 1]]
    let rows = (0..<copies).flatMap { _ in 0..<4 }.shuffled(using: &generator)
    let points = Matrix.normal(
      rows: rows.count, columns: 2, standardDeviation: noise, using: &generator)
    return Self(
      hidden: .draw(2, 8, spread: 1, using: &generator),
      output: .draw(8, 1, spread: 0.5, using: &generator),
      inputs: corners.gather(rows: rows) + points,
      targets: ([[0], [1], [1], [0]] as Matrix).gather(rows: rows),
      learningRate: learningRate, epochs: epochs)
  }

  // MARK: What is true of it

  var logits: Matrix {
    tanh(inputs.matmul(hidden.weights) + hidden.biases).matmul(output.weights) + output.biases
  }

  /// The mean binary cross-entropy.
  var loss: Double {
    let z = logits
    return (maximum(z, 0) + log(exp(-abs(z)) + 1) - targets * z).mean()
  }

  /// Where p is exactly 0 or 1, what may come of the row on the wrong side: 16.1 where p is clipped at
  /// 1e-7, and where it is not, its logit.
  var saturatedLoss: Acceptance? {
    guard epochs == 1, abs(output.weights).max() > 100 else { return nil }
    let rows = Double(inputs.rows)
    return .between(16 / rows...(abs(logits).max() + 10) / rows, noise: 1e-6)
  }
}

extension DenseLayer {
  /// Weights and biases of one spread, so that no bias is zero.
  fileprivate static func draw(
    _ fanIn: Int, _ fanOut: Int, spread: Double, using generator: inout FixtureGenerator
  ) -> DenseLayer {
    DenseLayer(
      weights: .normal(rows: fanIn, columns: fanOut, standardDeviation: spread, using: &generator),
      biases: .normal(rows: 1, columns: fanOut, standardDeviation: spread, using: &generator))
  }
}

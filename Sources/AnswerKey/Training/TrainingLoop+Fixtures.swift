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

  /// Weights that are a row, and a column.
  static let oneInput = Case<Fixture>("single input") { generator in
    let sizes = generator.sizes(2)
    return .draw([sizes[0], 1, sizes[1]], epochs: 3, using: &generator)
  }

  /// Weights that are a column, and a single entry.
  static let oneUnit = Case<Fixture>("single hidden unit") { generator in
    let sizes = generator.sizes(2)
    return .draw([sizes[0], sizes[1], 1], epochs: 3, using: &generator)
  }

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

  /// So long that a rate that decays, or a bound for the epochs, shows.
  static let long = Case<Fixture>("many epochs") {
    .xor(copies: 1, noise: 0, epochs: 150, learningRate: 0.5, using: &$0)
  }

  /// Steps so large that the loss climbs to more than ten times its first value and comes back to none as
  /// small: whoever stops at a loss that rises, or returns the best parameters, goes another way.
  static let climbing = Case<Fixture>("loss that climbs") { .climbing(using: &$0) }

  /// Logits of ±40 and beyond, all on the right side: nothing moves any more, and no epoch is left out.
  static let learned = Case<Fixture>("nothing to learn") { generator in
    var fixture = Fixture.draw(epochs: 4, nearestLogit: 0.2, stretchedTo: 40, using: &generator)
    fixture.learningRate = 1e-6
    return fixture
  }

  /// Logits of ±15 and beyond, all on the right side, and steps so large that errors of 1e-6 and less show.
  static let nearlyLearned = Case<Fixture>("little to learn") { generator in
    var fixture = Fixture.draw(epochs: 1, nearestLogit: 0.2, stretchedTo: 15, using: &generator)
    fixture.learningRate = 1e5
    return fixture
  }

  /// Logits of 11 to 14, all on the wrong side: a loss that is cut off shows.
  static let mistaken = Case<Fixture>("everything wrong") { generator in
    var fixture = Fixture.draw(epochs: 1, using: &generator)
    fixture.output.biases += 12.5
    fixture.targets *= 0
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

  /// All rows but one are on the right side before the output layer is stretched; drawn until the course
  /// does not magnify rounding more than a hundredfold.
  fileprivate static func climbing(using generator: inout FixtureGenerator) -> Self {
    let sizes = generator.sizes(3)
    while true {
      var fixture = draw(sizes, epochs: 12, using: &generator)
      let logits = fixture.logits
      fixture.targets = (logits .> 0)
      let nearest = (-abs(logits)).argmax(axis: 0)[0]
      fixture.targets[nearest, 0] = 1 - fixture.targets[nearest, 0]
      fixture.output.weights *= 10
      fixture.output.biases *= 10
      fixture.learningRate = 20
      if fixture.climbs, fixture.isSteady { return fixture }
    }
  }

  /// Of rows, inputs and hidden units.
  fileprivate static func draw(
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
  var loss: Double { terms.mean() }

  private var terms: Matrix {
    let z = logits
    return maximum(z, 0) + log(exp(-abs(z)) + 1) - targets * z
  }

  /// Where large logits are on the wrong side in the only epoch, what the loss may be: a row may have 16
  /// for more, as p may be clipped at 1e-7.
  var lossOfLargeLogits: ClosedRange<Double>? {
    guard epochs == 1, !isNearlyLearned, abs(logits).min() > 10 else { return nil }
    let terms = self.terms
    return 0.985 * minimum(terms, 16).mean()...1.0001 * terms.mean()
  }

  var isClimbing: Bool { learningRate == 20 }
  var isNearlyLearned: Bool { learningRate > 1e3 }
  var isLearned: Bool { learningRate < 1e-3 }

  /// How far W₂, b₂, W₁ and b₁ move where p, clipped at 1e-7, is off by as much in every row.
  var reachOfClipping: [Double] {
    let a = tanh(inputs.matmul(hidden.weights) + hidden.biases)
    let delta = 0 * targets + 1.2e-7 / Double(inputs.rows)
    let below = delta.matmul(abs(output.weights).transposed) * (1 - a * a)
    return [
      abs(a).transposed.matmul(delta), delta.sum(axis: 0), abs(inputs).transposed.matmul(below),
      below.sum(axis: 0),
    ].map { learningRate * $0.max() }
  }

  /// W₂, b₂, W₁ and b₁.
  var parametersAfterward: [Matrix] {
    let run = run
    return [run.output.weights, run.output.biases, run.hidden.weights, run.hidden.biases]
  }

  private var run: TrainingRun {
    TrainingLoopSuite.reference(making: []).train(
      hidden: hidden, output: output, inputs: inputs, targets: targets, learningRate: learningRate,
      epochs: epochs)
  }

  private var climbs: Bool {
    let losses = run.losses
    let rest = losses.dropFirst()
    guard let least = rest.min(), let last = losses.last else { return false }
    return least > 1.1 * losses[0] && last > 1.1 * losses[0]
      && rest.dropLast().contains { $0 > 10 * losses[0] }
  }

  private var isSteady: Bool {
    var moved = self
    moved.hidden.weights *= 1 + 1e-9
    let (one, other) = (run, moved.run)
    func isNear(_ one: DenseLayer, _ other: DenseLayer) -> Bool {
      let difference: Matrix = abs(one.weights - other.weights)
      return difference.max() < 1e-7 * abs(one.weights).max()
    }
    return isNear(one.hidden, other.hidden) && isNear(one.output, other.output)
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

package import Grading
package import KataKit

extension TrainingLoopSuite {
  static let first = Case<Fixture>("one epoch") { .draw(epochs: 1, using: &$0) }

  static let several = Case<Fixture>("several epochs") { generator in
    .draw(epochs: generator.sizes(1, in: 5...7)[0], using: &generator)
  }

  static let none = Case<Fixture>("no epoch") { .draw(epochs: 0, using: &$0) }

  static let oneRow = Case<Fixture>("single row") { .draw(rows: 1, epochs: 3, using: &$0) }

  static let xor = Case<Fixture>("XOR") {
    .xor(copies: 1, noise: 0, epochs: 20, learningRate: 2, using: &$0)
  }

  static let noisyXOR = Case<Fixture>("noisy XOR") {
    .xor(copies: 50, noise: 0.15, epochs: 3, learningRate: 1, using: &$0)
  }

  /// Logits of ±40 and beyond, all on the right side: nothing moves any more, and no epoch is left out.
  static let learned = Case<Fixture>("nothing to learn") { generator in
    while true {
      var fixture = Fixture.draw(epochs: 4, using: &generator)
      let logits = logits(fixture.inputs, fixture.hidden, fixture.output)
      let nearest = abs(logits).min()
      guard nearest > 0.2 else { continue }
      fixture.output.weights *= 40 / nearest
      fixture.output.biases *= 40 / nearest
      fixture.targets = (logits .> 0)
      fixture.learningRate = 0.01
      return fixture
    }
  }

  /// Logits of ±800 and beyond, where p is exactly 0 or 1; all rows but one are on the right side.
  static let saturated = Case<Fixture>("huge logits") { generator in
    while true {
      var fixture = Fixture.draw(epochs: 1, using: &generator)
      let logits = logits(fixture.inputs, fixture.hidden, fixture.output)
      let nearest = abs(logits).min()
      guard nearest > 0.05 else { continue }
      fixture.output.weights *= 800 / nearest
      fixture.output.biases *= 800 / nearest
      fixture.targets = (logits .> 0)
      fixture.targets[0, 0] = 1 - fixture.targets[0, 0]
      // Clipped at 1e-7 it is 16.1 that the one row costs, and unclipped its logit.
      let rows = Double(logits.rows)
      let most = 800 / nearest * abs(logits).max() + 10
      fixture.loss = .between(16 / rows...most / rows, noise: 1e-6)
      return fixture
    }
  }
}

extension TrainingLoopSuite.Fixture {
  /// Targets of both kinds where there are rows enough, and probabilities that no clipping touches.
  static func draw(
    rows: Int? = nil, epochs: Int, using generator: inout SeededGenerator
  ) -> Self {
    let sizes = generator.sizes(3)
    let (rows, inputs, units) = (rows ?? sizes[0], sizes[1], sizes[2])
    while true {
      let fixture = Self(
        hidden: .draw(inputs, units, spread: 0.7, using: &generator),
        output: .draw(units, 1, spread: 0.7, using: &generator),
        inputs: .normal(rows: rows, columns: inputs, using: &generator),
        targets: Matrix(
          rows: rows, columns: 1,
          elements: (0..<rows).map { $0 % 3 == 0 ? 1 : 0 }.shuffled(using: &generator)),
        epochs: epochs)
      let logits = TrainingLoopSuite.logits(fixture.inputs, fixture.hidden, fixture.output)
      if abs(logits).max() < 1.5 { return fixture }
    }
  }

  /// The corners of the unit square, each `copies` times with normal noise, and eight hidden units.
  static func xor(
    copies: Int, noise: Double, epochs: Int, learningRate: Double,
    using generator: inout SeededGenerator
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
}

extension DenseLayer {
  /// Weights and biases of one spread, so that no bias is zero.
  fileprivate static func draw(
    _ fanIn: Int, _ fanOut: Int, spread: Double, using generator: inout SeededGenerator
  ) -> DenseLayer {
    DenseLayer(
      weights: .normal(rows: fanIn, columns: fanOut, standardDeviation: spread, using: &generator),
      biases: .normal(rows: 1, columns: fanOut, standardDeviation: spread, using: &generator))
  }
}

// MARK: Pictures

extension TrainingLoopSuite {
  package static func pictures(of subject: any TrainingLoopKata, seed: UInt64) -> [Picture] {
    var fixture = xor.fixture(seed: seed)
    (fixture.learningRate, fixture.epochs) = (1, 200)
    let run = run(of: subject, on: fixture)
    let truth = self.run(of: reference(making: []), on: fixture)
    let curve = Picture.curve(
      title: "loss on XOR, epoch by epoch", yours: run.losses, expected: truth.losses)
    guard isTrainable(run, fixture) else { return [curve] }
    let (rows, columns) = (21, 42)
    // From 1.5 at the top to −0.5, and from −0.5 on the left to 1.5.
    let plane = (0..<rows).map { row in
      let points = Matrix(
        (0..<columns).map { column in
          [
            2 * Double(column) / Double(columns - 1) - 0.5,
            1.5 - 2 * Double(row) / Double(rows - 1),
          ]
        })
      return logits(points, run.hidden, run.output).map { 1 / (1 + exp(-$0)) }.elements
    }
    guard plane.joined().allSatisfy(\.isFinite) else { return [curve] }
    let title = "what your network says of the unit square and around it"
    return [curve, .plane(title: title, values: plane, boundary: 0.5)]
  }
}

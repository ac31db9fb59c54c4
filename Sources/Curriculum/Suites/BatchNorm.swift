package import Grading
package import KataKit

package enum BatchNormSuite: Suite {
  package struct Settings: Sendable {
    package var features: Int
    package var momentum = 0.1
    package var epsilon = 1e-5

    package init(features: Int) { self.features = features }
  }

  package typealias Subject = (Settings) -> any BatchNormKata

  /// Batches to train on by turns, then a step back from the last, then a batch to evaluate.
  package struct Fixture: Sendable {
    var settings: Settings
    var gamma: Matrix
    var beta: Matrix
    var batches: [Matrix]
    /// Of the last batch's shape; nil where no step back is asked for.
    var upstream: Matrix?
    var evaluation: Matrix
    /// How far from 0 the first batch is moved; elsewhere than at 0 nothing else is asked.
    var offset = 0.0
  }

  package static let kata = Kata(
    "batch-norm", type: "BatchNorm", requirement: "BatchNormKata",
    title: "batch normalisation and the way back through it", track: .regularisation,
    minutes: 25)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any BatchNormKata.Type else { return nil }
    return { type.init(features: $0.features, momentum: $0.momentum, epsilon: $0.epsilon) }
  }

  /// In order of time: every batch, the step back, the evaluation, and the same step back again.
  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    if fixture.offset != 0 { return [movesWithOffset(subject, fixture)] }
    var layer = layer(of: subject, for: fixture)
    var blocks = fixture.batches.isEmpty ? start(of: subject(fixture.settings)) : []
    for (index, batch) in fixture.batches.enumerated() {
      blocks.append(
        Block(name("Y", index), layer.forward(batch, isTraining: true), axes: "rows × features"))
      blocks += running(layer, name("after Y", index))
    }
    if let upstream = fixture.upstream { blocks += gradient(&layer, upstream) }
    blocks.append(
      Block("Y in evaluation", layer.forward(fixture.evaluation, isTraining: false)))
    blocks += running(layer, "after evaluation")
    if let upstream = fixture.upstream, upstream.rows == fixture.evaluation.rows {
      blocks += gradient(&layer, upstream, " after evaluation")
    }
    return blocks
  }

  private static let outputs = ["Y₁", "Y₂", "Y₃"]

  private static func name(_ symbol: String, _ index: Int) -> String {
    Numbers.subscripted(symbol, index + 1)
  }

  private static func layer(of subject: Subject, for fixture: Fixture) -> any BatchNormKata {
    var layer = subject(fixture.settings)
    layer.gamma = fixture.gamma
    layer.beta = fixture.beta
    return layer
  }

  private static func start(of layer: any BatchNormKata) -> [Block] {
    [
      Block("γ of a new layer", layer.gamma, axes: "1 × features"),
      Block("β of a new layer", layer.beta, axes: "1 × features"),
    ] + running(layer, "of a new layer")
  }

  private static func running(_ layer: any BatchNormKata, _ time: String) -> [Block] {
    [
      Block("running mean \(time)", layer.runningMean, axes: "1 × features"),
      Block("running variance \(time)", layer.runningVariance, axes: "1 × features"),
    ]
  }

  private static func gradient(
    _ layer: inout any BatchNormKata, _ upstream: Matrix, _ time: String = ""
  ) -> [Block] {
    let gradient = layer.backward(upstream)
    return [
      Block("dβ\(time)", gradient.beta, axes: "1 × features"),
      Block("dγ\(time)", gradient.gamma, axes: "1 × features"),
      Block("dX\(time)", gradient.inputs, axes: "rows × features"),
    ]
  }

  /// A variance as E[x²] − μ² loses its digits in an order of its own; that it does is what counts.
  private static func movesWithOffset(_ subject: Subject, _ fixture: Fixture) -> Block {
    let (moved, still) = farAndNear(subject, fixture)
    let isSame =
      moved.value.shape == still.value.shape
      && abs(moved.value - still.value).max() <= 1e-4
    return Block("Y of a batch far from 0 differs", isSame ? 0 : 1)
  }

  private static func farAndNear(
    _ subject: Subject, _ fixture: Fixture
  ) -> (far: Block, near: Block) {
    func output(_ inputs: Matrix) -> Block {
      var layer = layer(of: subject, for: fixture)
      return Block(
        "Y far from 0", layer.forward(inputs, isTraining: true),
        acceptance: .near(relative: 1e-5, absolute: 1e-5))
    }
    return (output(fixture.batches[0] + fixture.offset), output(fixture.batches[0]))
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let rows = fixture.batches.last?.rows ?? 1
    return [Quantity(rows, "the batch has \(rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: thereAndBack),
      .reference("training", on: forward, judging: { outputs.contains($0.name) }),
      .reference("running statistics", on: forward, judging: { $0.name.contains("after Y") }),
      .reference("evaluation", on: forward, judging: { $0.name.hasSuffix("evaluation") }),
      .reference(on: fresh),
      .reference(on: uneven),
      .reference(on: constant, judging: { outputs.contains($0.name) }),
      .property(
        "far from zero", on: far, holds: "ten million away the output is the same",
        comparing: { subject, fixture in
          let (moved, still) = farAndNear(subject, fixture)
          return ([moved], [still])
        }),
      .reference("backward: dβ and dγ", on: there, judging: { ["dβ", "dγ"].contains($0.name) }),
      .reference("backward: dX", on: there, judging: { $0.name.hasPrefix("dX") }),
      .derivative("numerical gradient", on: there, of: "Σ upstream ⊙ Y") {
        derivatives(of: $0, on: $1)
      },
      .reference(
        "after evaluation", on: thereAndBack, judging: { $0.name.hasPrefix("d") }),
      .reference("two rows", on: twoRows, judging: { $0.name.hasPrefix("d") }),
      .property(
        "upstream of ones", on: there, holds: "moves no input",
        comparing: backOfOnes),
      .property(
        "two layers", on: there, holds: "keep their states apart", comparing: byTurns),
      .repeatable(on: thereAndBack),
    ]
  }

  // MARK: Checks that ask no reference

  @Sendable private static func derivatives(
    of subject: Subject, on fixture: Fixture
  ) -> [Derivative] {
    guard let batch = fixture.batches.last, let upstream = fixture.upstream else { return [] }
    var layer = layer(of: subject, for: fixture)
    for batch in fixture.batches { _ = layer.forward(batch, isTraining: true) }
    let gradient = layer.backward(upstream)
    func loss(_ x: Matrix, _ gamma: Matrix, _ beta: Matrix) -> Double {
      let centred = x - x.mean(axis: 0)
      let variance = (centred * centred).mean(axis: 0)
      let y = gamma * centred / sqrt(variance + fixture.settings.epsilon) + beta
      return (upstream * y).sum()
    }
    return [
      Derivative("dβ", gradient.beta, at: fixture.beta) { loss(batch, fixture.gamma, $0) },
      Derivative("dγ", gradient.gamma, at: fixture.gamma) { loss(batch, $0, fixture.beta) },
      Derivative("dX", gradient.inputs, at: batch) { loss($0, fixture.gamma, fixture.beta) },
    ]
  }

  /// Two layers on other batches, each step of the one before the same step of the other.
  @Sendable private static func byTurns(
    _ subject: Subject, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    guard let upstream = fixture.upstream else { return ([], []) }
    func blocks(of layers: inout [any BatchNormKata]) -> [[Block]] {
      for batch in fixture.batches {
        for index in layers.indices {
          _ = layers[index].forward(batch * Double(index + 1), isTraining: true)
        }
      }
      return layers.indices.map { index in
        running(layers[index], "of the first of two") + gradient(&layers[index], upstream)
      }
    }
    var alone = [layer(of: subject, for: fixture)]
    var together = [layer(of: subject, for: fixture), layer(of: subject, for: fixture)]
    return (blocks(of: &together)[0], blocks(of: &alone)[0])
  }

  /// A constant added to a column of Y is undone by the mean.
  @Sendable private static func backOfOnes(
    _ subject: Subject, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    guard let batch = fixture.batches.last else { return ([], []) }
    var layer = layer(of: subject, for: fixture)
    for batch in fixture.batches { _ = layer.forward(batch, isTraining: true) }
    let ones = Matrix(rows: batch.rows, columns: batch.columns, repeating: 1)
    let still = Acceptance.near(relative: 0, absolute: 1e-9)
    return (
      [Block("dX", layer.backward(ones).inputs, acceptance: still)],
      [Block("dX", ones * 0, acceptance: still)]
    )
  }
}

// MARK: Fixtures

extension BatchNormSuite {
  /// Where every batch has the same number of rows, statistics of rows for columns stop nowhere.
  private static let forward = Case<Fixture>("forward") { generator in
    let sizes = generator.sizes(2)
    return .draw(
      features: sizes[1], rows: [sizes[0], sizes[0], sizes[0]], evaluation: sizes[0],
      using: &generator)
  }

  private static let uneven = Case<Fixture>("uneven batches") { generator in
    let sizes = generator.sizes(3)
    var fixture = Fixture.draw(
      features: sizes[0], rows: [sizes[1], 2, sizes[2]], evaluation: 1, using: &generator)
    (fixture.settings.momentum, fixture.settings.epsilon) = (0.1, 1e-5)
    return fixture
  }

  private static let fresh = Case<Fixture>("fresh layer") { generator in
    let sizes = generator.sizes(2)
    return .draw(features: sizes[1], rows: [], evaluation: sizes[0], using: &generator)
  }

  private static let constant = Case<Fixture>("constant column") { generator in
    let sizes = generator.sizes(2)
    var fixture = Fixture.draw(
      features: sizes[1], rows: [sizes[0]], evaluation: sizes[0], using: &generator)
    // A quarter, so that the mean is the number itself.
    for row in 0..<sizes[0] { fixture.batches[0][row, 0] = 0.25 }
    return fixture
  }

  private static let far = Case<Fixture>("far from zero") { generator in
    let sizes = generator.sizes(2)
    var fixture = Fixture.draw(
      features: sizes[1], rows: [sizes[0]], evaluation: sizes[0], using: &generator)
    fixture.offset = 1e7
    return fixture
  }

  private static let there = Case<Fixture>("backward") { .drawBackward(rows: nil, using: &$0) }

  private static let twoRows = Case<Fixture>("two rows") { .drawBackward(rows: 2, using: &$0) }

  private static let thereAndBack = Case<Fixture>("after evaluation") { generator in
    var fixture = Fixture.drawBackward(rows: nil, using: &generator)
    fixture.evaluation = .normal(
      rows: fixture.batches[1].rows, columns: fixture.settings.features, using: &generator)
    return fixture
  }
}

extension BatchNormSuite.Fixture {
  /// Columns with means and spreads of their own, γ and β of all signs, and an ε and a momentum that show.
  fileprivate static func draw(
    features: Int, rows: [Int], evaluation: Int, using generator: inout SeededGenerator
  ) -> Self {
    var settings = BatchNormSuite.Settings(features: features)
    settings.momentum = 0.2 + 0.2 * generator.uniform()
    settings.epsilon = 0.05 + 0.1 * generator.uniform()
    func row(_ range: ClosedRange<Double>) -> Matrix {
      .uniform(rows: 1, columns: features, in: range, using: &generator)
    }
    let (means, spreads) = (row(-2...2), row(0.5...2))
    var gamma = row(0.5...1.5)
    gamma[0, 0] *= -1
    let beta = row(-1...1)
    func batch(_ rows: Int) -> Matrix {
      // Each batch lies elsewhere, too.
      means + row(-1...1)
        + spreads * Matrix.normal(rows: rows, columns: features, using: &generator)
    }
    return Self(
      settings: settings, gamma: gamma, beta: beta, batches: rows.map(batch),
      evaluation: batch(evaluation))
  }

  /// Two batches, and a step back from the second.
  fileprivate static func drawBackward(
    rows: Int?, using generator: inout SeededGenerator
  ) -> Self {
    let sizes = generator.sizes(2)
    let rows = rows ?? sizes[0]
    var fixture = draw(
      features: sizes[1], rows: [rows, rows], evaluation: rows + 1, using: &generator)
    fixture.upstream = .normal(rows: rows, columns: sizes[1], using: &generator)
    return fixture
  }
}

package import Grading
package import KataKit

package enum NeuronSuite: Suite {
  package typealias Subject = ([Double], Double, @escaping (Double) -> Double) -> any NeuronKata

  package struct Fixture: Sendable {
    var weights: [Double]
    var bias: Double
    var activation: @Sendable (Double) -> Double
    /// n × inputs.
    var batch: Matrix
  }

  package static let kata = Kata(
    "neuron", type: "Neuron", requirement: "NeuronKata",
    title: "a weighted sum, a bias and an activation", track: .neuron, minutes: 3)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any NeuronKata.Type else { return nil }
    return { type.init(weights: $0, bias: $1, activation: $2) }
  }

  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    single(of: subject, on: fixture) + batch(of: subject, on: fixture)
  }

  /// Every row of the batch as an example by itself.
  @Sendable private static func single(of subject: Subject, on fixture: Fixture) -> [Block] {
    let neuron = subject(fixture.weights, fixture.bias, fixture.activation)
    return (0..<fixture.batch.rows).map {
      Block("output for row \($0)", neuron.output(for: fixture.batch.row($0).elements))
    }
  }

  @Sendable private static func batch(of subject: Subject, on fixture: Fixture) -> [Block] {
    let neuron = subject(fixture.weights, fixture.bias, fixture.activation)
    return [Block("outputs", neuron.outputs(for: fixture.batch), axes: "n × 1")]
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [
      Quantity(fixture.weights.count, "the neuron has \(fixture.weights.count) inputs"),
      Quantity(fixture.batch.rows, "the batch has \(fixture.batch.rows) rows"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .reference("one example", on: distinct, of: single),
      .reference("a batch", on: distinct, of: batch),
      .reference(on: linear),
      .reference(on: square),
      .reference(on: row),
      .reference(on: oneInput),
      .reference(on: silent),
      twoAtOnce,
      .repeatable(on: distinct),
    ]
  }

  // MARK: Fixtures

  private static let distinct = Case<Fixture>("distinct sizes") { generator in
    let sizes = generator.sizes(2)
    return .draw(rows: sizes[0], inputs: sizes[1], using: &generator)
  }

  private static let linear = Case<Fixture>("identity activation") { generator in
    let sizes = generator.sizes(2)
    var fixture = Fixture.draw(rows: sizes[0], inputs: sizes[1], using: &generator)
    fixture.activation = { $0 }
    return fixture
  }

  /// Where the rows may be taken for the columns.
  private static let square = Case<Fixture>("rows as inputs") { generator in
    .draw(rows: 4, inputs: 4, using: &generator)
  }

  private static let row = Case<Fixture>("single row") { generator in
    .draw(rows: 1, inputs: generator.sizes(1)[0], using: &generator)
  }

  private static let oneInput = Case<Fixture>("single input") { generator in
    .draw(rows: generator.sizes(1)[0], inputs: 1, using: &generator)
  }

  private static let silent = Case<Fixture>("inputs of zero") { generator in
    let sizes = generator.sizes(2)
    var fixture = Fixture.draw(rows: sizes[0], inputs: sizes[1], using: &generator)
    fixture.batch *= 0
    return fixture
  }

  // MARK: Checks that ask no reference

  private static let twoAtOnce = Check<Self>("two at once", on: [distinct]) {
    (subject, seed) throws(Finding) in
    let (first, second) = (distinct.fixture(seed: seed), distinct.fixture(seed: seed &+ 1))
    let one = subject(first.weights, first.bias, first.activation)
    _ = subject(second.weights, second.bias, second.activation)
    let (actual, expected) = (
      answer(of: { _, _, _ in one }, to: first), answer(of: subject, to: first)
    )
    if let finding = actual.finding(against: expected) {
      throw Finding(
        finding.message, pattern: "Alone it gives other numbers: two neurons share something.")
    }
    return "each neuron keeps its own weights"
  }
}

extension NeuronSuite.Fixture {
  /// The activation is none that has a name: z ↦ scale·tanh(z) + slope·z + shift.
  fileprivate static func draw(
    rows: Int, inputs: Int, using generator: inout SeededGenerator
  ) -> NeuronSuite.Fixture {
    func away(_ generator: inout SeededGenerator) -> Double {
      let magnitude = Double.random(in: 0.2...1.5, using: &generator)
      return Bool.random(using: &generator) ? magnitude : -magnitude
    }
    let scale = Double.random(in: 0.8...1.6, using: &generator)
    let slope = Double.random(in: 0.1...0.5, using: &generator)
    let shift = away(&generator)
    return NeuronSuite.Fixture(
      weights: (0..<inputs).map { _ in away(&generator) }, bias: away(&generator),
      activation: { scale * tanh($0) + slope * $0 + shift },
      batch: .normal(rows: rows, columns: inputs, using: &generator))
  }
}

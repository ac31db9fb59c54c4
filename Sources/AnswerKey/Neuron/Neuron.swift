package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum NeuronSuite: Suite {
  package typealias Paper = NeuronExam

  package static let kata = Kata(
    Paper.self, title: "a weighted sum, a bias and an activation", track: .neuron, minutes: 3)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.map { Block($0, acceptance: .near(absolute: fixture.isTiny ? 0 : 1e-9)) }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [
      Quantity(fixture.weights.count, "the neuron has \(fixture.weights.count) inputs"),
      Quantity(fixture.batch.rows, "the batch has \(fixture.batch.rows) rows"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .reference("one example", on: distinct, to: .single),
      .reference("a batch", on: distinct, to: .batch),
      .inDoublePrecision(on: distinct, to: .everything),
      .reference(on: linear, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: row, to: .everything),
      .reference(on: oneInput, to: .everything),
      .reference(on: silent, to: .everything),
      .reference(on: still, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: tinyInputs, to: .everything),
      .reference(on: tinyWeights, to: .everything),
      .reference("after another batch", on: distinct, to: .afterAnother),
      twoAtOnce,
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
    fixture.activation = .identity
    // Nothing is cut off, however large a sum is.
    fixture.batch *= 1e9
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

  /// z is exactly 0, and f(0) is not.
  private static let still = Case<Fixture>("z of zero") { generator in
    var fixture = silent.fixture(using: &generator)
    fixture.bias = 0
    return fixture
  }

  private static let oneNumber = Case<Fixture>("single number") { generator in
    .draw(rows: 1, inputs: 1, using: &generator)
  }

  /// As many inputs, some of which are alike.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = Fixture.draw(rows: manyRows, inputs: manyRows + 2, using: &generator)
    fixture.batch.levelSome()
    return fixture
  }

  private static let tinyInputs = Case<Fixture>("tiny inputs") { generator in
    var fixture = tiny(using: &generator)
    fixture.batch *= 1e-12
    return fixture
  }

  private static let tinyWeights = Case<Fixture>("tiny weights") { generator in
    var fixture = tiny(using: &generator)
    fixture.weights = fixture.weights.map { 1e-12 * $0 }
    return fixture
  }

  /// With a bias so small, and no activation, that a cut at a small number shows.
  private static func tiny(using generator: inout FixtureGenerator) -> Fixture {
    let sizes = generator.sizes(2)
    var fixture = Fixture.draw(rows: sizes[0], inputs: sizes[1], using: &generator)
    fixture.activation = .identity
    fixture.bias *= 1e-12
    return fixture
  }

  // MARK: Checks that ask no reference

  private static let twoAtOnce = Check<Self>(
    "two at once",
    asking: [Question(on: distinct, to: .twoAtOnce), Question(on: distinct, to: .everything)]
  ) { (answers) throws(Finding) in
    if let finding = answers[0].blocks.finding(against: answers[1].blocks) {
      throw Finding(
        finding.message, pattern: "Alone it gives other numbers: two neurons share something.")
    }
    return "each neuron keeps its own weights"
  }
}

extension NeuronExam.Fixture {
  fileprivate var isTiny: Bool { abs(bias) < 1e-9 }

  fileprivate static func draw(
    rows: Int, inputs: Int, using generator: inout FixtureGenerator
  ) -> NeuronExam.Fixture {
    func away(_ generator: inout FixtureGenerator) -> Double {
      let magnitude = Double.random(in: 0.2...1.5, using: &generator)
      return Bool.random(using: &generator) ? magnitude : -magnitude
    }
    let scale = Double.random(in: 0.8...1.6, using: &generator)
    let slope = Double.random(in: 0.1...0.5, using: &generator)
    let shift = away(&generator)
    return NeuronExam.Fixture(
      weights: (0..<inputs).map { _ in away(&generator) }, bias: away(&generator),
      activation: .init(scale: scale, slope: slope, shift: shift),
      batch: .normal(rows: rows, columns: inputs, using: &generator))
  }
}

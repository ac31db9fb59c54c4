package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum RegressionBackpropSuite: Suite {
  package typealias Paper = RegressionBackpropExam

  package static let kata = Kata(
    Paper.self, title: "three layers, linear output, squared error", track: .backward,
    minutes: 15)

  /// Where targets are tiny, so are errors and gradients, and no floor hides them.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: NetworkFixture
  ) -> [Block] {
    let floor = abs(fixture.targets).max() < 1e-6 ? 0 : 1e-9
    return answer.map { Block($0, acceptance: .near(absolute: floor)) }
  }

  package static func quantities(of fixture: NetworkFixture) -> [Quantity] {
    let (rows, outputs) = (fixture.targets.rows, fixture.targets.columns)
    return [
      Quantity(rows, "the batch has \(rows) rows"),
      Quantity(outputs, "there are \(outputs) outputs"),
      Quantity(rows * outputs, "\(rows) rows × \(outputs) outputs is \(rows * outputs)"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: batch, to: .everything),
      .reference("output layer", on: batch, to: .everything, judging: { $0.name.last == "₃" }),
      .reference("second layer", on: batch, to: .everything, judging: { $0.name.last == "₂" }),
      .reference("first layer", on: batch, to: .everything, judging: { $0.name.last == "₁" }),
      .derivative(
        "numerical gradient", on: batch, to: .everything, of: "the mean squared error",
        derivatives: derivatives),
      .inDoublePrecision(on: batch, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: oneOutput, to: .everything),
      .reference(on: narrow, to: .everything),
      .reference(on: oneInput, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: stretched, to: .everything),
      .reference(on: far, to: .everything),
      .reference(on: close, to: .everything),
      .reference(on: faint, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: deadUnit, to: .everything),
      .untouched(in: batch, to: .everything),
      .property(
        "batch twice over", asking: doubled,
        holds: "a doubled batch has the same mean gradient"
      ) { ($0[0].blocks, $0[1].blocks) },
    ]
  }

  // MARK: Fixtures

  private static let batch = Case<NetworkFixture>("batch") { generator in
    let sizes = generator.sizes(5)
    return draw(widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
  }

  /// Where every matrix is square a missing transpose no longer stops at a shape.
  private static let square = Case<NetworkFixture>("square layers") { generator in
    draw(widths: [4, 4, 4, 4], rows: 4, using: &generator)
  }

  private static let oneRow = Case<NetworkFixture>("single row") { generator in
    draw(widths: generator.sizes(4), rows: 1, using: &generator)
  }

  private static let oneOutput = Case<NetworkFixture>("single output") { generator in
    let sizes = generator.sizes(4)
    return draw(widths: sizes[1...] + [1], rows: sizes[0], using: &generator)
  }

  /// Weights that are a column, a single entry, and a row.
  private static let narrow = Case<NetworkFixture>("layers of one unit") { generator in
    let sizes = generator.sizes(3)
    return draw(widths: [sizes[0], 1, 1, sizes[1]], rows: sizes[2], using: &generator)
  }

  private static let oneInput = Case<NetworkFixture>("single input") { generator in
    let sizes = generator.sizes(4)
    return draw(widths: [1] + sizes[1...], rows: sizes[0], using: &generator)
  }

  private static let oneNumber = Case<NetworkFixture>("single number") { generator in
    draw(widths: [1] + generator.sizes(2) + [1], rows: 1, using: &generator)
  }

  private static let many = Case<NetworkFixture>("many rows") { generator in
    var fixture = NetworkCases.drawMany(using: &generator) {
      draw(widths: [4, 3, 3, 5], rows: manyRows, using: &$0)
    }
    fixture.targets.levelSome()
    return fixture
  }

  /// Errors up to 1e9, as of a price in euros; nothing is clipped.
  private static let far = Case<NetworkFixture>("large targets") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.targets *= 1e4
    fixture.targets[0, 0] *= 1e5
    return fixture
  }

  /// Errors of order 1e-5, none of which is nothing.
  private static let close = Case<NetworkFixture>("small errors") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.targets =
      Mathematics.logits(fixture.inputs, through: fixture.layers) + 1e-5 * fixture.targets
    return fixture
  }

  /// Targets and predictions of order 1e-12, which are as far from each other.
  private static let faint = Case<NetworkFixture>("tiny targets") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.layers[2].weights *= 1e-12
    fixture.layers[2].biases *= 1e-12
    fixture.targets *= 1e-12
    return fixture
  }

  /// Inputs, weights and biases of any size, and outputs as always.
  private static let stretched = Case<NetworkFixture>("tiny and huge inputs") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.stretch()
    return fixture
  }

  private static let tiny = Case<NetworkFixture>("tiny numbers") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.layers[0].shrinkSomeUnits()
    fixture.layers[1].shrinkSomeUnits()
    return fixture
  }

  /// A unit of the first layer that is exactly 0 for every row and that nothing is taken from: whatever
  /// its slope, it changes no gradient, unless the slope is not a number.
  private static let deadUnit = Case<NetworkFixture>("dead unit") { generator in
    var fixture = batch.fixture(using: &generator)
    for row in 0..<fixture.layers[0].weights.rows { fixture.layers[0].weights[row, 0] = 0 }
    fixture.layers[0].biases[0, 0] = 0
    for column in 0..<fixture.layers[1].weights.columns {
      fixture.layers[1].weights[0, column] = 0
    }
    return fixture
  }

  private static func draw(
    widths: [Int], rows: Int, using generator: inout FixtureGenerator
  ) -> NetworkFixture {
    var fixture = NetworkFixture.draw(widths: widths, rows: rows, using: &generator)
    fixture.targets = .normal(rows: rows, columns: widths[widths.count - 1], using: &generator)
    return fixture
  }

  // MARK: Checks that ask no reference

  private static let doubled = [
    Question<Self>(on: batch, to: .doubled), Question<Self>(on: batch, to: .everything),
  ]

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let fixture = answered.fixture
    return answered.parts.derivatives(at: fixture.layers) { layers in
      let error = Mathematics.logits(fixture.inputs, through: layers) - fixture.targets
      return (error * error).mean()
    }
  }
}

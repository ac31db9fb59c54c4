package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

package enum ResidualBlockSuite: Suite {
  package typealias Paper = ResidualBlockExam

  package static let kata = Kata(
    Paper.self, title: "x + f(x), forward and backward", track: .layers, minutes: 15)

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: batch, to: .everything),
      .reference("forward", on: batch, to: .forward),
      .reference("layers of f", on: batch, to: .backward, judging: { $0.name != "dX" }),
      .reference("inputs", on: batch, to: .backward, judging: { $0.name == "dX" }),
      .derivative(
        "numerical gradient", on: batch, to: .backward, of: "Σ upstream ⊙ Y",
        derivatives: derivatives),
      .inDoublePrecision(on: batch, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: narrow, to: .everything),
      .reference(on: oneUnit, to: .everything),
      .reference(on: oneInput, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: tinyInputs, to: .everything),
      .reference(on: hugeInputs, to: .everything),
      .reference(on: tinyUpstream, to: .everything),
      .reference(on: hugeUpstream, to: .everything),
      .reference(on: stretched, to: .everything),
      .reference(on: idle, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: deadUnit, to: .everything),
      .property(
        "linear in upstream", asking: [.scaled, .backward].map { Question(on: batch, to: $0) },
        holds: "−3 times the upstream, −3 times the gradients"
      ) { ($0[0].blocks, $0[1].blocks.map { Block($0.name, -3 * $0.value) }) },
    ]
  }

  // MARK: Fixtures

  private static let batch = Case<Fixture>("batch") { generator in
    let sizes = generator.sizes(3)
    return draw(width: sizes[0], units: sizes[1], rows: sizes[2], using: &generator)
  }

  /// Where every matrix is square a missing transpose no longer stops at a shape.
  private static let square = Case<Fixture>("square layers") { generator in
    draw(width: 4, units: 4, rows: 4, using: &generator)
  }

  private static let oneRow = Case<Fixture>("single row") { generator in
    let sizes = generator.sizes(2)
    return draw(width: sizes[0], units: sizes[1], rows: 1, using: &generator)
  }

  /// All weights are single entries.
  private static let narrow = Case<Fixture>("one input, one unit") { generator in
    draw(width: 1, units: 1, rows: generator.sizes(1)[0], using: &generator)
  }

  private static let oneUnit = Case<Fixture>("one unit") { generator in
    let sizes = generator.sizes(2)
    return draw(width: sizes[0], units: 1, rows: sizes[1], using: &generator)
  }

  private static let oneInput = Case<Fixture>("single number") { generator in
    draw(width: 1, units: generator.sizes(1)[0], rows: 1, using: &generator)
  }

  /// Some inputs, weights and upstream gradients are alike.
  private static let many = Case<Fixture>("many rows") { generator in
    let network = NetworkCases.drawMany(using: &generator) {
      .draw(widths: [4, 3, 4], rows: manyRows, using: &$0)
    }
    var fixture = Fixture(
      hidden: network.layers[0], output: network.layers[1], inputs: network.inputs,
      upstream: .normal(rows: manyRows, columns: 4, using: &generator))
    fixture.upstream.levelSome()
    return fixture
  }

  /// With inputs and biases all outputs are larger or smaller, with the upstream gradient all gradients.
  private static let tinyInputs = scaled("tiny inputs", inputs: 1e-7)
  private static let hugeInputs = scaled("huge inputs", inputs: 1e15)
  private static let tinyUpstream = scaled("tiny upstream", upstream: 1e-7)
  private static let hugeUpstream = scaled("huge upstream", upstream: 1e9)

  private static func scaled(
    _ name: String, inputs: Double = 1, upstream: Double = 1
  ) -> Case<Fixture> {
    Case(name) { generator in
      var fixture = batch.fixture(using: &generator)
      fixture.inputs *= inputs
      fixture.hidden.biases *= inputs
      fixture.output.biases *= inputs
      fixture.upstream *= upstream
      return fixture
    }
  }

  /// Hidden units of any size, and outputs as always.
  private static let stretched = Case<Fixture>("tiny and huge units") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.hidden.stretchUnits(into: &fixture.output)
    return fixture
  }

  /// A block as it is often initialized: f is 0, and the block the identity.
  private static let idle = Case<Fixture>("f of zeros") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.output.weights *= 0
    fixture.output.biases *= 0
    return fixture
  }

  private static let tiny = Case<Fixture>("tiny numbers") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.hidden.shrinkSomeUnits()
    return fixture
  }

  /// A hidden unit that is exactly 0 for every row and that nothing is taken from: whatever its slope,
  /// it changes no gradient, unless the slope is not a number.
  private static let deadUnit = Case<Fixture>("dead unit") { generator in
    var fixture = batch.fixture(using: &generator)
    for row in 0..<fixture.hidden.weights.rows { fixture.hidden.weights[row, 0] = 0 }
    fixture.hidden.biases[0, 0] = 0
    for column in 0..<fixture.output.weights.columns { fixture.output.weights[0, column] = 0 }
    return fixture
  }

  private static func draw(
    width: Int, units: Int, rows: Int, using generator: inout FixtureGenerator
  ) -> Fixture {
    let network = NetworkFixture.draw(
      widths: [width, units, width], rows: rows, using: &generator)
    return Fixture(
      hidden: network.layers[0], output: network.layers[1], inputs: network.inputs,
      upstream: .normal(rows: rows, columns: width, using: &generator))
  }

  // MARK: Checks that ask no reference

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let (fixture, parts) = (answered.fixture, answered.parts)
    func loss(_ layers: [DenseLayer], _ inputs: Matrix) -> Double {
      (fixture.upstream * (inputs + Mathematics.logits(inputs, through: layers))).sum()
    }
    let layers = [fixture.hidden, fixture.output]
    return parts.derivatives(at: layers) { loss($0, fixture.inputs) }
      + [Derivative("dX", parts.value("dX"), at: fixture.inputs, of: { loss(layers, $0) })]
  }
}

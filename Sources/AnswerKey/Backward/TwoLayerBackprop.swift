package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum TwoLayerBackpropSuite: Suite {
  package typealias Paper = TwoLayerBackpropExam

  package static let kata = Kata(
    Paper.self, title: "gradients of ReLU, then one sigmoid", track: .backward, minutes: 12)

  /// A probability clipped at 1e-7 moves an entry by up to 4e-6 of the largest.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: NetworkFixture
  ) -> [Block] { answer.map { Block($0, acceptance: .near(relative: 1e-5)) } }

  package static func quantities(of fixture: NetworkFixture) -> [Quantity] {
    [Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: batch, to: .everything),
      .reference("output layer", on: batch, to: .everything, judging: { $0.name.last == "₂" }),
      .reference("hidden layer", on: batch, to: .everything, judging: { $0.name.last == "₁" }),
      .derivative(
        "numerical gradient", on: batch, to: .everything, of: "the mean cross-entropy",
        derivatives: derivatives),
      .inDoublePrecision(on: batch, to: .everything, within: 5e-9),
      .reference(on: telling, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: oneUnit, to: .everything),
      .reference(on: oneInput, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: stretched, to: .everything),
      .reference(on: oneClass, to: .everything),
      .reference(on: sure, to: .everything),
      .reference(nearlyRight.name, on: nearlyRight, to: .everything) { blocks, _ in
        blocks.filter { $0.name == "db₂" }.map {
          Block($0.name, $0.value, acceptance: .between(1e-15...1.2e-7, noise: 1))
        }
      },
      .reference(on: huge, to: .everything),
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
    let sizes = generator.sizes(3)
    return draw(inputs: sizes[1], units: sizes[2], rows: sizes[0], using: &generator)
  }

  /// The sizes of the whiteboard.
  private static let telling = Case<NetworkFixture>("2 inputs, 3 units") { generator in
    draw(inputs: 2, units: 3, rows: 5, using: &generator)
  }

  /// Where every matrix is square a missing transpose no longer stops at a shape.
  private static let square = Case<NetworkFixture>("square layer") { generator in
    draw(inputs: 4, units: 4, rows: 4, using: &generator)
  }

  private static let oneRow = Case<NetworkFixture>("single row") { generator in
    let sizes = generator.sizes(2)
    return draw(inputs: sizes[0], units: sizes[1], rows: 1, using: &generator)
  }

  private static let oneUnit = Case<NetworkFixture>("single hidden unit") { generator in
    let sizes = generator.sizes(2)
    return draw(inputs: sizes[0], units: 1, rows: sizes[1], using: &generator)
  }

  /// All weights are single entries.
  private static let oneInput = Case<NetworkFixture>("single input and unit") { generator in
    draw(inputs: 1, units: 1, rows: generator.sizes(1)[0], using: &generator)
  }

  private static let oneNumber = Case<NetworkFixture>("single number") { generator in
    draw(inputs: 1, units: generator.sizes(1)[0], rows: 1, using: &generator)
  }

  private static let many = Case<NetworkFixture>("many rows") { generator in
    while true {
      let fixture = NetworkCases.drawMany(using: &generator) {
        draw(inputs: 4, units: 3, rows: manyRows, using: &$0)
      }
      if fixture.isFarFromCertain { return fixture }
    }
  }

  /// Where every target is 1 the term of the other class has no part.
  private static let oneClass = Case<NetworkFixture>("all of one class") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.targets = fixture.targets * 0 + (generator.next() % 2 == 0 ? 1 : 0)
    return fixture
  }

  /// Outputs near ±60, where p is 1 to the last bit but no exponential overflows.
  private static let sure = Case<NetworkFixture>("p rounds to 0 or 1") { generator in
    saturated(at: 60, using: &generator)
  }

  /// Every target is 0 and p is 1e-13 or so: it may be clipped at 1e-7, and has a gradient.
  private static let nearlyRight = Case<NetworkFixture>("nearly certain") { generator in
    var fixture = batch.fixture(using: &generator)
    fixture.targets *= 0
    let z = Mathematics.logits(fixture.inputs, through: fixture.layers)
    fixture.layers[1].weights *= 1 / (1 + abs(z).max())
    fixture.layers[1].biases = [[-30]]
    return fixture
  }

  private static let huge = Case<NetworkFixture>("huge outputs") { generator in
    saturated(at: 1000, using: &generator)
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
    return fixture
  }

  /// A hidden unit that is exactly 0 for every row and that nothing is taken from: whatever its slope,
  /// it changes no gradient, unless the slope is not a number.
  private static let deadUnit = Case<NetworkFixture>("dead unit") { generator in
    var fixture = batch.fixture(using: &generator)
    for row in 0..<fixture.inputs.columns { fixture.layers[0].weights[row, 0] = 0 }
    fixture.layers[0].biases[0, 0] = 0
    fixture.layers[1].weights[0, 0] = 0
    return fixture
  }

  /// Targets are unsorted; from two rows on both classes occur, and from three on unequally.
  private static func draw(
    inputs: Int, units: Int, rows: Int, using generator: inout FixtureGenerator
  ) -> NetworkFixture {
    var fixture = NetworkFixture.draw(
      widths: [inputs, units, 1], rows: rows, using: &generator)
    while !fixture.isFarFromCertain {
      fixture = NetworkFixture.draw(
        widths: [inputs, units, 1], rows: rows, using: &generator)
    }
    let first = generator.next() % 2 == 0 ? 1.0 : 0
    let labels = (0..<rows).map { $0 < max(1, rows / 3) ? first : 1 - first }
      .shuffled(using: &generator)
    fixture.targets = Matrix(rows: rows, columns: 1, elements: labels)
    return fixture
  }

  /// Outputs of either sign, the least of them of magnitude `size`; those of one sign are all wrong and
  /// the others right, so that gradients do not cancel.
  private static func saturated(
    at size: Double, using generator: inout FixtureGenerator
  ) -> NetworkFixture {
    let sizes = generator.sizes(3)
    while true {
      var fixture = draw(inputs: sizes[1], units: sizes[2], rows: sizes[0], using: &generator)
      let z = Mathematics.logits(fixture.inputs, through: fixture.layers)
      guard z.max() > 0, z.min() < 0, abs(z).min() > 0.2 * abs(z).max() else { continue }
      fixture.targets = z * 0 + (generator.next() % 2 == 0 ? 1 : 0)
      fixture.layers[1].weights *= size / abs(z).min()
      fixture.layers[1].biases *= size / abs(z).min()
      if truth(of: fixture, to: .everything).areFarAboveClipping(in: fixture.layers) {
        return fixture
      }
    }
  }

  // MARK: Checks that ask no reference

  private static let doubled = [
    Question<Self>(on: batch, to: .doubled), Question<Self>(on: batch, to: .everything),
  ]

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let fixture = answered.fixture
    return answered.parts.derivatives(at: fixture.layers) { layers in
      // ln(1 + e^z) − y·z is −y·ln p − (1 − y)·ln(1 − p).
      let z = Mathematics.logits(fixture.inputs, through: layers)
      return (maximum(z, 0) + log(1 + exp(-abs(z))) - fixture.targets * z).mean()
    }
  }
}

extension NetworkFixture {
  /// Whether no clipping of a probability, nor 1e-8 added to it, shows.
  fileprivate var isFarFromCertain: Bool {
    abs(Mathematics.logits(inputs, through: layers)).max() <= 4
  }
}

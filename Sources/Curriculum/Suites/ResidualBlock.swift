package import Grading
package import KataKit

package enum ResidualBlockSuite: Suite {
  package struct Fixture: Sendable {
    var hidden: DenseLayer
    var output: DenseLayer
    var inputs: Matrix
    var upstream: Matrix
  }

  package static let kata = Kata(
    "residual-block", type: "ResidualBlock", requirement: "ResidualBlockKata",
    title: "x + f(x), forward and backward", track: .regularisation, minutes: 15)

  package static func subject(of type: any Any.Type) -> (any ResidualBlockKata)? {
    (type as? any ResidualBlockKata.Type)?.init()
  }

  package static func answer(
    of subject: any ResidualBlockKata, to fixture: Fixture
  ) -> [Block] {
    forward(of: subject, on: fixture) + backward(of: subject, on: fixture)
  }

  @Sendable private static func forward(
    of subject: any ResidualBlockKata, on fixture: Fixture
  ) -> [Block] {
    let y = subject.forward(fixture.inputs, hidden: fixture.hidden, output: fixture.output)
    return [Block("Y", y, axes: "as X")]
  }

  /// From the output back to the inputs.
  @Sendable private static func backward(
    of subject: any ResidualBlockKata, on fixture: Fixture
  ) -> [Block] {
    let gradients = subject.backward(
      upstream: fixture.upstream, inputs: fixture.inputs, hidden: fixture.hidden,
      output: fixture.output)
    return [
      Block("dW₂", gradients.output.weights, axes: "as W₂"),
      Block("db₂", gradients.output.biases, axes: "as b₂"),
      Block("dW₁", gradients.hidden.weights, axes: "as W₁"),
      Block("db₁", gradients.hidden.biases, axes: "as b₁"),
      Block("dX", gradients.inputs, axes: "as X"),
    ]
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: batch),
      .reference("forward", on: batch, of: forward),
      .reference("layers of f", on: batch, of: { backward(of: $0, on: $1).dropLast() }),
      .reference("inputs", on: batch, of: { backward(of: $0, on: $1).suffix(1) }),
      .derivative("numerical gradient", on: batch, of: "Σ upstream ⊙ Y", derivatives: derivatives),
      .reference(on: square),
      .reference(on: oneRow),
      .reference(on: idle),
      .reference(on: tiny),
      .reference(on: deadUnit),
      .property(
        "linear in upstream", on: batch, holds: "−3 times the upstream, −3 times the gradients",
        comparing: scaled),
      .repeatable(on: batch),
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

  /// A block as it is often initialised: f is 0, and the block the identity.
  private static let idle = Case<Fixture>("f of zeros") { generator in
    var fixture = batch.fixture(seed: generator.next())
    fixture.output.weights *= 0
    fixture.output.biases *= 0
    return fixture
  }

  private static let tiny = Case<Fixture>("tiny numbers") { generator in
    var fixture = batch.fixture(seed: generator.next())
    fixture.hidden.shrinkSomeUnits()
    return fixture
  }

  /// A hidden unit that is exactly 0 for every row and that nothing is taken from: whatever its slope,
  /// it changes no gradient, unless the slope is not a number.
  private static let deadUnit = Case<Fixture>("dead unit") { generator in
    var fixture = batch.fixture(seed: generator.next())
    for row in 0..<fixture.hidden.weights.rows { fixture.hidden.weights[row, 0] = 0 }
    fixture.hidden.biases[0, 0] = 0
    for column in 0..<fixture.output.weights.columns { fixture.output.weights[0, column] = 0 }
    return fixture
  }

  private static func draw(
    width: Int, units: Int, rows: Int, using generator: inout SeededGenerator
  ) -> Fixture {
    let network = NetworkFixture.draw(
      widths: [width, units, width], rows: rows, using: &generator)
    return Fixture(
      hidden: network.layers[0], output: network.layers[1], inputs: network.inputs,
      upstream: .normal(rows: rows, columns: width, using: &generator))
  }

  // MARK: Checks that ask no reference

  @Sendable private static func derivatives(
    of subject: any ResidualBlockKata, on fixture: Fixture
  ) -> [Derivative] {
    func loss(_ layers: [DenseLayer], _ inputs: Matrix) -> Double {
      (fixture.upstream * (inputs + Mathematics.logits(inputs, through: layers))).sum()
    }
    let gradients = subject.backward(
      upstream: fixture.upstream, inputs: fixture.inputs, hidden: fixture.hidden,
      output: fixture.output)
    let layers = [fixture.hidden, fixture.output]
    return DenseGradient.derivatives([gradients.hidden, gradients.output], at: layers) {
      loss($0, fixture.inputs)
    } + [Derivative("dX", gradients.inputs, at: fixture.inputs, of: { loss(layers, $0) })]
  }

  @Sendable private static func scaled(
    _ subject: any ResidualBlockKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var scaled = fixture
    scaled.upstream *= -3
    return (
      backward(of: subject, on: scaled),
      backward(of: subject, on: fixture).map { Block($0.name, -3 * $0.value) }
    )
  }
}

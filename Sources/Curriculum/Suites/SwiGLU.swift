package import Grading
package import KataKit

package enum SwiGLUSuite: Suite {
  package struct Fixture: Sendable {
    var x: Matrix
    /// inputs × hidden, as `w3`.
    var w1: Matrix
    var w3: Matrix
    /// hidden × outputs.
    var w2: Matrix
    /// What silu is asked of by itself.
    var z: Matrix
  }

  package static let kata = Kata(
    "swiglu", type: "SwiGLU", requirement: "SwiGLUKata",
    title: "the gated feed-forward layer of a transformer", track: .neuron, minutes: 6)

  package static func subject(of type: any Any.Type) -> (any SwiGLUKata)? {
    (type as? any SwiGLUKata.Type)?.init()
  }

  package static func answer(of subject: any SwiGLUKata, to fixture: Fixture) -> [Block] {
    silu(of: subject, on: fixture) + forward(of: subject, on: fixture)
  }

  @Sendable private static func silu(
    of subject: any SwiGLUKata, on fixture: Fixture
  ) -> [Block] {
    [Block("silu", subject.silu(fixture.z), axes: "as z")]
  }

  @Sendable private static func forward(
    of subject: any SwiGLUKata, on fixture: Fixture
  ) -> [Block] {
    let y = subject.forward(fixture.x, w1: fixture.w1, w3: fixture.w3, w2: fixture.w2)
    return [Block("output", y, axes: "n × outputs")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: distinct),
      .reference("silu", on: distinct, of: silu),
      .reference("silu at ±1000", on: distinctExtreme, of: silu),
      .reference("output", on: distinct, of: forward),
      .reference(on: sameWidth),
      .reference(on: square),
      .reference(on: row),
      .reference(on: huge),
      .reference(on: nothing),
      .property(
        "linear in W₃", on: distinct, holds: "−3 times W₃, −3 times the output",
        comparing: scaledValue),
      .property(
        "row by row", on: distinct, holds: "each row has the output that it has alone",
        comparing: rowByRow),
      .repeatable(on: distinct),
    ]
  }

  // MARK: Fixtures

  private static let distinct = Case<Fixture>("distinct sizes") { generator in
    .draw(sizes: generator.sizes(4), using: &generator)
  }

  private static let distinctExtreme = Case<Fixture>("silu at ±1000") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.z = Case<ActivationFixture>.extreme.fixture(seed: generator.next()).z
    return fixture
  }

  /// As many outputs as inputs, as in a transformer, where x could be added to the output.
  private static let sameWidth = Case<Fixture>("outputs as inputs") { generator in
    var sizes = generator.sizes(3)
    sizes.append(sizes[1])
    return .draw(sizes: sizes, using: &generator)
  }

  /// Where every matrix is square neither a transpose nor a wrong product stops at a shape.
  private static let square = Case<Fixture>("square") { generator in
    .draw(sizes: [4, 4, 4, 4], using: &generator)
  }

  private static let row = Case<Fixture>("single row") { generator in
    .draw(sizes: [1] + generator.sizes(3), using: &generator)
  }

  /// Pre-activations of the gate of about ±1000.
  private static let huge = Case<Fixture>("gate at ±1000") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.w1 *= 1000
    return fixture
  }

  private static let nothing = Case<Fixture>("nothing to gate") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.x *= 0
    fixture.z *= 0
    return fixture
  }

  // MARK: Checks that ask no reference

  @Sendable private static func scaledValue(
    _ subject: any SwiGLUKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var scaled = fixture
    scaled.w3 *= -3
    return (
      forward(of: subject, on: scaled),
      forward(of: subject, on: fixture).map { Block($0.name, -3 * $0.value) }
    )
  }

  @Sendable private static func rowByRow(
    _ subject: any SwiGLUKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let together = forward(of: subject, on: fixture)[0].value
    let pairs = (0..<min(fixture.x.rows, together.rows)).map { row in
      var alone = fixture
      alone.x = fixture.x.row(row)
      let name = "output of row \(row)"
      return (
        Block(name, together.row(row)), Block(name, forward(of: subject, on: alone)[0].value)
      )
    }
    return (pairs.map(\.0), pairs.map(\.1))
  }
}

extension SwiGLUSuite.Fixture {
  /// Rows, inputs, hidden units and outputs; drawn until some pre-activation of the gate is on either
  /// side of 0.
  fileprivate static func draw(
    sizes: [Int], using generator: inout SeededGenerator
  ) -> SwiGLUSuite.Fixture {
    let (rows, inputs, hidden, outputs) = (sizes[0], sizes[1], sizes[2], sizes[3])
    func weights(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
      .normal(
        rows: rows, columns: columns, standardDeviation: (2 / Double(rows)).squareRoot(),
        using: &generator)
    }
    while true {
      let fixture = SwiGLUSuite.Fixture(
        x: .normal(rows: rows, columns: inputs, using: &generator),
        w1: weights(inputs, hidden, &generator), w3: weights(inputs, hidden, &generator),
        w2: weights(hidden, outputs, &generator),
        z: ActivationFixture.draw(using: &generator).z)
      let gate = fixture.x.matmul(fixture.w1)
      if gate.max() > 0.5, gate.min() < -0.5 { return fixture }
    }
  }
}

package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum SwiGLUSuite: Suite {
  package typealias Paper = SwiGLUExam

  package static let kata = Kata(
    Paper.self, title: "a gated feed-forward layer, forward and backward", track: .neuron,
    minutes: 15,
    additions: [
      Addition(
        "backward(upstream:x:w1:w3:w2:)",
        "backward(upstream:x:w1:w3:w2:) is new, and returns the gradients of X and the weights.")
    ])

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [Quantity(fixture.x.rows, "the batch has \(fixture.x.rows) rows")]
  }

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let ofSiLU = ActivationFixture(z: fixture.z, upstream: fixture.z)
    return answer.flatMap { part in
      part.name == "silu"
        ? [part].blocks(on: ofSiLU, absolute: 1.5e-7)
        : [Block(part, acceptance: .near(absolute: fixture.isTiny ? 0 : 1e-9))]
    }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: distinct, to: .everything),
      .reference("silu", on: distinct, to: .silu),
      .reference("silu at ±1000", on: distinctExtreme, to: .silu),
      .reference("output", on: distinct, to: .output),
      .reference("weights", on: distinct, to: .gradients, judging: { $0.name != "dX" }),
      .reference("inputs", on: distinct, to: .gradients, judging: { $0.name == "dX" }),
      .derivative(
        "numerical gradient", on: distinct, to: .gradients, of: "Σ upstream ⊙ Y",
        derivatives: derivatives),
      .inDoublePrecision(on: distinct, to: .everything),
      .reference(on: sameWidth, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: row, to: .everything),
      .reference(on: huge, to: .everything),
      .reference(on: nothing, to: .everything),
      .reference(on: everyMagnitude, to: .silu),
      .reference(on: oneInput, to: .everything),
      .reference(on: oneUnit, to: .everything),
      .reference(on: oneOutput, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: oneOfEach, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: stretched, to: .everything),
      .reference(on: tinyUpstream, to: .everything),
      .reference(on: hugeUpstream, to: .everything),
      .property(
        "linear in W₃", on: distinct, to: .scaledValue,
        holds: "−3 times W₃, −3 times the output"
      ) { answered in
        let (scaled, plain) = (
          answered.parts.value("output of −3·W₃"), answered.parts.value("output")
        )
        return ([Block("output", scaled)], [Block("output", -3 * plain)])
      },
      .property(
        "linear in upstream",
        asking: [.scaledUpstream, .gradients].map { Question(on: distinct, to: $0) },
        holds: "−3 times the upstream, −3 times the gradients"
      ) { ($0[0].blocks, $0[1].blocks.map { Block($0.name, -3 * $0.value) }) },
      .property(
        "row by row", on: distinct, to: .rowByRow,
        holds: "each row has the output that it has alone", comparing: rowByRow),
    ]
  }

  // MARK: Fixtures

  private static let distinct = Case<Fixture>("distinct sizes") { generator in
    .draw(sizes: generator.sizes(4), using: &generator)
  }

  private static let distinctExtreme = Case<Fixture>("silu at ±1000") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.z = Case<ActivationFixture>.extreme.fixture(using: &generator).z
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
    fixture.w3 *= 1e5
    return fixture
  }

  private static let everyMagnitude = Case<Fixture>("every magnitude") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.z = Case<ActivationFixture>.everyMagnitude(upTo: 1e10).fixture(using: &generator).z
    return fixture
  }

  private static let oneInput = Case<Fixture>("single input") { generator in
    var sizes = generator.sizes(3)
    sizes.insert(1, at: 1)
    var fixture = Fixture.draw(sizes: sizes, using: &generator)
    fixture.z = Case<ActivationFixture>.column.fixture(using: &generator).z
    return fixture
  }

  private static let oneUnit = Case<Fixture>("single hidden unit") { generator in
    var sizes = generator.sizes(3)
    sizes.insert(1, at: 2)
    var fixture = Fixture.draw(sizes: sizes, using: &generator)
    fixture.z = Case<ActivationFixture>.row.fixture(using: &generator).z
    return fixture
  }

  private static let oneOutput = Case<Fixture>("single output") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(3) + [1], using: &generator)
    fixture.z = Case<ActivationFixture>.entry.fixture(using: &generator).z
    return fixture
  }

  private static let oneNumber = Case<Fixture>("single number") { generator in
    .draw(sizes: [1, 1] + generator.sizes(1) + [1], using: &generator)
  }

  /// All weights are single entries.
  private static let oneOfEach = Case<Fixture>("one input, unit and output") { generator in
    .draw(sizes: generator.sizes(1, in: 5...7) + [1, 1, 1], using: &generator)
  }

  /// Some inputs and weights are alike.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = Fixture.draw(sizes: [manyRows, 4, 3, 5], using: &generator)
    fixture.x.levelSome()
    fixture.w1.levelSome()
    fixture.w3.levelSome()
    fixture.w2.levelSome()
    fixture.upstream.levelSome()
    fixture.z = Case<ActivationFixture>.many.fixture(using: &generator).z
    return fixture
  }

  /// Where a cut at a small number shows.
  private static let tiny = Case<Fixture>("tiny inputs") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.x *= 1e-12
    return fixture
  }

  /// Inputs and weights of any size, and gates as always.
  private static let stretched = Case<Fixture>("tiny and huge inputs") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    let inputs = fixture.x
    fixture.x.stretchColumns(into: &fixture.w1)
    fixture.x = inputs
    fixture.x.stretchColumns(into: &fixture.w3)
    return fixture
  }

  private static let tinyUpstream = scaled("tiny upstream", by: 1e-7)
  private static let hugeUpstream = scaled("huge upstream", by: 1e9)

  private static func scaled(_ name: String, by factor: Double) -> Case<Fixture> {
    Case(name) { generator in
      var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
      fixture.upstream *= factor
      return fixture
    }
  }

  private static let nothing = Case<Fixture>("nothing to gate") { generator in
    var fixture = Fixture.draw(sizes: generator.sizes(4), using: &generator)
    fixture.x *= 0
    fixture.z *= 0
    return fixture
  }

  // MARK: Checks that ask no reference

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let (fixture, parts) = (answered.fixture, answered.parts)
    func derivative(_ name: String, _ argument: WritableKeyPath<Fixture, Matrix>) -> Derivative {
      Derivative(name, parts.value(name), at: fixture[keyPath: argument]) { value in
        var moved = fixture
        moved[keyPath: argument] = value
        let gate = Mathematics.silu(moved.x.matmul(moved.w1))
        return (moved.upstream * (gate * moved.x.matmul(moved.w3)).matmul(moved.w2)).sum()
      }
    }
    return [
      derivative("dW₂", \.w2), derivative("dW₃", \.w3), derivative("dW₁", \.w1),
      derivative("dX", \.x),
    ]
  }

  @Sendable private static func rowByRow(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let together = answered.parts.value("output")
    let rows = 0..<min(answered.fixture.x.rows, together.rows)
    let names = rows.map { "output of row \($0)" }
    return (
      zip(rows, names).map { Block($1, together.row($0)) },
      names.map { Block($0, answered.parts.value($0)) }
    )
  }
}

extension SwiGLUExam.Fixture {
  fileprivate var isTiny: Bool { (1e-20...1e-9).contains(abs(x).max()) }

  /// Rows, inputs, hidden units and outputs; drawn until some pre-activation of the gate is on either
  /// side of 0.
  fileprivate static func draw(
    sizes: [Int], using generator: inout FixtureGenerator
  ) -> SwiGLUExam.Fixture {
    let (rows, inputs, hidden, outputs) = (sizes[0], sizes[1], sizes[2], sizes[3])
    func weights(_ rows: Int, _ columns: Int, _ generator: inout FixtureGenerator) -> Matrix {
      .normal(
        rows: rows, columns: columns, standardDeviation: (2 / Double(rows)).squareRoot(),
        using: &generator)
    }
    let z = ActivationFixture.draw(using: &generator).z
    while true {
      let fixture = SwiGLUExam.Fixture(
        x: .normal(rows: rows, columns: inputs, using: &generator),
        w1: weights(inputs, hidden, &generator), w3: weights(inputs, hidden, &generator),
        w2: weights(hidden, outputs, &generator),
        upstream: .normal(rows: rows, columns: outputs, using: &generator), z: z)
      let gate = fixture.x.matmul(fixture.w1)
      if gate.max() > 0.5, gate.min() < -0.5 { return fixture }
    }
  }
}

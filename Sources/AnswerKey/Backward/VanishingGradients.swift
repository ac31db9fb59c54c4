package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum VanishingGradientsSuite: Suite {
  package typealias Paper = VanishingGradientsExam

  package static let kata = Kata(
    Paper.self, title: "gradient norm per layer, sigmoid against ReLU", track: .backward,
    minutes: 15)

  /// A norm that has vanished is judged as closely as any other.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] { answer.map { Block($0, acceptance: .near(absolute: 1e-60)) } }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: sigmoid, to: .everything),
      .reference(
        "sigmoid, last layer", on: sigmoid, to: .everything, judging: { $0.name.last == "₃" }),
      .reference("sigmoid, all layers", on: sigmoid, to: .everything),
      .reference("ReLU, last layer", on: relu, to: .everything, judging: { $0.name.last == "₃" }),
      .reference("ReLU, all layers", on: relu, to: .everything),
      .reference(on: deepSigmoid, to: .everything),
      .reference(on: deepReLU, to: .everything),
      .reference(on: longSigmoid, to: .everything),
      .reference(on: squareSigmoid, to: .everything),
      .reference(on: squareReLU, to: .everything),
      .reference(on: single, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: narrowSigmoid, to: .everything),
      .reference(on: narrowReLU, to: .everything),
      .reference(on: oneInput, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: oneOutput, to: .everything),
      .reference(faint.name, on: faint, to: .everything) { blocks, _ in
        blocks.map { Block($0.name, $0.value, acceptance: .near(relative: 0.02, absolute: 0)) }
      },
      .reference(on: many, to: .everything),
      .reference(on: saturatedAbove, to: .everything),
      .reference(on: saturatedBelow, to: .everything),
      .reference(on: tiny, to: .everything),
      .reference(on: huge, to: .everything),
      .reference(on: stretched, to: .everything),
      .reference(on: dead, to: .everything),
      .property(
        "linear in upstream",
        asking: [.scaled, .everything].map { Question(on: deepSigmoid, to: $0) },
        holds: "−3 times the upstream, 3 times every norm"
      ) { answers in
        let tripled = answers[1].blocks.map {
          Block($0.name, 3 * $0.value, acceptance: $0.acceptance)
        }
        return (answers[0].blocks, tripled)
      },
    ]
  }

  // MARK: Fixtures

  private static let sigmoid = Case<Fixture>("sigmoid") { generator in
    let sizes = generator.sizes(5)
    return draw(.sigmoid, widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
  }

  private static let relu = Case<Fixture>("ReLU") { generator in
    let sizes = generator.sizes(5)
    return draw(.relu, widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
  }

  private static let deepSigmoid = Case<Fixture>("ten sigmoid layers") { generator in
    let widths = (0..<11).map { 3 + $0 % 3 }
    return draw(.sigmoid, widths: widths, rows: 4, using: &generator)
  }

  /// So many that a norm is 1e-50, which single precision does not hold, and that no bound for the layers
  /// is as high.
  private static let longSigmoid = Case<Fixture>("sixty sigmoid layers") { generator in
    let widths = (0..<61).map { 3 + $0 % 3 }
    var fixture = draw(.sigmoid, widths: widths, rows: 4, using: &generator)
    fixture.upstream *= 1e-20
    return fixture
  }

  private static let deepReLU = Case<Fixture>("six ReLU layers") { generator in
    draw(.relu, widths: [3, 5, 4, 5, 3, 4, 3], rows: 3, using: &generator)
  }

  /// Where every matrix is square a wrong one no longer stops at a shape.
  private static let squareSigmoid = Case<Fixture>("square, sigmoid") { generator in
    draw(.sigmoid, widths: [4, 4, 4, 4], rows: 4, using: &generator)
  }

  private static let squareReLU = Case<Fixture>("square, ReLU") { generator in
    draw(.relu, widths: [4, 4, 4, 4], rows: 4, using: &generator)
  }

  private static let single = Case<Fixture>("single layer") { generator in
    let sizes = generator.sizes(3)
    return draw(.sigmoid, widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
  }

  private static let oneRow = Case<Fixture>("single row") { generator in
    draw(.relu, widths: generator.sizes(4), rows: 1, using: &generator)
  }

  private static let narrowSigmoid = narrow("units one by one, sigmoid", .sigmoid)
  private static let narrowReLU = narrow("units one by one, ReLU", .relu)

  /// Weights that are a column, a single entry, and a row.
  private static func narrow(_ name: String, _ activation: LayerActivation) -> Case<Fixture> {
    Case(name) { generator in
      let sizes = generator.sizes(3)
      return draw(
        activation, widths: [sizes[0], 1, 1, sizes[1]], rows: sizes[2], using: &generator)
    }
  }

  private static let oneInput = Case<Fixture>("single input and output") { generator in
    let sizes = generator.sizes(3)
    return draw(.sigmoid, widths: [1] + sizes[1...] + [1], rows: sizes[0], using: &generator)
  }

  private static let oneOutput = Case<Fixture>("single output, ReLU") { generator in
    let sizes = generator.sizes(3)
    return draw(.relu, widths: sizes[1...] + [1], rows: sizes[0], using: &generator)
  }

  private static let oneNumber = Case<Fixture>("single number") { generator in
    draw(.sigmoid, widths: [1] + generator.sizes(2) + [1], rows: 1, using: &generator)
  }

  /// Some inputs, weights and upstream gradients are alike.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = draw(.sigmoid, widths: [4, 3, 5], rows: manyRows, using: &generator)
    fixture.inputs.levelSome()
    fixture.upstream.levelSome()
    for k in fixture.layers.indices { fixture.layers[k].weights.levelSome() }
    fixture.layers[0].biases[0, 1] = 0
    return fixture
  }

  private static let saturatedAbove = Case<Fixture>("units at 1000") { generator in
    saturated(at: 1000, using: &generator)
  }

  private static let saturatedBelow = Case<Fixture>("units at −1000") { generator in
    saturated(at: -1000, using: &generator)
  }

  /// In every layer a unit at `z`, beside others that are not saturated.
  private static func saturated(
    at z: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = sigmoid.fixture(using: &generator)
    for k in fixture.layers.indices { fixture.layers[k].biases[0, 0] = z }
    return fixture
  }

  /// A single layer with every unit near −25: its slope is 1e-11, and is not 0. A sigmoid that is half of
  /// 1 + tanh(z/2) has five digits left there.
  private static let faint = Case<Fixture>("faint slopes") { generator in
    var fixture = single.fixture(using: &generator)
    fixture.layers[0].weights *= 0.3
    fixture.layers[0].biases = fixture.layers[0].biases * 0 - 25
    return fixture
  }

  private static let tiny = Case<Fixture>("tiny numbers") { generator in
    var fixture = relu.fixture(using: &generator)
    for k in fixture.layers.indices { fixture.layers[k].shrinkSomeUnits() }
    fixture.upstream *= 1e-12
    return fixture
  }

  /// Activations and gradients that no bound leaves as they are.
  private static let huge = Case<Fixture>("huge numbers") { generator in
    let sizes = generator.sizes(5)
    while true {
      var fixture = draw(.relu, widths: Array(sizes[1...]), rows: sizes[0], using: &generator)
      fixture.inputs *= 1e8
      fixture.upstream *= 1e8
      if truth(of: fixture, to: .everything).allSatisfy({ $0.value.max() > 1e7 }) { return fixture }
    }
  }

  /// Inputs, weights and biases of any size, and last activations as always.
  private static let stretched = Case<Fixture>("tiny and huge inputs") { generator in
    var fixture = relu.fixture(using: &generator)
    fixture.inputs.stretchColumns(into: &fixture.layers[0].weights)
    fixture.layers.stretchUnits()
    return fixture
  }

  /// A layer of which no ReLU is on: no gradient gets through to it, or below.
  private static let dead = Case<Fixture>("dead layer") { generator in
    var fixture = relu.fixture(using: &generator)
    fixture.layers[1].biases = fixture.layers[1].biases - 1000
    return fixture
  }

  /// He's weights with biases; for ReLU no pre-activation near the kink, none all of one sign, and a
  /// gradient in every layer.
  private static func draw(
    _ activation: LayerActivation, widths: [Int], rows: Int,
    using generator: inout FixtureGenerator
  ) -> Fixture {
    while true {
      let fixture = Fixture(
        layers: zip(widths, widths.dropFirst()).map { fanIn, fanOut in
          DenseLayer(
            weights: .normal(
              rows: fanIn, columns: fanOut, standardDeviation: (2 / Double(fanIn)).squareRoot(),
              using: &generator),
            biases: .normal(rows: 1, columns: fanOut, standardDeviation: 0.5, using: &generator))
        },
        activation: activation,
        inputs: .normal(rows: rows, columns: widths[0], using: &generator),
        upstream: .normal(rows: rows, columns: widths[widths.count - 1], using: &generator))
      guard activation == .relu else { return fixture }
      let z = fixture.layers.indices.map {
        Mathematics.logits(fixture.inputs, through: Array(fixture.layers[...$0]))
      }
      let isClear = z.allSatisfy { abs($0).min() >= 0.02 && $0.max() > 0 && $0.min() < 0 }
      if isClear, truth(of: fixture, to: .everything).allSatisfy({ $0.value.max() > 0.01 }) {
        return fixture
      }
    }
  }

  // MARK: Pictures

  /// Layers so wide that no ReLU layer is off for all rows.
  private static let wide = Case<Fixture>("twelve wide layers") { generator in
    draw(.sigmoid, widths: Array(repeating: 24, count: 13), rows: 5, using: &generator)
  }

  /// The norms of either activation through the same twelve layers, in powers of ten.
  package static var pictures: [PictureQuestion<Self>] {
    [
      PictureQuestion(on: wide, to: .bothActivations) { answered in
        let norms = ["sigmoid", "ReLU"].map { answered.parts.value($0).elements.map(log10) }
        guard let left = norms[0].first, let other = norms[1].first,
          norms.joined().allSatisfy(\.isFinite)
        else { return nil }
        // Lines drawn with the same letter are told apart by where they begin.
        let (place, otherPlace) = left < other ? ("lower", "upper") : ("upper", "lower")
        return .curve(
          title: "log₁₀ of the gradient's norm, first layer to last",
          series: [
            .init("sigmoid (\(place) on the left)", norms[0]),
            .init("ReLU (\(otherPlace) on the left)", norms[1]),
          ])
      }
    ]
  }
}

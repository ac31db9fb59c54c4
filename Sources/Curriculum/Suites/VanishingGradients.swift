package import Grading
package import KataKit

package enum VanishingGradientsSuite: Suite {
  /// A deep network with a batch, and what comes back to its last activation.
  package struct Fixture: Sendable {
    var layers: [DenseLayer]
    var activation: LayerActivation
    var inputs: Matrix
    var upstream: Matrix
  }

  package static let kata = Kata(
    "vanishing-gradients", type: "VanishingGradients", requirement: "VanishingGradientsKata",
    title: "gradient norm per layer, sigmoid against ReLU", track: .backward, minutes: 15)

  package static func subject(of type: any Any.Type) -> (any VanishingGradientsKata)? {
    (type as? any VanishingGradientsKata.Type)?.init()
  }

  /// From the last layer back to the first, as backpropagation computes them.
  package static func answer(
    of subject: any VanishingGradientsKata, to fixture: Fixture
  ) -> [Block] {
    let norms = subject.gradientNorms(
      of: fixture.layers, activation: fixture.activation, inputs: fixture.inputs,
      upstream: fixture.upstream)
    // A norm that has vanished is judged as closely as any other.
    return norms.enumerated().reversed().map { index, norm in
      Block(
        Numbers.subscripted("norm of dW", index + 1), norm,
        acceptance: .near(absolute: 1e-18))
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [Quantity(fixture.inputs.rows, "the batch has \(fixture.inputs.rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: sigmoid),
      .reference("sigmoid, last layer", on: sigmoid, judging: { $0.name.last == "₃" }),
      .reference("sigmoid, all layers", on: sigmoid),
      .reference("ReLU, last layer", on: relu, judging: { $0.name.last == "₃" }),
      .reference("ReLU, all layers", on: relu),
      .reference(on: deepSigmoid),
      .reference(on: deepReLU),
      .reference(on: squareSigmoid),
      .reference(on: squareReLU),
      .reference(on: single),
      .reference(on: oneRow),
      .reference(on: saturatedAbove),
      .reference(on: saturatedBelow),
      .reference(on: tiny),
      .reference(on: dead),
      .property(
        "linear in upstream", on: deepSigmoid, holds: "−3 times the upstream, 3 times every norm",
        comparing: scaled),
      .repeatable(on: sigmoid),
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

  private static let saturatedAbove = Case<Fixture>("units at 1000") { generator in
    saturated(at: 1000, using: &generator)
  }

  private static let saturatedBelow = Case<Fixture>("units at −1000") { generator in
    saturated(at: -1000, using: &generator)
  }

  /// In every layer a unit at `z`, beside others that are not saturated.
  private static func saturated(
    at z: Double, using generator: inout SeededGenerator
  ) -> Fixture {
    var fixture = sigmoid.fixture(seed: generator.next())
    for k in fixture.layers.indices { fixture.layers[k].biases[0, 0] = z }
    return fixture
  }

  private static let tiny = Case<Fixture>("tiny numbers") { generator in
    var fixture = relu.fixture(seed: generator.next())
    for k in fixture.layers.indices { fixture.layers[k].shrinkSomeUnits() }
    return fixture
  }

  /// A layer of which no ReLU is on: no gradient gets through to it, or below.
  private static let dead = Case<Fixture>("dead layer") { generator in
    var fixture = relu.fixture(seed: generator.next())
    fixture.layers[1].biases = fixture.layers[1].biases - 1000
    return fixture
  }

  /// He's weights with biases; for ReLU no pre-activation near the kink, none all of one sign, and a
  /// gradient in every layer.
  private static func draw(
    _ activation: LayerActivation, widths: [Int], rows: Int,
    using generator: inout SeededGenerator
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
      if isClear, truth(of: fixture).allSatisfy({ $0.value.max() > 0.01 }) { return fixture }
    }
  }

  // MARK: Checks that ask no reference

  @Sendable private static func scaled(
    _ subject: any VanishingGradientsKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var scaled = fixture
    scaled.upstream *= -3
    return (
      answer(of: subject, to: scaled),
      answer(of: subject, to: fixture).map {
        Block($0.name, 3 * $0.value, acceptance: $0.acceptance)
      }
    )
  }

  // MARK: Pictures

  /// The norms of either activation through the same twelve layers, in powers of ten; layers so wide that
  /// no ReLU layer is off for all rows.
  package static func pictures(
    of subject: any VanishingGradientsKata, seed: UInt64
  ) -> [Picture] {
    var generator = SeededGenerator(seed: seed)
    var fixture = draw(
      .sigmoid, widths: Array(repeating: 24, count: 13), rows: 5, using: &generator)
    func logarithms(_ activation: LayerActivation) -> [Double] {
      fixture.activation = activation
      return subject.gradientNorms(
        of: fixture.layers, activation: activation, inputs: fixture.inputs,
        upstream: fixture.upstream
      ).map(log10)
    }
    let (sigmoid, relu) = (logarithms(.sigmoid), logarithms(.relu))
    guard let left = sigmoid.first, let other = relu.first,
      (sigmoid + relu).allSatisfy(\.isFinite)
    else { return [] }
    // Lines drawn with the same letter are told apart by where they begin.
    let (place, otherPlace) = left < other ? ("lower", "upper") : ("upper", "lower")
    return [
      .curve(
        title: "log₁₀ of the gradient's norm, first layer to last",
        series: [
          .init("sigmoid (\(place) on the left)", sigmoid),
          .init("ReLU (\(otherPlace) on the left)", relu),
        ])
    ]
  }
}

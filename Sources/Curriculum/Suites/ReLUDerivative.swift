package import Grading
package import KataKit

/// Pre-activations, and what comes back from the layer above.
package struct ReLUFixture: Sendable {
  package var z: Matrix
  package var upstream: Matrix
}

package enum ReLUDerivativeSuite: Suite {
  package static let kata = Kata(
    "relu-derivative", type: "ReLUDerivative", requirement: "ReLUDerivativeKata",
    title: "ReLU, its slope, and the step back through it", track: .neuron, minutes: 3)

  package static func subject(of type: any Any.Type) -> (any ReLUDerivativeKata)? {
    (type as? any ReLUDerivativeKata.Type)?.init()
  }

  package static func reference(making mistakes: Set<Slip>) -> any ReLUDerivativeKata {
    Reference(mistakes: mistakes)
  }

  /// The value, then the slope, then the step back that uses it.
  ///
  /// Where z is exactly 0 they are blanked: more than one slope is right there, and any may come with a
  /// mistake elsewhere. What is told of these places is how many slopes and steps are no numbers.
  package static func answer(
    of subject: any ReLUDerivativeKata, to fixture: ReLUFixture
  ) -> [Block] {
    let zeros = fixture.zeros
    let slope = subject.slope(at: fixture.z)
    let backward = subject.backward(upstream: fixture.upstream, z: fixture.z)
    func unreal(_ name: String, _ matrix: Matrix) -> Block {
      Block(name, Double(matrix.gathered(zeros).count { !$0.isFinite }))
    }
    return [
      Block("value", subject.value(at: fixture.z).blanked(at: zeros), axes: "as z"),
      Block("slope", slope.blanked(at: zeros), axes: "as z"),
      Block("backward", backward.blanked(at: zeros), axes: "as z"),
      unreal("slopes at z = 0 that are no numbers", slope),
      unreal("steps back at z = 0 that are no numbers", backward),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed),
      .reference("value", on: mixed, of: { [Block("value", $0.value(at: $1.z), axes: "as z")] }),
      .reference("slope", on: mixed, of: { [Block("slope", $0.slope(at: $1.z), axes: "as z")] }),
      .reference("backward", on: mixed) { subject, fixture in
        [
          Block(
            "backward", subject.backward(upstream: fixture.upstream, z: fixture.z), axes: "as z")
        ]
      },
      .derivative("numerical gradient", on: mixed, of: "ReLU", derivatives: derivatives),
      .derivative("of your own value", on: mixed, of: "your value", derivatives: ownDerivative),
      .property(
        "exact zeros", on: zeros, holds: "at z = 0 the slope is in [0, 1], and used as such",
        comparing: atZero),
      .reference(on: huge),
      .reference(on: tiny),
      .reference(on: dead),
      .reference(on: square),
      .reference(on: row),
      .reference(on: column),
      .property(
        "linear in upstream", on: mixed, holds: "−3 times the upstream, −3 times the result",
        comparing: scaledUpstream),
      .repeatable(on: mixed),
    ]
  }

  // MARK: Fixtures

  private static let mixed = Case<ReLUFixture>("mixed signs") { .draw(using: &$0) }

  private static let zeros = Case<ReLUFixture>("exact zeros") { generator in
    var fixture = ReLUFixture.draw(using: &generator)
    let places = fixture.z.elements.indices.shuffled(using: &generator)
    for (turn, place) in places.prefix(places.count / 2).enumerated() {
      let (row, column) = (place / fixture.z.columns, place % fixture.z.columns)
      fixture.z[row, column] = turn % 2 == 0 ? 0 : -0.0
    }
    return fixture
  }

  /// Where a bound such as ReLU6's, or a step of differences, shows.
  private static let huge = Case<ReLUFixture>("huge values") { generator in
    var fixture = ReLUFixture.draw(using: &generator)
    fixture.z *= 1e9
    return fixture
  }

  /// Where a threshold other than 0, or a soft one, shows.
  private static let tiny = Case<ReLUFixture>("tiny values") { generator in
    var fixture = ReLUFixture.draw(using: &generator)
    fixture.z *= 1e-12
    return fixture
  }

  private static let dead = Case<ReLUFixture>("nothing positive") { generator in
    var fixture = ReLUFixture.draw(using: &generator)
    fixture.z = -abs(fixture.z)
    return fixture
  }

  /// Where upstream and slope are square their matrix product no longer stops at a shape.
  private static let square = Case<ReLUFixture>("square") { generator in
    .draw(rows: 4, columns: 4, using: &generator)
  }

  private static let row = Case<ReLUFixture>("single row") { generator in
    .draw(rows: 1, columns: 13, using: &generator)
  }

  private static let column = Case<ReLUFixture>("single column") { generator in
    .draw(rows: 13, columns: 1, using: &generator)
  }

  // MARK: Checks that ask no reference

  /// The slope is the gradient of Σ ReLU(z), and the step back that of Σ upstream ⊙ ReLU(z).
  @Sendable private static func derivatives(
    of subject: any ReLUDerivativeKata, on fixture: ReLUFixture
  ) -> [Derivative] {
    let (z, upstream) = (fixture.z, fixture.upstream)
    return [
      Derivative("slope", subject.slope(at: z), at: z, of: { Mathematics.relu($0).sum() }),
      Derivative(
        "backward", subject.backward(upstream: upstream, z: z), at: z,
        of: { (upstream * Mathematics.relu($0)).sum() }),
    ]
  }

  @Sendable private static func ownDerivative(
    of subject: any ReLUDerivativeKata, on fixture: ReLUFixture
  ) -> [Derivative] {
    [
      Derivative(
        "slope", subject.slope(at: fixture.z), at: fixture.z,
        of: { subject.value(at: $0).sum() })
    ]
  }

  /// At exactly 0 any slope in [0, 1] is right, and any step between 0 and the upstream gradient.
  @Sendable private static func atZero(
    _ subject: any ReLUDerivativeKata, _ fixture: ReLUFixture
  ) -> (actual: [Block], expected: [Block]) {
    let upstream = fixture.upstream.gathered(fixture.zeros)
    func blocks(_ subject: any ReLUDerivativeKata) -> [Block] {
      let step = subject.backward(upstream: fixture.upstream, z: fixture.z).gathered(fixture.zeros)
      let range = Acceptance.between(0...1, noise: 0)
      return answer(of: subject, to: fixture).prefix(3) + [
        block("value", subject.value(at: fixture.z).gathered(fixture.zeros), .near()),
        block("slope", subject.slope(at: fixture.z).gathered(fixture.zeros), range),
        block("backward/upstream", zip(step, upstream).map(/), range),
      ]
    }
    func block(_ name: String, _ values: [Double], _ acceptance: Acceptance) -> Block {
      Block(
        "\(name) at z = 0", values,
        acceptance: acceptance)
    }
    return (blocks(subject), blocks(reference(making: [])))
  }

  @Sendable private static func scaledUpstream(
    _ subject: any ReLUDerivativeKata, _ fixture: ReLUFixture
  ) -> (actual: [Block], expected: [Block]) {
    let scaled = subject.backward(upstream: -3 * fixture.upstream, z: fixture.z)
    let plain = subject.backward(upstream: fixture.upstream, z: fixture.z)
    let name = "backward of −3·upstream"
    return ([Block(name, scaled)], [Block(name, -3 * plain)])
  }
}

extension ReLUFixture {
  /// A matrix that is not square, from 4×5 to 7×6 either way round.
  static func draw(using generator: inout SeededGenerator) -> ReLUFixture {
    let sizes = generator.sizes(2, in: 4...7)
    return draw(rows: sizes[0], columns: sizes[1], using: &generator)
  }

  /// At least 12 entries, in which every combination occurs of: |z| near 0 (but no nearer than 0.02),
  /// within 1, or beyond 1; the sign of z; the sign of the upstream gradient.
  static func draw(
    rows: Int, columns: Int, using generator: inout SeededGenerator
  ) -> ReLUFixture {
    var fixture = ReLUFixture(
      z: Matrix(rows: rows, columns: columns), upstream: Matrix(rows: rows, columns: columns))
    let magnitudes = [0.02...0.06, 0.1...0.9, 1.1...4]
    for (turn, place) in (0..<rows * columns).shuffled(using: &generator).enumerated() {
      let (row, column) = (place / columns, place % columns)
      let magnitude = Double.random(in: magnitudes[turn % 3], using: &generator)
      fixture.z[row, column] = turn / 3 % 2 == 0 ? magnitude : -magnitude
      let upstream = Double.random(in: 0.2...2, using: &generator)
      fixture.upstream[row, column] = turn / 6 % 2 == 0 ? upstream : -upstream
    }
    return fixture
  }

  /// The flat indices at which z is exactly 0.
  var zeros: [Int] { z.elements.indices.filter { z.elements[$0] == 0 } }
}

extension Matrix {
  /// With zeros at the flat indices, as far as there are such.
  fileprivate func blanked(at indices: [Int]) -> Matrix {
    var elements = elements
    for index in indices where index < count { elements[index] = 0 }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }

  /// The elements at the flat indices, as far as there are such.
  fileprivate func gathered(_ indices: [Int]) -> [Double] {
    indices.filter { $0 < count }.map { elements[$0] }
  }
}

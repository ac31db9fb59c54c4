package import Grading
package import KataKit

package enum LeakyReLUSuite: Suite {
  package typealias Subject = (_ negativeSlope: Double) -> any LeakyReLUKata

  package struct Fixture: Sendable {
    var negativeSlope: Double
    var input: ActivationFixture
  }

  package static let kata = Kata(
    "leaky-relu", type: "LeakyReLU", requirement: "LeakyReLUKata",
    title: "leaky ReLU, its slope, and the step back through it", track: .neuron, minutes: 4)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any LeakyReLUKata.Type else { return nil }
    return { type.init(negativeSlope: $0) }
  }

  /// Where z is exactly 0 slope and step back are blanked, as more than one is right there, and any may
  /// come with a mistake elsewhere. What is told of these places is how many are no numbers, and, of what
  /// is right everywhere else, which slope is outside [α, 1].
  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    let zeros = fixture.input.zeros
    let truth = reference(making: [])(fixture.negativeSlope)
    let slope = slope(of: subject, on: fixture)[0]
    let backward = backward(of: subject, on: fixture)[0]
    let upstream = fixture.input.upstream
    return value(of: subject, on: fixture)
      + [slope.blanked(at: zeros), backward.blanked(at: zeros)]
      + slope.atZero(fixture, truth: truth.slope(at: fixture.input.z), times: upstream * 0 + 1)
      + backward.atZero(
        fixture, truth: truth.backward(upstream: upstream, z: fixture.input.z), times: upstream)
  }

  @Sendable private static func value(of subject: Subject, on fixture: Fixture) -> [Block] {
    [Block("value", subject(fixture.negativeSlope).value(at: fixture.input.z), axes: "as z")]
  }

  @Sendable private static func slope(of subject: Subject, on fixture: Fixture) -> [Block] {
    [Block("slope", subject(fixture.negativeSlope).slope(at: fixture.input.z), axes: "as z")]
  }

  @Sendable private static func backward(of subject: Subject, on fixture: Fixture) -> [Block] {
    let result = subject(fixture.negativeSlope)
      .backward(upstream: fixture.input.upstream, z: fixture.input.z)
    return [Block("backward", result, axes: "as z")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed),
      .reference("value", on: mixed, of: value),
      .reference("slope", on: mixed, of: slope),
      .reference("backward", on: mixed, of: backward),
      .derivative("numerical gradient", on: mixed, of: "leaky ReLU", derivatives: derivatives),
      .derivative("of your own value", on: mixed, of: "your value") { subject, fixture in
        let subject = subject(fixture.negativeSlope)
        return [
          Derivative(
            "slope", subject.slope(at: fixture.input.z), at: fixture.input.z,
            of: { subject.value(at: $0).sum() })
        ]
      },
      .property(
        "exact zeros", on: zeros, holds: "at z = 0 the slope is in [α, 1], and used as such",
        comparing: atZero),
      .reference(on: steep),
      .reference(on: huge),
      .reference(on: tiny),
      .reference(on: square),
      .reference(on: row),
      .reference(on: column),
      twoAtOnce,
      .property(
        "linear in upstream", on: mixed, holds: "−3 times the upstream, −3 times the result",
        comparing: scaledUpstream),
      .repeatable(on: mixed),
    ]
  }

  // MARK: Fixtures

  private static let mixed = drawn(from: .mixed)
  private static let zeros = drawn(from: .zeros)
  private static let huge = drawn(from: .huge)
  private static let tiny = drawn(from: .tiny)
  private static let square = drawn(from: .square)
  private static let row = drawn(from: .row)
  private static let column = drawn(from: .column)

  /// Where a slope that is written into the code, or a bound for it, shows.
  private static let steep = Case<Fixture>("α near 1") { generator in
    Fixture(
      negativeSlope: .random(in: 0.7...0.9, using: &generator),
      input: .draw(using: &generator))
  }

  private static func drawn(from inputs: Case<ActivationFixture>) -> Case<Fixture> {
    Case(inputs.name) { generator in
      Fixture(
        negativeSlope: .random(in: 0.05...0.4, using: &generator),
        input: inputs.fixture(seed: generator.next()))
    }
  }

  // MARK: Checks that ask no reference

  @Sendable private static func derivatives(
    of subject: Subject, on fixture: Fixture
  ) -> [Derivative] {
    let (z, upstream) = (fixture.input.z, fixture.input.upstream)
    let subject = subject(fixture.negativeSlope)
    let truth = reference(making: [])(fixture.negativeSlope)
    return [
      Derivative("slope", subject.slope(at: z), at: z, of: { truth.value(at: $0).sum() }),
      Derivative(
        "backward", subject.backward(upstream: upstream, z: z), at: z,
        of: { (upstream * truth.value(at: $0)).sum() }),
    ]
  }

  /// At exactly 0 any slope in [α, 1] is right, and any step between α times the upstream and it.
  @Sendable private static func atZero(
    _ subject: Subject, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let zeros = fixture.input.zeros
    let upstream = fixture.input.upstream.gathered(zeros)
    let range = Acceptance.between(fixture.slopesAtZero, noise: 0)
    func block(_ name: String, _ values: [Double]) -> Block {
      Block("\(name) at zeros", values, acceptance: range)
    }
    func blocks(_ subject: Subject) -> [Block] {
      let slope = slope(of: subject, on: fixture)[0].value.gathered(zeros)
      let step = backward(of: subject, on: fixture)[0].value.gathered(zeros)
      return answer(of: subject, to: fixture).prefix(3) + [
        block("slope", slope), block("backward/upstream", zip(step, upstream).map(/)),
      ]
    }
    return (blocks(subject), blocks(reference(making: [])))
  }

  private static let twoAtOnce = Check<Self>("two at once", on: [mixed]) {
    (subject, seed) throws(Finding) in
    let fixture = mixed.fixture(seed: seed)
    let (one, _) = (subject(fixture.negativeSlope), subject(0.5))
    let (actual, expected) = (
      answer(of: { _ in one }, to: fixture), answer(of: subject, to: fixture)
    )
    if let finding = actual.finding(against: expected) {
      throw Finding(
        finding.message, pattern: "Two of them with different slopes share what they remember.")
    }
    return "each keeps the slope that it was made with"
  }

  @Sendable private static func scaledUpstream(
    _ subject: Subject, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    let (z, upstream) = (fixture.input.z, fixture.input.upstream)
    let subject = subject(fixture.negativeSlope)
    let name = "backward of −3·upstream"
    return (
      [Block(name, subject.backward(upstream: -3 * upstream, z: z))],
      [Block(name, -3 * subject.backward(upstream: upstream, z: z))]
    )
  }
}

extension LeakyReLUSuite.Fixture {
  /// What the slope may be at z = 0, to within the last bits.
  fileprivate var slopesAtZero: ClosedRange<Double> { (negativeSlope - 1e-9)...(1 + 1e-9) }
}

extension Block {
  fileprivate func blanked(at indices: [Int]) -> Block {
    Block(name, value.blanked(at: indices), axes: axes)
  }

  /// How many entries at z = 0 are no numbers, and the slopes there that are out of bounds, if the other
  /// entries are right.
  fileprivate func atZero(
    _ fixture: LeakyReLUSuite.Fixture, truth: @autoclosure () -> Matrix, times factor: Matrix
  ) -> [Block] {
    let zeros = fixture.input.zeros
    guard !zeros.isEmpty else { return [] }
    let entries = value.gathered(zeros)
    let isRight = blanked(at: zeros).agrees(with: Block(name, truth().blanked(at: zeros)))
    let slopes = zip(entries, factor.gathered(zeros)).map(/).map {
      isRight && $0.isFinite && !fixture.slopesAtZero.contains($0) ? $0 : 1
    }
    return [
      Block("NaNs in \(name) at z = 0", Double(entries.count { !$0.isFinite })),
      Block("slopes in \(name) at z = 0", slopes),
    ]
  }
}

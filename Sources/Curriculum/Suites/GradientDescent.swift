package import Grading
package import KataKit

/// Where a descent begins, and how far it goes.
package struct DescentFixture: Sendable {
  /// 1 × 2.
  var start: Matrix
  var learningRate: Double
  var steps: Int
}

package enum GradientDescentSuite: Suite {
  package static let kata = Kata(
    "gradient-descent", type: "GradientDescent", requirement: "GradientDescentKata",
    title: "down a bowl, step by step", track: .optimiser, minutes: 5)

  package static func subject(of type: any Any.Type) -> (any GradientDescentKata)? {
    (type as? any GradientDescentKata.Type)?.init()
  }

  /// The gradient at the start, every point on the way, and the loss, which no step asks for.
  package static func answer(
    of subject: any GradientDescentKata, to fixture: DescentFixture
  ) -> [Block] {
    gradient(of: subject, at: fixture) + path(of: subject, from: fixture)
      + loss(of: subject, at: fixture)
  }

  @Sendable private static func loss(
    of subject: any GradientDescentKata, at fixture: DescentFixture
  ) -> [Block] {
    [Block("loss", subject.loss(at: fixture.start))]
  }

  @Sendable private static func gradient(
    of subject: any GradientDescentKata, at fixture: DescentFixture
  ) -> [Block] {
    [Block("gradient", subject.gradient(at: fixture.start), axes: "as w")]
  }

  @Sendable private static func path(
    of subject: any GradientDescentKata, from fixture: DescentFixture
  ) -> [Block] {
    subject.path(
      from: fixture.start, learningRate: fixture.learningRate, steps: fixture.steps
    ).enumerated().map { Block(Numbers.subscripted("w", $0), $1, axes: "as the start") }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: few),
      .reference("loss", on: few, of: loss),
      .reference("gradient", on: few, of: gradient),
      .derivative("numerical gradient", on: few, of: "the bowl") { subject, fixture in
        [Derivative("gradient", subject.gradient(at: fixture.start), at: fixture.start, of: bowl)]
      },
      .reference("path", on: few, of: path),
      .reference("no steps", on: none, of: path),
      .reference("one step", on: one, of: path),
      staysAtMinimum,
      .reference("diverging", on: diverging, of: path),
      .property(
        "there and back", on: swinging, holds: "w₂ swings about −1 at a learning rate of ½",
        comparing: swing),
      .property(
        "down to the minimum", on: many, holds: "150 steps of 0.1 end at (2, −1)",
        comparing: { subject, fixture in
          (path(of: subject, from: fixture).suffix(1), [Block("w₁₅₀", [[2, -1]] as Matrix)])
        }),
      .property(
        "in two goes", on: few, holds: "a path goes on from where another ended",
        comparing: inTwoGoes),
      .repeatable(on: few),
    ]
  }

  /// The loss along the path: whether it falls, how fast, and where it would have got to.
  package static func pictures(of subject: any GradientDescentKata, seed: UInt64) -> [Picture] {
    let fixture = shown.fixture(seed: seed)
    func losses(_ subject: any GradientDescentKata) -> [Double] {
      let points = subject.path(
        from: fixture.start, learningRate: fixture.learningRate, steps: fixture.steps)
      return Array(
        points.lazy.map { $0.count == 2 ? bowl($0) : .nan }.prefix { $0.isFinite && $0 < 1e6 })
    }
    return [
      .curve(
        title: "loss along the path",
        series: [
          .init("yours", losses(subject)), .init("expected", losses(reference(making: []))),
        ])
    ]
  }

  // MARK: Fixtures

  private static func descent(
    _ name: String, steps: Int, learningRate: ClosedRange<Double> = 0.08...0.18
  ) -> Case<DescentFixture> {
    Case(name) { .draw(steps: steps, learningRate: learningRate, using: &$0) }
  }

  private static let few = descent("a few steps", steps: 6)
  private static let none = descent("no steps", steps: 0)
  private static let one = descent("one step", steps: 1)
  private static let shown = descent("the picture", steps: 15)
  private static let many = descent("many steps", steps: 150, learningRate: 0.1...0.1)
  /// The step in w₂ is too long from ½ on.
  private static let diverging = descent("diverging", steps: 12, learningRate: 0.6...0.7)
  private static let swinging = descent("swinging", steps: 5, learningRate: 0.5...0.5)

  private static let settled = Case<DescentFixture>("from the minimum") { generator in
    var fixture = DescentFixture.draw(steps: 4, learningRate: 0.08...0.18, using: &generator)
    fixture.start = [[2, -1]]
    return fixture
  }

  // MARK: Checks that ask no reference

  /// To stop early looks like the last point alone there, and like a whole path elsewhere.
  private static let staysAtMinimum = Check<Self>("from the minimum", on: [settled, few]) {
    (subject, seed) throws(Finding) in
    let fixture = settled.fixture(seed: seed)
    let truth = path(of: reference(making: []), from: fixture)
    if let finding = path(of: subject, from: fixture).finding(against: truth) { throw finding }
    return "it stays there, step after step"
  }

  @Sendable private static func bowl(_ w: Matrix) -> Double {
    let (w1, w2) = (w.elements[0], w.elements[1])
    return (w1 - 2) * (w1 - 2) + 2 * (w2 + 1) * (w2 + 1)
  }

  /// With a learning rate of ½ the first coordinate is there in one step, and the second never.
  @Sendable private static func swing(
    _ subject: any GradientDescentKata, _ fixture: DescentFixture
  ) -> (actual: [Block], expected: [Block]) {
    let (first, second) = (fixture.start.elements[0], fixture.start.elements[1])
    let expected = (0...fixture.steps).map { step in
      Block(
        Numbers.subscripted("w", step),
        [[step == 0 ? first : 2, step % 2 == 0 ? second : -2 - second]] as Matrix)
    }
    return (path(of: subject, from: fixture), expected)
  }

  @Sendable private static func inTwoGoes(
    _ subject: any GradientDescentKata, _ fixture: DescentFixture
  ) -> (actual: [Block], expected: [Block]) {
    let whole = path(of: subject, from: fixture)
    var (first, second) = (fixture, fixture)
    first.steps = fixture.steps / 2
    second.steps = fixture.steps - first.steps
    let half = path(of: subject, from: first)
    second.start = half.last?.value ?? fixture.start
    guard second.start.shape == fixture.start.shape else { return (half, whole) }
    let rest = path(of: subject, from: second).dropFirst()
    let both = (half + rest).enumerated().map {
      Block(Numbers.subscripted("w", $0), $1.value)
    }
    return (both, whole)
  }
}

extension DescentFixture {
  /// From far out, and no nearer than 1 to either of the lines w₁ = 2 and w₂ = −1.
  static func draw(
    steps: Int, learningRate: ClosedRange<Double>, using generator: inout SeededGenerator
  ) -> DescentFixture {
    func offset() -> Double { (1 + 3 * generator.uniform()) * (generator.uniform() < 0.5 ? -1 : 1) }
    let width = learningRate.upperBound - learningRate.lowerBound
    return DescentFixture(
      start: [[2 + offset(), -1 + offset()]],
      learningRate: learningRate.lowerBound + width * generator.uniform(), steps: steps)
  }
}

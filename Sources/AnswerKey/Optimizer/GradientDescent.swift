package import Exam
package import Grading
import KataKit
import Numerics
import SharedAnswers

package enum GradientDescentSuite: Suite {
  package typealias Paper = GradientDescentExam

  package static let kata = Kata(
    Paper.self, title: "down any slope, step by step", track: .optimizer, minutes: 6,
    additions: [
      Addition(
        "path(from:along:learningRate:steps:)",
        "path(from:along:learningRate:steps:) is given the gradient of the function to walk down.")
    ])

  package static var checks: [Check<Self>] {
    [
      .shapes(on: few, to: .everything),
      .reference("loss", on: few, to: .loss),
      .reference("gradient", on: few, to: .gradient),
      .derivative("numerical gradient", on: few, to: .gradient, of: "the bowl") { answered in
        [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: answered.fixture.start, of: bowl)
        ]
      },
      .reference("path", on: few, to: .path),
      .inDoublePrecision(on: few, to: .everything),
      .reference(on: tilted, to: .path),
      .reference(on: many(rows: 3), to: .path),
      .reference(on: many(rows: 1), to: .path),
      .reference(on: column, to: .path),
      .reference(on: single, to: .path),
      .reference(on: saddle, to: .path),
      .reference(on: faint, to: .path),
      .reference(on: endless, to: .end),
      .reference("no steps", on: none, to: .path),
      .reference("one step", on: one, to: .path),
      staysAtMinimum,
      .reference("diverging", on: diverging, to: .path),
      .property(
        "there and back", on: swinging, to: .path,
        holds: "w₂ swings about −1 at a learning rate of ½", comparing: swing),
      .property(
        "down to the minimum", on: many, to: .end, holds: "150 steps of 0.1 end at (2, −1)",
        comparing: { ($0.blocks, [Block("w₁₅₀", [[2, -1]] as Matrix)]) }
      ).aside,
      .property(
        "in two goes", asking: [Question(on: few, to: .twoGoes), Question(on: few, to: .path)],
        holds: "a path goes on from where another ended",
        comparing: { ($0[0].blocks, $0[1].blocks) }),
    ]
  }

  /// The loss along the path: whether it falls, how fast, and where it would have got to.
  package static var pictures: [PictureQuestion<Self>] {
    @Sendable func losses(_ points: [Part]) -> [Double] {
      Array(
        points.lazy.map { $0.value.count == 2 ? bowl($0.value) : .nan }
          .prefix { $0.isFinite && $0 < 1e6 })
    }
    return [
      PictureQuestion(on: descent("the picture", steps: 15), to: .path) {
        .curve(
          title: "loss along the path", yours: losses($0.parts), expected: losses($0.trueParts))
      },
      PictureQuestion(on: descent("the picture", steps: 15), to: .path, draw: valley),
    ]
  }

  /// The bowl from above, as far as the right way goes, with both ways down.
  @Sendable private static func valley(_ answered: Answered<Self>) -> Picture? {
    let minimum = [2.0, -1.0]
    let right = answered.trueParts.map(\.value.elements) + [minimum]
    func range(_ axis: Int) -> (low: Double, high: Double) {
      let values = right.map { $0[axis] }
      let (low, high) = (values.min() ?? 0, values.max() ?? 1)
      let margin = max(0.2, (high - low) / 4)
      return (low - margin, high + margin)
    }
    guard right.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isFinite) }) else { return nil }
    let (x, y) = (range(0), range(1))
    func path(_ parts: [Part]) -> [Picture.Mark] {
      parts.map(\.value.elements).filter { $0.count == 2 && $0.allSatisfy(\.isFinite) }.map {
        Picture.Mark(
          x: ($0[0] - x.low) / (x.high - x.low), y: (y.high - $0[1]) / (y.high - y.low))
      }
    }
    let (rows, columns) = (20, 60)
    return .bowl(
      title: "the bowl from above, and the ways down",
      values: (0..<rows).map { row in
        (0..<columns).map { column in
          let across = Double(column) / Double(columns - 1)
          let down = Double(row) / Double(rows - 1)
          return bowl(
            [[x.low + across * (x.high - x.low), y.high - down * (y.high - y.low)]] as Matrix)
        }
      },
      paths: [
        .init("yours", path(answered.parts)), .init("expected", path(answered.trueParts)),
      ])
  }

  // MARK: Fixtures

  private static func descent(
    _ name: String, steps: Int, learningRate: ClosedRange<Double> = 0.08...0.18
  ) -> Case<Fixture> {
    Case(name) { .draw(steps: steps, learningRate: learningRate, using: &$0) }
  }

  private static let few = descent("a few steps", steps: 6)
  private static let none = descent("no steps", steps: 0)
  private static let one = descent("one step", steps: 1)
  private static let many = descent("many steps", steps: 150, learningRate: 0.1...0.1)
  /// So many that no bound for them is as high, and so short that the last is as long as most.
  private static let endless = descent(
    "more than a thousand", steps: 1200, learningRate: 1e-4...2e-4)
  /// The step in w₂ is too long from ½ on: in the end w₂ is 1e9 or more.
  private static let diverging = descent("diverging", steps: 70, learningRate: 0.6...0.7)
  private static let swinging = descent("swinging", steps: 5, learningRate: 0.5...0.5)

  private static let settled = Case<Fixture>("from the minimum") { generator in
    var fixture = Fixture.draw(steps: 4, learningRate: 0.08...0.18, using: &generator)
    fixture.start = [[2, -1]]
    return fixture
  }

  /// Another bowl than the one of the statement, whose axes are not those of w.
  private static let tilted = Case<Fixture>("another bowl") { generator in
    .draw(rows: 1, columns: 2, using: &generator)
  }

  private static func many(rows: Int) -> Case<Fixture> {
    Case(rows == 1 ? "many coordinates" : "a matrix of weights") { generator in
      .draw(
        rows: rows, columns: generator.size(in: rows == 1 ? 10...14 : 4...6), using: &generator)
    }
  }

  private static let column = Case<Fixture>("a column of weights") { generator in
    .draw(rows: generator.size(in: 4...6), columns: 1, using: &generator)
  }

  private static let single = Case<Fixture>("a single coordinate") { generator in
    .draw(rows: 1, columns: 1, using: &generator)
  }

  /// Down from beside a saddle into the valleys that a quartic makes.
  private static let saddle = Case<Fixture>("beside a saddle") { generator in
    var fixture = Fixture.draw(rows: 1, columns: 3, using: &generator)
    fixture.landscape.curvature = [[2, 0, 0], [0, -1, 0], [0, 0, 1]]
    fixture.landscape.quartic = 1
    return fixture
  }

  /// A slope that no threshold takes for one, and steps as long as any.
  private static let faint = Case<Fixture>("tiny gradients") { generator in
    var fixture = Fixture.draw(rows: 1, columns: 3, using: &generator)
    fixture.landscape.curvature *= 1e-12
    fixture.learningRate *= 1e12
    return fixture
  }

  // MARK: Checks that ask no reference

  /// To stop early looks like the last point alone there, and like a whole path elsewhere.
  private static let staysAtMinimum = Check<Self>("from the minimum", on: settled, to: .path) {
    (answered) throws(Finding) in
    if let finding = answered.blocks.finding(against: answered.truth) { throw finding }
    return "it stays there, step after step"
  }.alsoDiagnosed(on: [Question(on: few, to: .path)])

  @Sendable private static func bowl(_ w: Matrix) -> Double {
    let (w1, w2) = (w.elements[0], w.elements[1])
    return (w1 - 2) * (w1 - 2) + 2 * (w2 + 1) * (w2 + 1)
  }

  /// With a learning rate of ½ the first coordinate is there in one step, and the second never.
  @Sendable private static func swing(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let start = answered.fixture.start.elements
    let expected = (0...answered.fixture.steps).map { step in
      Block(
        "w".subscripted(step),
        [[step == 0 ? start[0] : 2, step % 2 == 0 ? start[1] : -2 - start[1]]] as Matrix)
    }
    return (answered.blocks, expected)
  }
}

extension GradientDescentExam.Fixture {
  /// A few steps down a bowl with curvatures from 1 to about 5 and every coordinate coupled to the
  /// others, from at least ½ off its center in each.
  static func draw(
    rows: Int, columns: Int, using generator: inout FixtureGenerator
  ) -> Self {
    let center = Matrix.normal(rows: rows, columns: columns, using: &generator)
    let factor = Matrix.normal(rows: columns, columns: columns, using: &generator)
    let coupling = factor.matmul(factor.transposed)
    let trace = (0..<columns).reduce(0) { $0 + coupling[$1, $1] }
    var offset = Matrix.uniform(rows: rows, columns: columns, in: 0.5...1.5, using: &generator)
    offset = offset.map { generator.uniform() < 0.5 ? $0 : -$0 }
    return Self(
      start: center + offset, learningRate: 0.08 + 0.1 * generator.uniform(), steps: 5,
      landscape: .init(center: center, curvature: .identity(columns) + 4 / trace * coupling))
  }

  /// From far out, and no nearer than 1 to either of the lines w₁ = 2 and w₂ = −1.
  static func draw(
    steps: Int, learningRate: ClosedRange<Double>, using generator: inout FixtureGenerator
  ) -> Self {
    func offset() -> Double { (1 + 3 * generator.uniform()) * (generator.uniform() < 0.5 ? -1 : 1) }
    let width = learningRate.upperBound - learningRate.lowerBound
    return Self(
      start: [[2 + offset(), -1 + offset()]],
      learningRate: learningRate.lowerBound + width * generator.uniform(), steps: steps)
  }
}

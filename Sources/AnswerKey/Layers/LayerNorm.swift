package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum LayerNormSuite: Suite {
  package typealias Paper = LayerNormExam

  package static let kata = Kata(
    Paper.self, title: "layer normalization, forward and backward", track: .layers,
    minutes: 20)

  /// A million away the largest change of each result is judged.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    guard script == .farFromZero else { return answer.map { Block($0) } }
    let half = answer.count / 2
    return zip(answer.prefix(half), answer.suffix(half)).map { near, far in
      let isComparable = near.value.shape == far.value.shape && !near.value.isEmpty
      return Block(
        "change of \(near.name)", isComparable ? abs(far.value - near.value).max() : .nan,
        acceptance: .between(0...1e-6, noise: 1))
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, features) = (fixture.inputs.rows, fixture.inputs.columns)
    return [
      Quantity(rows, "there are \(rows) rows"),
      Quantity(features, "there are \(features) features"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed, to: .everything),
      .reference("forward", on: mixed, to: .forward),
      .reference("backward: dβ, dγ", on: mixed, to: .backward, judging: { $0.name != "dX" }),
      .reference("backward: dX", on: mixed, to: .backward, judging: { $0.name == "dX" }),
      .derivative(
        "numerical gradient", on: mixed, to: .backward, of: "Σ upstream · forward",
        derivatives: derivatives
      ).aside,
      .derivative(
        "of your own forward", on: mixed, to: .ownSlope, of: "Σ upstream · your forward"
      ) { answered in
        points.map { symbol, path in
          Derivative(
            "d\(symbol)", answered.parts.value("d\(symbol)"),
            at: answered.fixture[keyPath: path],
            values: answered.parts.value("losses around \(symbol)"))
        }
      }.aside,
      .inDoublePrecision(on: mixed, to: .everything),
      .reference(on: afterAnother, to: .everything),
      .reference(on: usual, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: oneFeature, to: .everything),
      .reference(on: twoFeatures, to: .everything),
      .reference(on: oneEntry, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: tinyParameters, to: .everything),
      .reference(on: hugeParameters, to: .everything),
      .reference(on: tinyUpstream, to: .everything),
      .reference(on: hugeUpstream, to: .everything),
      .reference(on: level, to: .everything),
      .reference(on: outlier, to: .everything),
      .reference(on: large, to: .everything),
      .reference(on: far, to: .farFromZero),
      .property(
        "rows on their own",
        asking: [Question(on: mixed, to: .firstRow), Question(on: mixed, to: .everything)],
        holds: "no row depends on the others"
      ) { (firstRow($0[0]), firstRow($0[1])) },
    ]
  }

  // MARK: Fixtures

  /// An ε so large that it shows where it is added.
  private static let mixed = Case<Fixture>("large epsilon") { generator in
    var fixture = draw(using: &generator)
    fixture.epsilon = 0.1 + 0.2 * generator.uniform()
    return fixture
  }

  private static let afterAnother = Case<Fixture>("after another batch") { generator in
    var fixture = draw(using: &generator)
    fixture.before = .normal(
      rows: fixture.inputs.rows, columns: fixture.inputs.columns, using: &generator)
    return fixture
  }

  private static let usual = Case<Fixture>("epsilon of 1e-5") { draw(using: &$0) }

  /// Where rows and columns are as many, a wrong axis no longer stops at a shape.
  private static let square = Case<Fixture>("square") { generator in
    draw(rows: 4, features: 4, using: &generator)
  }

  private static let oneRow = Case<Fixture>("single row") { generator in
    draw(rows: 1, features: generator.sizes(1)[0], using: &generator)
  }

  /// Every entry is its row's mean.
  private static let oneFeature = Case<Fixture>("single feature") { generator in
    draw(rows: generator.sizes(1)[0], features: 1, using: &generator)
  }

  /// Where a variance is the square of half a difference, and m − 1 is 1.
  private static let twoFeatures = Case<Fixture>("two features") { generator in
    draw(rows: generator.sizes(1)[0], features: 2, using: &generator)
  }

  private static let oneEntry = Case<Fixture>("single entry") { generator in
    draw(rows: 1, features: 1, using: &generator)
  }

  /// A row whose entries are all the same, so that nothing but ε is under the root.
  private static let level = Case<Fixture>("constant row") { generator in
    var fixture = draw(using: &generator)
    for column in 0..<fixture.inputs.columns { fixture.inputs[1, column] = 0.75 }
    return fixture
  }

  /// A feature that is the same everywhere, a 0 in each matrix, and rows of the upstream gradient alike.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = draw(rows: manyRows, features: 5, using: &generator)
    for row in 0..<manyRows { fixture.inputs[row, 4] = 0.75 }
    fixture.inputs[0, 0] = 0
    fixture.upstream.levelSome()
    fixture.gamma[0, 1] = 0
    fixture.beta[0, 1] = 0
    return fixture
  }

  /// Results follow the parameters and the upstream gradient at any size.
  private static let tinyParameters = scaled("tiny parameters", parameters: 1e-7)
  private static let hugeParameters = scaled("huge parameters", parameters: 1e9)
  private static let tinyUpstream = scaled("tiny upstream", upstream: 1e-7)
  private static let hugeUpstream = scaled("huge upstream", upstream: 1e9)

  private static func scaled(
    _ name: String, parameters: Double = 1, upstream: Double = 1
  ) -> Case<Fixture> {
    Case(name) { generator in
      var fixture = draw(using: &generator)
      fixture.gamma *= parameters
      fixture.beta *= parameters
      fixture.upstream *= upstream
      return fixture
    }
  }

  /// One of forty entries far from the others: x̂ is 6 there, and nothing is clipped.
  private static let outlier = Case<Fixture>("outlier") { generator in
    var fixture = draw(rows: 3, features: 41, using: &generator)
    fixture.inputs[1, 7] = 1000
    return fixture
  }

  /// Rows of order a million and of order 1e-10, each under an ε that is small beside its squares.
  private static let large = Case<Fixture>("large and small rows") { generator in
    var fixture = draw(using: &generator)
    for column in 0..<fixture.inputs.columns {
      fixture.inputs[0, column] *= 1e6
      fixture.inputs[1, column] *= 1e-10
    }
    fixture.epsilon = 1e-21
    return fixture
  }

  /// A spread of 1 at a distance of a million, where E[x²] − mean² has lost its digits.
  private static let far = Case<Fixture>("far from zero") { draw(using: &$0) }

  private static func draw(using generator: inout FixtureGenerator) -> Fixture {
    let sizes = generator.sizes(2)
    return draw(rows: sizes[0], features: sizes[1], using: &generator)
  }

  /// Rows of different means and spreads, and parameters that are neither 1 nor 0.
  private static func draw(
    rows: Int, features: Int, using generator: inout FixtureGenerator
  ) -> Fixture {
    func normal(_ rows: Int, _ columns: Int, mean: Double = 0) -> Matrix {
      .normal(rows: rows, columns: columns, mean: mean, using: &generator)
    }
    let spreads = Matrix.uniform(rows: rows, columns: 1, in: 0.7...2, using: &generator)
    var gamma = Matrix.uniform(rows: 1, columns: features, in: 0.4...2.5, using: &generator)
    gamma[0, 0] *= -1
    return Fixture(
      inputs: normal(rows, features) * spreads + normal(rows, 1, mean: 1),
      upstream: normal(rows, features, mean: 0.5),
      gamma: gamma,
      beta: normal(1, features, mean: 0.5), epsilon: 1e-5)
  }

  // MARK: Checks that ask no reference

  /// What a loss is differentiated by.
  private static var points: [(symbol: String, path: WritableKeyPath<Fixture, Matrix>)] {
    [("β", \.beta), ("γ", \.gamma), ("X", \.inputs)]
  }

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let (fixture, truth) = (answered.fixture, reference(making: []))
    return points.map { symbol, path in
      Derivative(
        "d\(symbol)", answered.parts.value("d\(symbol)"), at: fixture[keyPath: path],
        of: { point in
          var moved = fixture
          moved[keyPath: path] = point
          return fixture.upstream.loss(
            of: truth.forward(
              moved.inputs, gamma: moved.gamma, beta: moved.beta, epsilon: moved.epsilon))
        })
    }
  }

  private static func firstRow(_ answered: Answered<Self>) -> [Block] {
    ["forward", "dX"].map { name in
      let value = answered.parts.value(name)
      return Block("row 0's \(name)", value.rows == 0 ? value : value.row(0))
    }
  }
}

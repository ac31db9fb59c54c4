package import Grading
package import KataKit

package enum LayerNormSuite: Suite {
  package struct Fixture: Sendable {
    var inputs: Matrix
    var upstream: Matrix
    var gamma: Matrix
    var beta: Matrix
    var epsilon: Double
    /// What is added to all inputs, which changes nothing; judged is then by how much it does.
    var offset = 0.0
    /// Another batch, whose forward is asked right before backward; it changes nothing.
    var before: Matrix? = nil
  }

  package static let kata = Kata(
    "layer-norm", type: "LayerNorm", requirement: "LayerNormKata",
    title: "layer normalisation, forward and backward", track: .regularisation, minutes: 20)

  package static func subject(of type: any Any.Type) -> (any LayerNormKata)? {
    (type as? any LayerNormKata.Type)?.init()
  }

  package static func answer(of subject: any LayerNormKata, to fixture: Fixture) -> [Block] {
    guard fixture.offset == 0 else { return changes(of: subject, on: fixture) }
    let outputs = forward(of: subject, on: fixture)
    if let before = fixture.before {
      var other = fixture
      other.inputs = before
      _ = forward(of: subject, on: other)
    }
    return [outputs] + backward(of: subject, on: fixture)
  }

  private static func forward(of subject: any LayerNormKata, on fixture: Fixture) -> Block {
    Block(
      "forward",
      subject.forward(
        fixture.inputs, gamma: fixture.gamma, beta: fixture.beta, epsilon: fixture.epsilon),
      axes: "rows × features")
  }

  private static func backward(of subject: any LayerNormKata, on fixture: Fixture) -> [Block] {
    let gradient = gradient(of: subject, on: fixture)
    return [
      Block("dβ", gradient.beta, axes: "1 × features"),
      Block("dγ", gradient.gamma, axes: "1 × features"),
      Block("dX", gradient.inputs, axes: "rows × features"),
    ]
  }

  private static func gradient(
    of subject: any LayerNormKata, on fixture: Fixture
  ) -> LayerNormGradient {
    subject.backward(
      upstream: fixture.upstream, inputs: fixture.inputs, gamma: fixture.gamma,
      epsilon: fixture.epsilon)
  }

  /// The largest change of each result with the offset.
  private static func changes(of subject: any LayerNormKata, on fixture: Fixture) -> [Block] {
    func results(_ fixture: Fixture) -> [Block] {
      [forward(of: subject, on: fixture)] + backward(of: subject, on: fixture)
    }
    var moved = fixture
    moved.inputs += fixture.offset
    return zip(results(fixture), results(moved)).map { near, far in
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
      .shapes(on: mixed),
      .reference("forward", on: mixed, of: { [forward(of: $0, on: $1)] }),
      .reference("backward: dβ, dγ", on: mixed, of: { Array(backward(of: $0, on: $1).prefix(2)) }),
      .reference("backward: dX", on: mixed, of: { Array(backward(of: $0, on: $1).suffix(1)) }),
      .derivative("numerical gradient", on: mixed, of: "Σ upstream · forward") {
        derivatives(of: $0, on: $1, by: reference(making: []))
      },
      .derivative("of your own forward", on: mixed, of: "Σ upstream · your forward") {
        derivatives(of: $0, on: $1, by: $0)
      },
      .reference(on: afterAnother),
      .reference(on: usual),
      .reference(on: square),
      .reference(on: oneRow),
      .reference(on: oneFeature),
      .reference(on: oneEntry),
      .reference(on: level),
      .reference(on: far),
      .property(
        "rows on their own", on: mixed, holds: "no row depends on the others",
        comparing: firstRow),
      .repeatable(on: mixed),
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

  private static let oneEntry = Case<Fixture>("single entry") { generator in
    draw(rows: 1, features: 1, using: &generator)
  }

  /// A row whose entries are all the same, so that nothing but ε is under the root.
  private static let level = Case<Fixture>("constant row") { generator in
    var fixture = draw(using: &generator)
    for column in 0..<fixture.inputs.columns { fixture.inputs[1, column] = 0.75 }
    return fixture
  }

  /// A spread of 1 at a distance of a million, where E[x²] − mean² has lost its digits.
  private static let far = Case<Fixture>("far from zero") { generator in
    var fixture = draw(using: &generator)
    fixture.offset = 1e6
    return fixture
  }

  private static func draw(using generator: inout SeededGenerator) -> Fixture {
    let sizes = generator.sizes(2)
    return draw(rows: sizes[0], features: sizes[1], using: &generator)
  }

  /// Rows of different means and spreads, and parameters that are neither 1 nor 0.
  private static func draw(
    rows: Int, features: Int, using generator: inout SeededGenerator
  ) -> Fixture {
    func normal(_ rows: Int, _ columns: Int, mean: Double = 0) -> Matrix {
      .normal(rows: rows, columns: columns, mean: mean, using: &generator)
    }
    let spreads = Matrix.uniform(rows: rows, columns: 1, in: 0.7...2, using: &generator)
    return Fixture(
      inputs: normal(rows, features) * spreads + normal(rows, 1, mean: 1),
      upstream: normal(rows, features, mean: 0.5),
      gamma: .uniform(rows: 1, columns: features, in: 0.4...2.5, using: &generator),
      beta: normal(1, features, mean: 0.5), epsilon: 1e-5)
  }

  // MARK: Checks that ask no reference

  private static func derivatives(
    of subject: any LayerNormKata, on fixture: Fixture, by author: any LayerNormKata
  ) -> [Derivative] {
    func loss(_ fixture: Fixture) -> Double {
      let outputs = forward(of: author, on: fixture).value
      // Of a wrong shape there is no loss to differentiate.
      return outputs.shape == fixture.upstream.shape ? (fixture.upstream * outputs).sum() : .nan
    }
    func derivative(_ name: String, _ gradient: Matrix, _ path: WritableKeyPath<Fixture, Matrix>)
      -> Derivative
    {
      Derivative(
        name, gradient, at: fixture[keyPath: path],
        of: { point in
          var moved = fixture
          moved[keyPath: path] = point
          return loss(moved)
        })
    }
    let gradient = gradient(of: subject, on: fixture)
    return [
      derivative("dβ", gradient.beta, \.beta), derivative("dγ", gradient.gamma, \.gamma),
      derivative("dX", gradient.inputs, \.inputs),
    ]
  }

  @Sendable private static func firstRow(
    _ subject: any LayerNormKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var alone = fixture
    alone.inputs = fixture.inputs.row(0)
    alone.upstream = fixture.upstream.row(0)
    func blocks(_ fixture: Fixture) -> [Block] {
      [forward(of: subject, on: fixture), backward(of: subject, on: fixture)[2]].map {
        Block("row 0's \($0.name)", $0.value.rows == 0 ? $0.value : $0.value.row(0))
      }
    }
    return (blocks(alone), blocks(fixture))
  }
}

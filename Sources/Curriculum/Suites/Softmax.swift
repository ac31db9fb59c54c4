package import Grading
package import KataKit

package enum SoftmaxSuite: Suite {
  /// Logits, and what comes back from the loss.
  package struct Fixture: Sendable {
    var logits: Matrix
    var upstream: Matrix
    /// Another batch, whose value is asked right before the step back; it changes nothing.
    var before: Matrix? = nil
  }

  package static let kata = Kata(
    "softmax", type: "Softmax", requirement: "SoftmaxKata",
    title: "softmax, row by row, and the step back through it", track: .loss, minutes: 10)

  package static func subject(of type: any Any.Type) -> (any SoftmaxKata)? {
    (type as? any SoftmaxKata.Type)?.init()
  }

  package static func answer(of subject: any SoftmaxKata, to fixture: Fixture) -> [Block] {
    let value = value(of: subject, on: fixture)
    if let before = fixture.before { _ = subject.value(at: before) }
    return [value, backward(of: subject, on: fixture)]
  }

  private static func value(of subject: any SoftmaxKata, on fixture: Fixture) -> Block {
    Block("value", subject.value(at: fixture.logits), axes: "rows × classes")
  }

  private static func backward(of subject: any SoftmaxKata, on fixture: Fixture) -> Block {
    Block(
      "backward", subject.backward(upstream: fixture.upstream, logits: fixture.logits),
      axes: "rows × classes")
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, classes) = (fixture.logits.rows, fixture.logits.columns)
    return [
      Quantity(rows, "there are \(rows) rows"), Quantity(classes, "there are \(classes) classes"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed),
      .reference("value", on: mixed, of: { [value(of: $0, on: $1)] }),
      .reference("backward", on: mixed, of: { [backward(of: $0, on: $1)] }),
      .derivative("numerical gradient", on: mixed, of: "Σ upstream · softmax") {
        [derivative(of: $0, on: $1, value: Mathematics.softmax)]
      },
      .derivative("of your own value", on: mixed, of: "Σ upstream · your value") {
        [derivative(of: $0, on: $1, value: $0.value)]
      },
      .reference(on: afterAnother),
      .reference(on: square),
      .reference(on: oneRow),
      .reference(on: oneClass),
      .reference(on: oneEntry),
      .reference(on: level),
      .reference(on: high),
      .reference(on: sunken),
      .reference(on: uneven),
      .reference(on: extreme),
      .property(
        "shifted rows", on: mixed, holds: "a constant added to a row changes nothing",
        comparing: shifted),
      .property(
        "constant upstream", on: mixed, holds: "pulling all classes alike moves no logit",
        comparing: constantUpstream),
      .repeatable(on: mixed),
    ]
  }

  // MARK: Fixtures

  private static let mixed = Case<Fixture>("moderate logits") { moderate(using: &$0) }

  private static let afterAnother = Case<Fixture>("after another batch") { generator in
    var fixture = moderate(using: &generator)
    fixture.before = .normal(
      rows: fixture.logits.rows, columns: fixture.logits.columns, using: &generator)
    return fixture
  }

  /// Where rows and columns are as many, a sum over the wrong ones no longer stops at a shape.
  private static let square = Case<Fixture>("square") { generator in
    moderate(rows: 4, classes: 4, using: &generator)
  }

  private static let oneRow = Case<Fixture>("single row") { generator in
    moderate(rows: 1, classes: generator.sizes(1)[0], using: &generator)
  }

  /// Every probability is 1, and the upstream gradients so large that 1e-9 beside it shows.
  private static let oneClass = Case<Fixture>("single class") { generator in
    let rows = generator.sizes(1)[0]
    return Fixture(
      logits: .normal(rows: rows, columns: 1, using: &generator),
      upstream: .uniform(rows: rows, columns: 1, in: 3...4, using: &generator))
  }

  private static let oneEntry = Case<Fixture>("single entry") { generator in
    moderate(rows: 1, classes: 1, using: &generator)
  }

  /// Every class as likely as the others, at another level in each row.
  private static let level = Case<Fixture>("equal logits") { generator in
    var fixture = moderate(using: &generator)
    fixture.logits =
      fixture.logits * 0 + .normal(rows: fixture.logits.rows, columns: 1, using: &generator)
    return fixture
  }

  private static let high = Case<Fixture>("rows near 1000") { generator in
    moderateAndRows(near: 1000, using: &generator)
  }

  /// Where exp underflows unless the shift is the row's own maximum.
  private static let sunken = Case<Fixture>("rows near −10000") { generator in
    moderateAndRows(near: -10000, using: &generator)
  }

  /// Rows near 1000, near −1000 and near 0, which no shift but each row's own keeps.
  private static let uneven = Case<Fixture>("uneven rows") { generator in
    var fixture = moderate(using: &generator)
    let levels = (0..<fixture.logits.rows).map { [1000.0, -1000, 0][$0 % 3] }
      .shuffled(using: &generator)
    fixture.logits += Matrix(rows: levels.count, columns: 1, elements: levels)
    return fixture
  }

  /// Rows with two logits near 1000 among others near −1000, which lie 1000 above their mean and more,
  /// and by turns with one near −1000 among others near 1000, which do not.
  private static let extreme = Case<Fixture>("±1000 in a row") { generator in
    let sizes = generator.sizes(2, in: 4...7)
    var fixture = moderate(rows: sizes[0], classes: sizes[1], using: &generator)
    fixture.logits -= 1000
    for row in 0..<fixture.logits.rows {
      let columns = (0..<fixture.logits.columns).shuffled(using: &generator)
      for column in columns.prefix(row % 2 == 0 ? 2 : columns.count - 1) {
        fixture.logits[row, column] += 2000
      }
    }
    return fixture
  }

  /// Every row at `level` but for one, which shows what else may be wrong.
  private static func moderateAndRows(
    near level: Double, using generator: inout SeededGenerator
  ) -> Fixture {
    var fixture = moderate(using: &generator)
    let levels = (0..<fixture.logits.rows).map { $0 == 1 ? 0 : level }
    fixture.logits += Matrix(rows: levels.count, columns: 1, elements: levels)
    return fixture
  }

  private static func moderate(using generator: inout SeededGenerator) -> Fixture {
    let sizes = generator.sizes(2)
    return moderate(rows: sizes[0], classes: sizes[1], using: &generator)
  }

  /// Logits of order 1, and upstream gradients that are not centred.
  private static func moderate(
    rows: Int, classes: Int, using generator: inout SeededGenerator
  ) -> Fixture {
    Fixture(
      logits: .normal(rows: rows, columns: classes, using: &generator),
      upstream: .normal(rows: rows, columns: classes, mean: 0.7, using: &generator))
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any SoftmaxKata, on fixture: Fixture, value: @escaping (Matrix) -> Matrix
  ) -> Derivative {
    Derivative(
      "backward", subject.backward(upstream: fixture.upstream, logits: fixture.logits),
      at: fixture.logits,
      of: { logits in
        let value = value(logits)
        // Of a wrong shape there is no loss to differentiate.
        return value.shape == logits.shape ? (fixture.upstream * value).sum() : .nan
      })
  }

  @Sendable private static func shifted(
    _ subject: any SoftmaxKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var moved = fixture
    for row in 0..<moved.logits.rows {
      for column in 0..<moved.logits.columns { moved.logits[row, column] += Double(row) - 1.5 }
    }
    return (answer(of: subject, to: moved), answer(of: subject, to: fixture))
  }

  @Sendable private static func constantUpstream(
    _ subject: any SoftmaxKata, _ fixture: Fixture
  ) -> (actual: [Block], expected: [Block]) {
    var level = fixture
    level.upstream = fixture.upstream * 0 + 3
    return ([backward(of: subject, on: level)], [Block("backward", fixture.logits * 0)])
  }
}

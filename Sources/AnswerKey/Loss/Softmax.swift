package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum SoftmaxSuite: Suite {
  package typealias Paper = SoftmaxExam

  package static let kata = Kata(
    Paper.self, title: "softmax, row by row, and the step back through it", track: .loss,
    minutes: 10)

  /// Where rows are of different size, each is a block; small probabilities are judged one by one.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.flatMap { (part) -> [Block] in
      if part.name == "value", fixture.hasSmallProbabilities {
        return [Block(part, acceptance: .each())]
      }
      if fixture.hasFaintLogits {
        let relative = part.name == "value" ? 1e-11 : 1e-6
        return [Block(part, acceptance: .near(relative: relative, absolute: 0))]
      }
      guard part.name == "backward", fixture.hasUnevenUpstream,
        part.value.shape == fixture.upstream.shape
      else { return [Block(part)] }
      return (0..<part.value.rows).map {
        Block("backward, row \($0)", part.value.row($0), acceptance: .near(absolute: 0))
      }
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, classes) = (fixture.logits.rows, fixture.logits.columns)
    return [
      Quantity(rows, "there are \(rows) rows"), Quantity(classes, "there are \(classes) classes"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed, to: .everything),
      .reference("value", on: mixed, to: .value),
      .reference("backward", on: mixed, to: .backward),
      .derivative(
        "numerical gradient", on: mixed, to: .backward, of: "Σ upstream · softmax"
      ) { answered in
        let fixture = answered.fixture
        return [
          Derivative(
            "backward", answered.parts.value("backward"), at: fixture.logits,
            of: { fixture.upstream.loss(of: Mathematics.softmax($0)) })
        ]
      }.aside,
      .derivative(
        "of your own value", on: mixed, to: .ownSlope, of: "Σ upstream · your value"
      ) { answered in
        [
          Derivative(
            "backward", answered.parts.value("backward"), at: answered.fixture.logits,
            values: answered.parts.value("losses around the logits"))
        ]
      }.aside,
      .inDoublePrecision(on: mixed, to: .everything, within: 5e-9),
      .reference(on: afterAnother, to: .everything),
      .reference(on: square, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: oneClass, to: .everything),
      .reference(on: oneEntry, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: level, to: .everything),
      .reference(on: faint, to: .everything),
      .reference(on: high, to: .everything),
      .reference(on: sunken, to: .everything),
      .reference(on: uneven, to: .everything),
      .reference(on: extreme, to: .everything),
      .reference(on: outlier, to: .everything),
      .reference(on: highRow, to: .everything),
      .reference(on: twoClasses, to: .everything),
      .reference(on: probabilities, to: .everything),
      .reference(on: small, to: .everything),
      .reference(on: unevenUpstream, to: .everything),
      .property(
        "shifted rows",
        asking: [Question(on: mixed, to: .shifted), Question(on: mixed, to: .everything)],
        holds: "a constant added to a row changes nothing"
      ) { ($0[0].blocks, $0[1].blocks) },
      .property(
        "constant upstream", on: mixed, to: .levelUpstream,
        holds: "pulling all classes alike moves no logit"
      ) { ($0.blocks, [Block("backward", $0.fixture.logits * 0)]) },
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

  /// Some logits and upstream gradients are alike.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = moderate(rows: manyRows, classes: 4, using: &generator)
    fixture.logits.levelSome()
    fixture.upstream.levelSome()
    return fixture
  }

  /// Every class as likely as the others, at another level in each row.
  private static let level = Case<Fixture>("equal logits") { generator in
    var fixture = moderate(using: &generator)
    fixture.logits =
      fixture.logits * 0 + .normal(rows: fixture.logits.rows, columns: 1, using: &generator)
    return fixture
  }

  /// Where a cut at a small number would make all logits 0, and all probabilities alike.
  private static let faint = Case<Fixture>("tiny differences") { generator in
    var fixture = moderate(using: &generator)
    fixture.logits *= 1e-7
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

  /// A single logit far below the others, whose magnitude is the largest.
  private static let outlier = Case<Fixture>("one at −1000") { generator in
    var fixture = moderate(using: &generator)
    for row in 0..<fixture.logits.rows {
      fixture.logits[row, .random(in: 0..<fixture.logits.columns, using: &generator)] -= 1000
    }
    return fixture
  }

  private static let highRow = Case<Fixture>("single row near 1000") { generator in
    var fixture = moderate(rows: 1, classes: generator.sizes(1)[0], using: &generator)
    fixture.logits += 1000
    return fixture
  }

  private static let twoClasses = Case<Fixture>("two classes") { generator in
    moderate(rows: generator.sizes(1)[0], classes: 2, using: &generator)
  }

  /// Logits that might be taken for probabilities: none is below 0, and they add up to 1.
  private static let probabilities = Case<Fixture>("logits that add up to 1") { generator in
    var fixture = moderate(using: &generator)
    fixture.logits = Mathematics.softmax(fixture.logits)
    return fixture
  }

  /// Down to 1e-300, where a bound for probabilities or for logits shows.
  private static let small = Case<Fixture>("small probabilities") { generator in
    var fixture = moderate(using: &generator)
    for row in 0..<fixture.logits.rows {
      let columns = (0..<fixture.logits.columns).shuffled(using: &generator)
      for (turn, column) in columns.enumerated() {
        fixture.logits[row, column] = -690 * Double(turn) / Double(columns.count - 1)
      }
    }
    fixture.logits += .normal(rows: fixture.logits.rows, columns: 1, using: &generator)
    return fixture
  }

  /// Rows of upstream gradients from 1e-12 to 1e12, where a bound or a cut shows.
  private static let unevenUpstream = Case<Fixture>("tiny and huge upstream") { generator in
    var fixture = moderate(using: &generator)
    let sizes = (0..<fixture.upstream.rows).map { [1e-12, 1e12, 1e-5][$0 % 3] }
    fixture.upstream *= Matrix(rows: sizes.count, columns: 1, elements: sizes)
    return fixture
  }

  /// Every row at `level` but for one, which shows what else may be wrong.
  private static func moderateAndRows(
    near level: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = moderate(using: &generator)
    let levels = (0..<fixture.logits.rows).map { $0 == 1 ? 0 : level }
    fixture.logits += Matrix(rows: levels.count, columns: 1, elements: levels)
    return fixture
  }

  private static func moderate(using generator: inout FixtureGenerator) -> Fixture {
    let sizes = generator.sizes(2)
    return moderate(rows: sizes[0], classes: sizes[1], using: &generator)
  }

  /// Logits of order 1, and upstream gradients that are not centered.
  private static func moderate(
    rows: Int, classes: Int, using generator: inout FixtureGenerator
  ) -> Fixture {
    Fixture(
      logits: .normal(rows: rows, columns: classes, using: &generator),
      upstream: .normal(rows: rows, columns: classes, mean: 0.7, using: &generator))
  }
}

extension SoftmaxExam.Fixture {
  fileprivate var hasSmallProbabilities: Bool {
    let spread = (logits.max(axis: 1) - logits.min(axis: 1)).elements
    return spread.allSatisfy { abs($0 - 690) < 1e-6 }
  }

  /// Where probabilities differ by so little that they are judged to the last digits but four.
  fileprivate var hasFaintLogits: Bool { (1e-20...1e-5).contains(abs(logits).max()) }

  fileprivate var hasUnevenUpstream: Bool { abs(upstream).max() > 1e9 }
}

package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum SoftmaxCrossEntropySuite: Suite {
  package typealias Paper = SoftmaxCrossEntropyExam

  package static let kata = Kata(
    Paper.self, title: "probabilities, loss, gradient from logits", track: .loss, minutes: 10)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.map { part in
      switch part.name {
      case "probabilities": Block(part)
      case "gradient": Block(part, acceptance: fixture.gradientAcceptance)
      default: Block(part, acceptance: fixture.lossAcceptance)
      }
    }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let (rows, classes) = (fixture.logits.rows, fixture.logits.columns)
    return [
      Quantity(rows, "the batch has \(rows) rows"),
      Quantity(classes, "there are \(classes) classes"),
      Quantity(rows * classes, "\(rows) rows × \(classes) classes is \(rows * classes)"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: oneHot, to: .everything),
      .reference("probabilities", on: oneHot, to: .probabilities),
      .reference("loss", on: oneHot, to: .loss),
      .reference("gradient", on: oneHot, to: .gradient),
      .derivative(
        "numerical gradient", on: oneHot, to: .gradient, of: "the mean cross-entropy"
      ) { answered in
        let fixture = answered.fixture
        return [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: fixture.logits,
            of: { Mathematics.crossEntropy(logits: $0, targets: fixture.targets) })
        ]
      }.aside,
      .derivative(
        "slope of your loss", on: oneHot, to: .ownSlope, of: "your own loss"
      ) { answered in
        [
          Derivative(
            "gradient", answered.parts.value("gradient"), at: answered.fixture.logits,
            values: answered.parts.value("losses around the logits"))
        ]
      }.aside,
      .inDoublePrecision(on: oneHot, to: .everything, reading: besideTheLargest),
      .reference(on: soft, to: .everything),
      .reference(on: oneRow, to: .everything),
      .reference(on: level, to: .everything),
      .reference(on: faint, to: .everything),
      .reference(on: unlikely, to: .everything),
      .reference(on: moreUnlikely, to: .everything),
      .reference(on: nearlyCertain, to: .everything),
      .reference(certain.name, on: certain, to: .everything) { blocks, fixture in
        blocks.filter { $0.name == "gradient" }.map { block in
          let others = fixture.targets.elements.indices.filter { fixture.targets.elements[$0] == 0 }
          return Block(
            "gradient of the other classes", block.value.elements.gathered(others),
            acceptance: .between(1e-19...2e-7, noise: 1))
        }
      },
      .reference(on: right, to: .everything),
      .reference(on: wrong, to: .everything),
      .reference(on: sunken, to: .everything),
      .reference(on: raised, to: .everything),
      .reference(on: twoClasses, to: .everything),
      .reference(on: oneClass, to: .everything),
      .reference(on: oneEntry, to: .everything),
      .reference(on: many, to: .everything),
      .reference("after another batch", on: oneHot, to: .afterAnother),
      .property(
        "shifted rows",
        asking: [Question(on: oneHot, to: .shifted), Question(on: oneHot, to: .everything)],
        holds: "a constant added to a row changes nothing"
      ) { ($0[0].blocks, $0[1].blocks) },
      .property(
        "batch twice over",
        asking: [Question(on: oneHot, to: .doubled), Question(on: oneHot, to: .everything)],
        holds: "a doubled batch has the same mean loss", comparing: doubled),
    ]
  }

  // MARK: Fixtures

  private static let oneHot = Case<Fixture>("one-hot targets") { generator in
    moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
  }

  private static let soft = Case<Fixture>("soft targets") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.targets = .softTargets(
      rows: fixture.logits.rows, classes: fixture.logits.columns, using: &generator)
    return fixture
  }

  private static let oneRow = Case<Fixture>("single row") { generator in
    moderate(rowsAndClasses: [1] + generator.sizes(1, in: 3...5), using: &generator)
  }

  /// Every class as likely as the others, at another level in each row.
  private static let level = Case<Fixture>("equal logits") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits =
      fixture.logits * 0 + .normal(rows: fixture.logits.rows, columns: 1, using: &generator)
    return fixture
  }

  private static let faint = Case<Fixture>("tiny differences") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits *= 1e-7
    return fixture
  }

  /// Targets with probabilities of 3e-6, where a clip at 1e-7 does not show yet (it moves the loss by
  /// 0.3% and the gradient by 3% at most) and one from 4e-6 on does.
  private static let unlikely = Case<Fixture>("unlikely targets") { generator in
    withChances(of: 3e-6, using: &generator)
  }

  /// Targets with probabilities of 3e-7, where a clip at 1e-7 moves the loss by 2% and the gradient by a
  /// quarter at most, and one at 1e-6 by more.
  private static let moreUnlikely = Case<Fixture>("more unlikely targets") { generator in
    withChances(of: 3e-7, using: &generator)
  }

  private static func withChances(
    of chance: Double, using generator: inout FixtureGenerator
  ) -> Fixture {
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    let others = (exp(fixture.logits) * (1 - fixture.targets)).sum(axis: 1)
    fixture.logits += fixture.targets * (log(chance * others) - fixture.logits)
    return fixture
  }

  /// The other classes have probabilities from 3e-7 to 2e-6: gradients as small are no zeros.
  private static let nearlyCertain = Case<Fixture>("nearly certain targets") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    let p = Mathematics.softmax(fixture.logits)
    fixture.logits = log(fixture.targets + (1 - fixture.targets) * p * 2.5e-6)
    return fixture
  }

  /// The other classes have probabilities around 1e-13: whatever clips them, they have a gradient.
  private static let certain = Case<Fixture>("certain targets") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits += 30 * fixture.targets
    return fixture
  }

  private static let right = Case<Fixture>("±1000, all right") { generator in
    extreme(areRight: true, using: &generator)
  }

  private static let wrong = Case<Fixture>("±1000, all wrong") { generator in
    extreme(areRight: false, using: &generator)
  }

  /// Every logit near −10000, where exp underflows unless the shift is the row's own maximum.
  private static let sunken = Case<Fixture>("all near −10000") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits -= 10000
    return fixture
  }

  /// Where exp overflows, and where the largest logit of a row is far from certain all the same.
  private static let raised = Case<Fixture>("all near 1000") { generator in
    var fixture = moderate(rowsAndClasses: generator.sizes(2, in: 3...5), using: &generator)
    fixture.logits += 1000
    return fixture
  }

  private static let twoClasses = Case<Fixture>("two classes") { generator in
    moderate(rowsAndClasses: [generator.sizes(1, in: 3...5)[0], 2], using: &generator)
  }

  private static let oneClass = Case<Fixture>("single class") { generator in
    let rows = generator.sizes(1, in: 3...5)[0]
    return Fixture(
      logits: .normal(rows: rows, columns: 1, using: &generator),
      targets: Matrix(rows: rows, columns: 1) + 1)
  }

  private static let oneEntry = Case<Fixture>("single entry") { generator in
    Fixture(logits: .normal(rows: 1, columns: 1, using: &generator), targets: [[1]])
  }

  /// The last logit of every row is 0, and all are in the first.
  private static let many = Case<Fixture>("many rows") { generator in
    var fixture = moderate(rowsAndClasses: [manyRows, 4], using: &generator)
    for row in 0..<manyRows {
      let last = fixture.logits[row, 3]
      for column in 0..<4 {
        fixture.logits[row, column] -= row == 0 ? fixture.logits[0, column] : last
      }
    }
    return fixture
  }

  /// Logits of which every probability is in 0.12 … 0.7, and one-hot targets.
  private static func moderate(
    rowsAndClasses: [Int], using generator: inout FixtureGenerator
  ) -> Fixture {
    let (rows, classes) = (rowsAndClasses[0], rowsAndClasses[1])
    var elements: [Double] = []
    while elements.count < rows * classes {
      let row = Matrix.normal(
        rows: 1, columns: classes, standardDeviation: 0.7, using: &generator)
      let p = Mathematics.softmax(row)
      if p.min() >= 0.12, p.max() <= 0.7 { elements += row.elements }
    }
    return Fixture(
      logits: Matrix(rows: rows, columns: classes, elements: elements),
      targets: .oneHotTargets(rows: rows, classes: classes, using: &generator))
  }

  /// Logits near −1000 but for a peak near 1000 in the first row and every second one after it, with
  /// another some 100 below, and a peak near 0 in the other rows: probabilities are 1 and 0.
  private static func extreme(
    areRight: Bool, using generator: inout FixtureGenerator
  ) -> Fixture {
    let sizes = generator.sizes(2, in: 3...5)
    let peaks = Matrix.oneHotTargets(rows: sizes[0], classes: sizes[1], using: &generator)
    var logits = Matrix.uniform(
      rows: sizes[0], columns: sizes[1], in: -1000...(-950), using: &generator)
    var targets = peaks
    for (row, peak) in peaks.argmax(axis: 1).enumerated() {
      let (next, last) = ((peak + 1) % sizes[1], (peak + sizes[1] - 1) % sizes[1])
      logits[row, peak] += row.isMultiple(of: 2) ? 2000 : 1000
      if row.isMultiple(of: 2) { logits[row, next] += 1850 }
      guard !areRight else { continue }
      targets[row, peak] = 0
      targets[row, last] = 1
    }
    return Fixture(logits: logits, targets: targets)
  }

  // MARK: Checks that ask no reference

  /// Of the classes that are no targets, by the likeliest of the row: whatever was added to the sum.
  @Sendable private static func besideTheLargest(
    _ blocks: [Block], on fixture: Fixture
  ) -> [Block] {
    blocks.filter { $0.name != "loss" }.map { block in
      let others = block.value * (1 - fixture.targets)
      return Block("\(block.name) by the row's largest", others / abs(others).max(axis: 1))
    }
  }

  /// Of twice the rows, each has half the gradient.
  @Sendable private static func doubled(
    _ answers: [Answered<Self>]
  ) -> (actual: [Block], expected: [Block]) {
    let rows = answers[1].fixture.logits.rows
    let expected = answers[1].blocks.map { block in
      guard block.value.rows == rows, block.name != "loss" else { return block }
      let value = block.value.gather(rows: Array(0..<rows) + Array(0..<rows))
      return Block(
        block.name, block.name == "gradient" ? value / 2 : value, acceptance: block.acceptance)
    }
    return (answers[0].blocks, expected)
  }
}

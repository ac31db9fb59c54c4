package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum OneHotSuite: Suite {
  package typealias Paper = OneHotExam

  package static let kata = Kata(
    Paper.self, title: "labels to one-hot rows, and back", track: .loss, minutes: 3)

  /// Zeros and ones are exact.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] { answer.map { Block($0, acceptance: .near(relative: 0, absolute: 0)) } }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: mixed, to: .everything),
      .reference("encode", on: mixed, to: .encode),
      .reference("decode", on: scores, to: .decode),
      .reference(on: every, to: .encode),
      .reference(on: twoClasses, to: .encode),
      .reference(on: close, to: .decode),
      .reference(on: negative, to: .decode),
      .reference(on: huge, to: .decode),
      .reference(on: ties, to: .decode),
      .reference(on: certain, to: .decode),
      .reference(on: oneLabel, to: .everything),
      .reference(on: oneClass, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: balanced, to: .everything),
      .reference(on: many, to: .everything),
      .property(
        "there and back", on: every, to: .roundTrip,
        holds: "decoding what was encoded gives the labels"
      ) { ($0.blocks, [Block("decode", $0.fixture.labels.map { Double($0) })]) },
    ]
  }

  // MARK: Fixtures

  private static let mixed = Case<Fixture>("classes missing") { someClasses(using: &$0) }

  private static let scores = Case<Fixture>("scores") { generator in
    someClasses(using: &generator)
  }

  private static let every = Case<Fixture>("every class") { generator in
    everyClass(using: &generator)
  }

  private static let twoClasses = Case<Fixture>("two classes") { generator in
    fixture([0, 1, 1, 0, 1], classes: 2, using: &generator)
  }

  /// Each row has its greatest score behind one that is less in the fourteenth digit.
  private static let close = Case<Fixture>("nearly equal scores") { generator in
    var fixture = someClasses(using: &generator)
    for row in 0..<fixture.scores.rows {
      let columns = (0..<fixture.classes).shuffled(using: &generator).prefix(2).sorted()
      let largest = 2 + abs(fixture.scores.row(row)).max()
      fixture.scores[row, columns[0]] = largest * (1 - 2e-14)
      fixture.scores[row, columns[1]] = largest
    }
    return fixture
  }

  /// Above −1 and far below it by turns, so that hardly a number to start a search from is low enough.
  private static let negative = Case<Fixture>("negative scores") { generator in
    var fixture = someClasses(using: &generator)
    let magnitudes = abs(fixture.scores) + 0.1
    for row in 0..<magnitudes.rows {
      for column in 0..<magnitudes.columns {
        let magnitude = magnitudes[row, column]
        fixture.scores[row, column] =
          row % 2 == 0
          ? -magnitude / (1 + magnitude) : -1.2e308 - 5e307 * magnitude / (1 + magnitude)
      }
    }
    return fixture
  }

  /// Where a bound for the scores, or an exponential, shows.
  private static let huge = Case<Fixture>("huge scores") { generator in
    var fixture = someClasses(using: &generator)
    fixture.scores = 1e300 * (abs(fixture.scores) + 0.1)
    return fixture
  }

  /// Each row has its greatest score twice or more.
  private static let ties = Case<Fixture>("equal scores") { generator in
    var fixture = someClasses(using: &generator)
    for row in 0..<fixture.scores.rows {
      let columns = Array(0..<fixture.classes).shuffled(using: &generator)
      let largest = 2 + abs(fixture.scores.row(row)).max()
      for column in columns.prefix(2 + row % 2) { fixture.scores[row, column] = largest }
    }
    return fixture
  }

  /// Probabilities of 1 and 0: rows that are one-hot already.
  private static let certain = Case<Fixture>("one-hot scores") { generator in
    var fixture = everyClass(using: &generator)
    fixture.scores = .oneHotTargets(
      rows: fixture.labels.count, classes: fixture.classes, using: &generator)
    return fixture
  }

  private static let oneLabel = Case<Fixture>("single label") { generator in
    let classes = generator.sizes(1)[0]
    return fixture([classes - 2], classes: classes, using: &generator)
  }

  private static let oneClass = Case<Fixture>("single class") { generator in
    fixture([0, 0, 0, 0], classes: 1, using: &generator)
  }

  /// Scores of a row that add up to exactly 0, the last of them the largest.
  private static let balanced = Case<Fixture>("scores that add up to 0") { generator in
    var fixture = someClasses(using: &generator)
    for row in 0..<fixture.scores.rows {
      var sum = 0.0
      for column in 0..<fixture.classes - 1 {
        // Eighths, which add up without rounding.
        fixture.scores[row, column] = Double(-Int.random(in: 1...40, using: &generator)) / 8
        sum += fixture.scores[row, column]
      }
      fixture.scores[row, fixture.classes - 1] = -sum
    }
    return fixture
  }

  private static let oneNumber = Case<Fixture>("single number") { generator in
    fixture([0], classes: 1, using: &generator)
  }

  /// Some scores are alike, and one is all but 0.
  private static let many = Case<Fixture>("many labels") { generator in
    var fixture = fixture((0..<manyRows).map { $0 % 5 }, classes: 5, using: &generator)
    fixture.scores.levelSome()
    fixture.scores[1, 1] = 1e-9
    return fixture
  }

  /// Without the last class and one in the middle, and with the first one more often than the others.
  private static func someClasses(using generator: inout FixtureGenerator) -> Fixture {
    let classes = generator.size(in: 4...6)
    let missing = Int.random(in: 1..<classes - 2, using: &generator)
    let labels = (0..<classes - 1).filter { $0 != missing } + [0, 0, 0]
    return fixture(labels, classes: classes, using: &generator)
  }

  private static func everyClass(using generator: inout FixtureGenerator) -> Fixture {
    let classes = generator.sizes(1)[0]
    return fixture(Array(0..<classes) + [0, classes - 1], classes: classes, using: &generator)
  }

  /// The labels in an order that is not sorted, where there is one, and a score for each class.
  private static func fixture(
    _ labels: [Int], classes: Int, using generator: inout FixtureGenerator
  ) -> Fixture {
    var labels = labels
    let sorted = labels.sorted()
    repeat {
      labels.shuffle(using: &generator)
    } while labels == sorted && sorted.first != sorted.last
    return Fixture(
      labels: labels, classes: classes,
      scores: .normal(rows: labels.count, columns: classes, using: &generator))
  }
}

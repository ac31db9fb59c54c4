package import Exam
package import Grading
import KataKit
package import Numerics

package enum GradientCheckSuite: Suite {
  package typealias Paper = GradientCheckExam

  package static let kata = Kata(
    Paper.self, title: "a checker that catches wrong gradients", track: .backward, minutes: 12)

  /// The gradient or the verdicts; where the loss was asked is not judged.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] { answer.prefix(1).map { Block($0) } }

  /// How often the loss is asked, and where, is the attempt's own affair.
  package static func form(
    of fixture: Fixture, to script: Script, truth: [Part]
  ) -> [PartForm] {
    truth.map { PartForm($0.name, $0.name == "asked" ? nil : $0.value.shape) }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: coupled, to: .differences),
      differences("x³ at 1, h = 0.1", on: cube),
      differences("coupled entries", on: coupled),
      differences("small step", on: smallStep),
      differences(largeEntries.name, on: largeEntries),
      .inDoublePrecision(on: coupled, to: .differences),
      differences("square point", on: squarePoint),
      differences(columnPoint.name, on: columnPoint),
      differences(rowPoint.name, on: rowPoint),
      verdicts(planted),
      verdicts(entries),
      verdicts(slightly),
      verdicts(large),
      verdicts(row),
      verdicts(column),
      verdicts(entry),
      verdicts(transposed),
      verdicts(level),
      verdicts(unused),
      verdicts(notANumber),
      verdicts(tiny),
      verdicts(huge),
      verdicts(valley),
      verdicts(negative),
    ]
  }

  /// The differences are right; where they are not, what the loss was asked may tell why.
  private static func differences(_ name: String, on probe: Case<Fixture>) -> Check<Self> {
    Check(name, on: probe, to: .differences) { (answered) throws(Finding) in
      guard let finding = answered.blocks.finding(against: answered.truth) else {
        return "central differences for the step that is given"
      }
      let sentence = sentence(of: answered.parts.value("asked"), answered.fixture)
      throw Finding(finding.message, pattern: sentence ?? finding.pattern)
    }
  }

  /// What is odd about the points at which the loss was asked, one a row.
  private static func sentence(of asked: Matrix, _ fixture: Fixture) -> String? {
    let (center, step) = (fixture.point.elements, fixture.step)
    let moves = (0..<asked.rows).map { row in
      // What adding and subtracting the step rounds is no move.
      zip(asked.row(row).elements, center).map { $0 - $1 }.filter { abs($0) > 1e-6 * step }
    }
    if moves.isEmpty { return "The loss was never asked for." }
    let most = moves.map(\.count).max() ?? 0
    if most > 1 {
      return
        "The loss was asked where \(most) entries had moved at once; move one, and put it back."
    }
    let odd = moves.joined().first { abs(abs($0) - step) > 1e-6 * step }
    return odd.map {
      let (moved, step) = Numbers.pair(abs($0), step)
      return "An entry was moved by \(moved); the step is \(step)."
    }
  }

  /// Every claim is judged rightly.
  private static func verdicts(_ trial: GradientTrial) -> Check<Self> {
    Check(trial.name, on: trial.probe, to: .verdicts) { (answered) throws(Finding) in
      let fixture = answered.fixture
      let wrong = trial.claims(on: fixture).count { !$0.isRight }
      let isSame = answered.blocks.finding(against: answered.truth) == nil
      let misjudged =
        isSame
        ? []
        : trial.misjudged(by: answered.parts.value("verdicts").elements, on: fixture)
      guard let first = misjudged.first else {
        return "\(wrong) wrong caught, the right one passed"
      }
      let passed = misjudged.count { !$0.isRight }
      throw Finding(
        "\(first.words) was called \(first.isRight ? "wrong" : "right")",
        pattern: answered.parts.number("asked") == 0
          ? "The loss was never asked for."
          : passed > 1 ? "\(passed) of \(wrong) wrong gradients passed." : nil)
    }
  }
}

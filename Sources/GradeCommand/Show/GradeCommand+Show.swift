import Grading
import Workshop

/// Which question is shown.
package enum ShownQuestion: Equatable, Sendable {
  /// One of the first check that fails.
  case first
  /// One of this check.
  case check(String)
}

extension GradeCommand {
  /// A verdict with one question of it to look at.
  func shown(
    _ question: ShownQuestion, of report: Report, _ records: [QuestionRecord],
    _ suite: any Suite.Type,
    _ style: Style
  ) -> String {
    let name =
      switch question {
      case .check(let name): name
      case .first: report.checks.leading?.name ?? records.first?.check ?? ""
      }
    let asked = records.filter { $0.checks.contains(name) }
    var parts = [
      style.heading(suite.kata.name, suite.kata.title, right: "seed \(report.seed)")
    ]
    let results = report.checks.filter { $0.name == name }
    parts += [CheckList(checks: results, style: style, extent: .all).text].compactMap(\.self)
    if let record = asked.first(where: { !$0.isRight }) ?? asked.first {
      parts.append(QuestionText(record: record, style: style).text)
    } else {
      let reason = "No question of its own was put for '\(name)'."
      parts.append("  " + style.wrap(reason, indent: 2) + "\n")
    }
    return parts.joined(separator: "\n\n")
  }
}

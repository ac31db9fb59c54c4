import Grading
import Workshop

/// How much of what an attempt printed is shown.
package enum PrintsChoice: String, CaseIterable, Sendable {
  case all
  case nothing = "none"
}

/// What an attempt printed, question by question.
struct Prints {
  private let printing: [QuestionRecord]
  private let wrong: Set<String>
  /// The check that the verdict begins with.
  private let leading: String?

  /// So many lines of one question are shown.
  static let shown = 8

  init(of records: [QuestionRecord], in report: Report) {
    printing = records.filter { !$0.prints.isEmpty }
    wrong = Set(report.checks.filter { $0.status != .passed }.map(\.name))
    leading = report.checks.leading?.name
  }

  var isEmpty: Bool { printing.isEmpty }

  /// All of it, each question under a heading.
  var everything: String {
    printing.map { "== \(Self.heading(of: $0))\n\($0.prints.withNewline)" }.joined(separator: "\n")
  }

  /// Some lines: of the question that the verdict begins with or, where that does not print, of the first
  /// of a check that failed, or the first that does. Where it came to no answer, the last lines before its
  /// end.
  ///
  /// - Parameter place: where all of it is.
  func excerpt(in place: String?) -> String {
    let sought = [Set([leading].compactMap(\.self)), wrong]
    let chosen = sought.lazy.compactMap { names in
      let own = printing.filter { !names.isDisjoint(with: $0.checks) }
      return own.first { !$0.isRight } ?? own.first
    }.first
    guard let chosen = chosen ?? printing.first else { return "" }
    let check =
      sought.lazy.compactMap { chosen.checks.first(where: $0.contains) }.first ?? chosen.check
    let fellows = printing.count { $0.checks.contains(check) }
    let lines = Array(
      chosen.prints.lines.reversed().drop { $0.allSatisfy(\.isWhitespace) }.reversed())
    let left = max(0, lines.count - Self.shown)
    let isCut = chosen.answer == nil
    let some = isCut ? lines.suffix(Self.shown) : lines.prefix(Self.shown)
    let which = fellows > 1 ? ", in one of \(fellows) questions" : ""
    var text = "Printed in \(check)\(which):\n"
    if isCut, left > 0 { text += "  … \(Figures.count(left, "line")) above\n" }
    text += some.map { "  \($0)\n" }.joined()
    if !isCut, left > 0 { text += "  … \(Figures.count(left, "more line"))\n" }
    let others = printing.count - 1
    guard left > 0 || others > 0 else { return text }
    let more =
      others > 0 ? "\(Figures.count(others, "other question")) printed, too" : "That is not all"
    return text + "  \(more)" + (place.map { ": \($0)" } ?? "") + "\n"
  }

  /// "output layer · question 3: everything of two layers, seed 42".
  private static func heading(of record: QuestionRecord) -> String {
    let id = record.question
    return "\(record.checks.joined(separator: ", ")) · \(id.probe), \(id.script), seed \(id.seed)"
  }
}

extension String {
  fileprivate var withNewline: String { hasSuffix("\n") ? self : self + "\n" }
}

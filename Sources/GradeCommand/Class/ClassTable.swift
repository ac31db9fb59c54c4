import Grading
import Workshop

/// The result of a class as a person reads it.
struct ClassTable {
  /// Mistakes listed; the rest are in the other formats.
  private static let mistakesShown = 8
  private static let widestName = 28

  let result: ClassResult
  let style: Style

  var text: String {
    let students = result.students
    let title =
      "\(Figures.count(students.count, "student")), \(Figures.count(result.katas.count, "kata"))"
    let part = result.shard.map { ", part \($0.number) of \($0.count)" } ?? ""
    let parts =
      [style.heading("class", title + part, right: "seed \(result.seed)")]
      + [result.katas.count == 1 ? list : matrix, passes] + [mistakes].compactMap(\.self)
    return parts.joined(separator: "\n\n") + "\n"
  }

  // MARK: One kata: a line per student, with what there is to say

  private var list: String {
    let width = nameWidth
    return result.rows.map { row in
      let indent = width + 14
      let start =
        "  \(symbol(row)) \(name(row.student, width)) "
        + Points.text(row.points).aligned(right: 6) + "  "
      return start + style.wrap(row.sentence.withoutControls, indent: indent, start: indent)
    }.joined(separator: "\n")
  }

  // MARK: Several: a column per kata

  private var matrix: String {
    let width = nameWidth
    let columns = result.katas.map { (kata: $0.kata, width: max($0.kata.count, 7)) }
    let total = 4 + width + columns.map { $0.width + 2 }.reduce(0, +) + 9
    guard total <= style.width else { return totals }
    let head =
      "    " + String(repeating: " ", count: width)
      + columns.map { "  " + $0.kata.aligned(right: $0.width) }.joined()
      + "  " + "points".aligned(right: 7)
    let lines = result.students.map { student in
      let rows = result.rows(of: student)
      let cells = columns.map { column in
        guard let row = rows.first(where: { $0.kata == column.kata }) else {
          return String(repeating: " ", count: column.width + 2)
        }
        let points = Points.text(row.points)
        let gap = String(repeating: " ", count: max(0, column.width - points.count))
        return gap + symbol(row) + " " + points
      }
      return "    \(name(student, width))" + cells.joined()
        + "  " + Points.text(result.points(of: student)).aligned(right: 7)
    }
    return ([style.paint(head, .faint)] + lines).joined(separator: "\n")
  }

  /// Where the columns have no room.
  private var totals: String {
    let width = nameWidth
    return result.students.map { student in
      let passed = result.rows(of: student).count { $0.verdict == .passed }
      return "    \(name(student, width))  \(passed) of \(result.katas.count) passed, "
        + "\(Points.text(result.points(of: student))) of \(Points.text(result.maxPoints)) points"
    }.joined(separator: "\n")
  }

  private var nameWidth: Int {
    min(Self.widestName, result.students.map(\.count).max() ?? 0)
  }

  private func name(_ student: String, _ width: Int) -> String {
    let name = student.withoutControls
    return (name.count > width ? name.prefix(max(0, width - 1)) + "…" : name).padded(to: width)
  }

  private func symbol(_ row: ClassResult.Row) -> String {
    switch row.verdict {
    case .passed: style.paint("✓", .good)
    case .notAttempted: style.paint("–", .faint)
    case .notGraded: style.paint("?", .strong)
    case .failed, .crashed, .doesNotCompile, .timedOut: style.paint("✗", .bad)
    }
  }

  // MARK: The class

  private var passes: String {
    let of = result.students.count
    let pieces = result.katas.map { "\($0.kata) \(result.passes(of: $0.kata)) of \(of)" }
    let lines = style.with(width: max(20, style.width - 10)).flow(pieces, separator: ", ")
    let unjudged = result.rows.count { $0.verdict == .notGraded }
    let note = unjudged > 0 ? ["  \(unjudged) could not be graded (?): grade them again."] : []
    return (["  Passed: " + lines.joined(separator: "\n          ")] + note)
      .joined(separator: "\n")
  }

  private var mistakes: String? {
    let mistakes = result.mistakes
    guard !mistakes.isEmpty else { return nil }
    let kata = mistakes.map(\.kata.count).max() ?? 0
    let lines = mistakes.prefix(Self.mistakesShown).map { mistake in
      let start = "  \("\(mistake.students)".aligned(right: 4))  \(mistake.kata.padded(to: kata))  "
      let indent = start.count
      return start
        + style.wrap("\(mistake.id): \(mistake.sentence)", indent: indent, start: indent)
    }
    let rest = mistakes.count - lines.count
    return
      (["  What the class gets wrong most:", ""] + lines
      + (rest > 0 ? ["        and \(Figures.count(rest, "other mistake"))"] : []))
      .joined(separator: "\n")
  }
}

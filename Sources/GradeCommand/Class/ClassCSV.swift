import Grading

/// The result of a class as a table for a spreadsheet or a grade book: a row per student and kata.
enum ClassCSV {
  private static let columns = [
    "student", "kata", "verdict", "points", "max_points", "mistakes", "sentence", "file", "seconds",
  ]

  /// Lines end as RFC 4180 has it.
  static func document(_ result: ClassResult) -> String {
    let rows = result.rows.map { row in
      [
        row.student, row.kata, row.verdict.rawValue, Points.text(row.points),
        Points.text(row.maxPoints), row.mistakes.map(\.id).joined(separator: " "),
        row.sentence, row.file ?? "", Points.text(row.seconds),
      ].map(cell).joined(separator: ",")
    }
    return ([columns.joined(separator: ",")] + rows).map { $0 + "\r\n" }.joined()
  }

  /// What a student wrote must not be a formula to whoever opens the table.
  static func cell(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r\n".contains($0) } ?? false
    let shown = (isFormula ? "'" : "") + text
    guard shown.contains(where: { ",\"\n\r".contains($0) || $0 == "\r\n" }) else { return shown }
    return "\"" + shown.replacing("\"", with: "\"\"") + "\""
  }
}

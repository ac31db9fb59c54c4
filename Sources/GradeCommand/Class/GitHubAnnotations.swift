/// What is wrong, as commands that a workflow of GitHub shows at the line.
enum GitHubAnnotations {
  /// More errors of one step are not shown.
  static let most = 10

  /// - Parameter folder: where the submissions are, from the root of the repository.
  static func document(_ result: ClassResult, folder: String?) -> String {
    let wrong = result.rows.filter { $0.verdict != .passed && $0.file != nil }
    let isClass = result.students.count > 1
    let shown = wrong.count > most ? most - 1 : wrong.count
    let lines = wrong.prefix(shown).map { row in
      let file = [folder, row.file].compactMap(\.self).joined(separator: "/")
      let title = isClass ? "\(row.student): \(row.kata)" : row.kata
      return "::error file=\(property(file)),line=\(row.line ?? 1),title=\(property(title))::"
        + data(row.sentence) + "\n"
    }
    let rest = wrong.count - shown
    return lines.joined() + (rest > 0 ? "::error title=katas::\(rest) more did not pass.\n" : "")
  }

  static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r\n", with: "%0D%0A")
      .replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

/// A paragraph of the compiler's words without what it says twice.
///
/// The message stands above, so below it a caret is enough, and of the lines around, which are in the
/// learner's editor, those are kept of which something is said.
struct CompilerSnippet {
  let text: String

  init(_ paragraph: String) {
    let lines = paragraph.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let plain = lines.map(Self.withoutColor)
    let message = plain.first?.firstMatch(of: #/: (?:error|warning|note): (.*)/#)?.output.1
    guard let message, plain.contains(where: Self.isRemark) else {
      text = paragraph
      return
    }
    var kept: [String] = []
    for (index, line) in lines.enumerated() {
      if Self.isRemark(plain[index]) {
        kept.append(plain[index].hasSuffix(": \(message)") ? Self.caret(in: line) : line)
      } else if !Self.isCode(plain[index])
        || (plain.indices.contains(index + 1) && Self.isRemark(plain[index + 1]))
      {
        kept.append(line)
      }
    }
    text = kept.joined(separator: "\n")
  }

  static func withoutColor(_ line: String) -> String {
    line.contains("\u{1B}") ? line.replacing(#/\u{1B}\[[0-9;]*m/#, with: "") : line
  }

  /// "12 |   let a = b"
  private static func isCode(_ line: String) -> Bool { line.prefixMatch(of: #/ *\d+ \|/#) != nil }

  /// "   |           `- error: no"
  private static func isRemark(_ line: String) -> Bool { line.prefixMatch(of: #/ *\| /#) != nil }

  /// A remark that repeats the heading, as a caret; where more is said of the place, as its stem.
  private static func caret(in line: String) -> String {
    guard let mark = line.firstMatch(of: #/([`|])- .*/#) else { return line }
    let caret = mark.output.1 == "`" ? "^" : "|"
    return line[..<mark.range.lowerBound]
      + (line.contains("\u{1B}") ? "\u{1B}[1;31m\(caret)\u{1B}[0m" : caret)
  }
}

package import Grading

/// The stub that a learner starts from: the solution with its bodies cut out.
package enum Stub {
  static let begin = "// solution:begin"
  static let end = "// solution:end"

  /// The stub of `kata`, cut afresh from its solution.
  package static func text(of kata: Kata, in project: Project) throws(HarnessError) -> String {
    let solution = project.solution(kata)
    return try cut(solution.pageText(), file: project.display(solution))
  }

  /// Replaces every marked region of `solution`, indented as its marker is: by a call of `todo()`, or
  /// by a comment where the marker goes on with words, as it must where declarations are cut.
  package static func cut(_ solution: String, file: String) throws(HarnessError) -> String {
    var lines: [Substring] = []
    var opened: Int?
    for (index, line) in solution.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let content = line.trimmingPrefix { $0 == " " }
      switch (content, opened) {
      case (Substring(begin), nil):
        opened = index + 1
        lines.append(line.prefix(line.count - content.count) + "todo()")
      case (_, nil) where content.hasPrefix(begin + " "):
        opened = index + 1
        lines.append(
          line.prefix(line.count - content.count) + "//" + content.dropFirst(begin.count))
      case (Substring(end), .some): opened = nil
      case (_, .some) where content.hasPrefix(begin), (Substring(end), nil):
        throw .unpairedMarkers(file: file, line: index + 1)
      case (_, nil): lines.append(line)
      default: break
      }
    }
    if let opened { throw .unpairedMarkers(file: file, line: opened) }
    return lines.joined(separator: "\n")
  }

  /// The solution as it is shown: without its markers.
  package static func withoutMarkers(_ solution: String) -> String {
    solution.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in
        let content = line.trimmingPrefix { $0 == " " }
        return !content.hasPrefix(begin) && content != end
      }
      .joined(separator: "\n")
  }
}

package import Grading

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The stub that a learner starts from: the solution with its bodies cut out.
package enum Stub {
  static let begin = "// solution:begin"
  static let end = "// solution:end"

  /// The stub of `kata`: cut afresh from its solution or, where there is none, as it was committed.
  package static func text(of kata: Kata, in project: Project) throws(HarnessError) -> String {
    let solution = project.solution(kata)
    if FileContents(of: solution.path) != .missing {
      return try cut(solution.pageText(), file: project.display(solution))
    }
    if let committed = try committed(kata, in: project) { return committed }
    throw .noStub(
      attempt: project.display(project.attempt(kata)), solution: project.display(solution))
  }

  /// Of the latest committed versions of the attempt the one that has the most left to do, and of
  /// several the newest: who commits an attempt has fewer calls of `todo()` in it.
  private static func committed(_ kata: Kata, in project: Project) throws(HarnessError) -> String? {
    let path = "./" + project.display(project.attempt(kata))
    var best: (text: String, left: Int)?
    let commits = try git("log", "-n", "20", "--format=%H", "--", path, in: project) ?? ""
    for commit in commits.split(separator: "\n") {
      guard let text = try git("show", "\(commit):\(path)", in: project) else { continue }
      let left = text.ranges(of: "todo()").count
      if left > (best?.left ?? 0) { best = (text, left) }
    }
    return best?.text
  }

  /// What git says, or nil where there is no git or no repository.
  private static func git(_ words: String..., in project: Project) throws(HarnessError) -> String? {
    let answer = try ChildProcess.run(
      ["/usr/bin/env", "git", "-C", project.root.path] + words, limits: .compiler)
    return answer.end == .exited(0) ? String(decoding: answer.standardOutput, as: UTF8.self) : nil
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

  /// The solution as it is shown: without its markers and its bugs.
  package static func withoutMarkers(_ solution: String) -> String {
    solution.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in
        let content = line.trimmingPrefix { $0 == " " }
        return !content.hasPrefix(begin) && content != end && !BugComment.isMeant(content)
      }
      .joined(separator: "\n")
  }
}

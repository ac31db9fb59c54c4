package import Grading

/// A solution, and the bugs that stand beside its lines.
///
/// `// bug IDENTIFIER: CODE` above a line replaces it; several in a row with one identifier replace as
/// many lines, and one without code leaves its line out. Several identifiers in a row are alternatives.
package struct AnnotatedSolution: Equatable, Sendable {
  /// Its lines without the bugs, markers and all.
  package let lines: [String]
  package let bugs: [PlantedBug]

  package init(_ text: String, file: String) throws(HarnessError) {
    var (lines, bugs) = ([String](), [PlantedBug]())
    var waiting: [BugComment] = []
    var isInside = false
    func fail(_ line: Int, _ reason: BugCommentError) -> HarnessError {
      .badBug(file: file, line: line, reason)
    }
    /// Those that have all the lines that they replace, when the region ends or the file does.
    var reach: [(end: Int, comment: Int)] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let content = line.trimmingPrefix { $0 == " " }
      if BugComment.isMeant(content) {
        guard isInside else { throw fail(index + 1, .outsideRegion) }
        let indent = line.prefix(line.count - content.count)
        guard let comment = BugComment(content, indent: String(indent), line: index + 1) else {
          throw fail(index + 1, .unclosed)
        }
        waiting.append(comment)
        continue
      }
      for bug in BugComment.bugs(waiting, above: lines.count) {
        if bugs.contains(where: { $0.id == bug.id }) { throw fail(bug.comment, .twice(bug.id)) }
        bugs.append(bug)
        reach.append((bug.lines.upperBound, bug.comment))
      }
      waiting = []
      if content.hasPrefix(Stub.begin) { isInside = true }
      if content == Stub.end {
        if let short = reach.first(where: { $0.end > lines.count }) {
          throw fail(short.comment, .nothingToReplace)
        }
        isInside = false
      }
      lines.append(String(line))
    }
    if let short = reach.first(where: { $0.end > lines.count })?.comment ?? waiting.first?.line {
      throw fail(short, .nothingToReplace)
    }
    (self.lines, self.bugs) = (lines, bugs)
  }
}

extension Project {
  /// The solution of a kata with its bugs, each of which is a mistake that is known.
  package func annotatedSolution(
    of suite: any Suite.Type
  ) throws(HarnessError) -> AnnotatedSolution {
    let file = display(solution(suite.kata))
    let solution = try AnnotatedSolution(try solutionText(suite.kata), file: file)
    for bug in solution.bugs where suite.sentence(ofMistake: bug.id) == nil {
      throw .badBug(file: file, line: bug.comment, .unknown(bug.id))
    }
    return solution
  }
}

/// One comment that plants a bug, or a line of one.
struct BugComment {
  let id: String
  /// Nil where the line is left out.
  let code: String?
  let line: Int

  /// Whether a line is to plant a bug, rightly written or not: no other comment speaks of bugs.
  static func isMeant(_ line: Substring) -> Bool {
    line.contains(#/\/\/+\h*bugs?\b/#.ignoresCase())
  }

  init?(_ content: Substring, indent: String, line: Int) {
    guard let match = content.wholeMatch(of: #/// bug ([a-z0-9-]+):(?: (.*))?/#) else { return nil }
    id = String(match.1)
    code = match.2.flatMap { $0.isEmpty ? nil : indent + $0 }
    self.line = line
  }

  /// The bugs of comments in a row, `above` the line of that number.
  static func bugs(_ comments: [BugComment], above: Int) -> [PlantedBug] {
    var rest = comments[...]
    var bugs: [PlantedBug] = []
    while let first = rest.first {
      let own = rest.prefix { $0.id == first.id }
      rest = rest.dropFirst(own.count)
      bugs.append(
        PlantedBug(
          id: first.id, lines: above..<above + own.count, replacement: own.compactMap(\.code),
          comment: first.line))
    }
    return bugs
  }
}

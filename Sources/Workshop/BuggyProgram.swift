/// A solution with some of its bugs in it, as its author would have written it.
///
/// It has no comments but those that document declarations: what explains a line that is right would
/// give away the one that is not.
package struct BuggyProgram: Equatable, Sendable {
  package let text: String
  /// In the order of their lines.
  package let places: [BugPlace]

  package init(_ solution: AnnotatedSolution, with bugs: [PlantedBug]) {
    var layout = ProgramLayout()
    var lines: [String: Int] = [:]
    for (index, line) in solution.lines.enumerated() {
      if let bug = bugs.first(where: { $0.lines.contains(index) }) {
        guard index == bug.lines.lowerBound else { continue }
        lines[bug.id] = layout.add(bug.replacement)
      } else {
        layout.add([line])
      }
    }
    text = layout.lines.joined(separator: "\n")
    places = bugs.sorted { $0.lines.lowerBound < $1.lines.lowerBound }.map { bug in
      let line = lines[bug.id] ?? 1
      return BugPlace(
        id: bug.id, line: line, function: layout.function(around: line),
        wrong: bug.replacement.map(\.trimmed).filter { !$0.isEmpty },
        right: solution.lines[bug.lines].filter(ProgramLayout.isCode).map(\.trimmed)
          .filter { !$0.isEmpty })
    }
  }

  /// The identifiers of the bugs whose lines are not in `attempt` any more, or that are right there.
  package func touched(in attempt: String) -> [String] {
    let (before, after) = (Self.code(text), Self.code(attempt))
    return places.filter { place in
      after.count(of: place.right) > before.count(of: place.right)
        || after.count(of: place.wrong) < before.count(of: place.wrong)
    }.map(\.id)
  }

  private static func code(_ text: String) -> [String] {
    text.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}

/// Where a bug is in a program.
package struct BugPlace: Equatable, Sendable {
  package let id: String
  /// Its first line, or the one before which a line is missing; from 1.
  package let line: Int
  /// The function around it; nil outside of all.
  package let function: String?
  /// The lines as they are and as they should be; none where nothing stands there.
  package let wrong: [String]
  package let right: [String]
}

/// Lays the lines of a program one after the other: no markers, no comments, no two blank lines.
private struct ProgramLayout {
  private(set) var lines: [String] = []

  /// - Returns: the number of the first line, from 1.
  @discardableResult
  mutating func add(_ new: [String]) -> Int {
    var first: Int?
    for line in new where Self.isCode(line) {
      let content = line.trimmed
      if content.isEmpty, lines.last.map({ $0.isEmpty || $0.hasSuffix("{") }) ?? true { continue }
      if content.first == "}", lines.last == "" { lines.removeLast() }
      lines.append(content.isEmpty ? "" : line)
      first = first ?? lines.count
    }
    return first ?? lines.count + 1
  }

  /// Whether a line is more than a marker or a comment inside of a body.
  static func isCode(_ line: String) -> Bool {
    let content = line.trimmed
    return !content.hasPrefix("//") || content.hasPrefix("///")
  }

  /// The name of the function around the line of that number.
  func function(around number: Int) -> String? {
    guard number <= lines.count else { return nil }
    var indent = lines[number - 1].indent
    for line in lines[..<(number - 1)].reversed() where !line.isEmpty && line.indent < indent {
      if let match = line.firstMatch(of: #/\bfunc (\w+)/#) { return String(match.1) }
      if line.contains(#/\binit\b/#) { return "init" }
      // A signature of several lines ends where it began.
      if !line.trimmed.hasPrefix(")") { indent = line.indent }
    }
    return nil
  }
}

extension String {
  fileprivate var indent: Int { prefix { $0 == " " }.count }

  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension [String] {
  /// How often `block` stands in these lines, line below line.
  fileprivate func count(of block: [String]) -> Int {
    guard !block.isEmpty, count >= block.count else { return 0 }
    return (0...(count - block.count)).count { self[$0..<$0 + block.count].elementsEqual(block) }
  }
}

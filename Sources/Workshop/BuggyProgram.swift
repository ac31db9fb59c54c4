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
      let function = layout.function(around: line)
      let wrong = bug.replacement.filter { !$0.trimmed.isEmpty }
      let right = solution.lines[bug.lines].filter(ProgramLayout.isCode)
        .filter { !$0.trimmed.isEmpty }
      let indent = (wrong + right).map(\.indent).min() ?? 0
      return BugPlace(
        id: bug.id, line: line, function: function?.name, part: function?.part(of: line),
        wrong: wrong.map { String($0.dropFirst(indent)) },
        right: right.map { String($0.dropFirst(indent)) })
    }
  }

  /// The identifiers of the bugs whose lines are not in `attempt` any more, or that are right there.
  package func touched(in attempt: String) -> [String] {
    let (before, after) = (Self.code(text), Self.code(attempt))
    return places.filter { place in
      let (right, wrong) = (place.right.map(\.trimmed), place.wrong.map(\.trimmed))
      return after.count(of: right) > before.count(of: right)
        || after.count(of: wrong) < before.count(of: wrong)
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
  /// Where in the function; nil where it is short.
  package let part: Part?
  /// The lines as they are and as they should be; none where nothing stands there.
  package let wrong: [String]
  package let right: [String]

  package enum Part: Equatable, Sendable { case beginning, middle, end }
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

  struct Function {
    /// A body of fewer lines is seen at one glance.
    private static let glance = 9

    let name: String
    /// The numbers of its lines, its signature with them.
    let lines: Range<Int>

    func part(of line: Int) -> BugPlace.Part? {
      guard lines.count >= Self.glance else { return nil }
      return switch (line - lines.lowerBound) * 3 / lines.count {
      case 0: .beginning
      case 1: .middle
      default: .end
      }
    }
  }

  /// The function around the line of that number.
  func function(around number: Int) -> Function? {
    guard number <= lines.count else { return nil }
    var indent = lines[number - 1].indent
    for (index, line) in lines[..<(number - 1)].enumerated().reversed()
    where !line.isEmpty && line.indent < indent {
      if let name = line.firstMatch(of: #/\bfunc (\w+)|\b(init)\b/#) {
        let end = lines[number...].firstIndex { !$0.isEmpty && $0.indent <= line.indent }
        return Function(
          name: String(name.1 ?? name.2 ?? ""), lines: index + 1..<(end ?? lines.count) + 1)
      }
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

import Grading

/// Where a `todo()` stands in an attempt.
enum TodoPlace {
  /// Whether the body that it ends has other code above it.
  static func isInTheMiddle(line: Int, of source: [UInt8]) -> Bool {
    let lines = String(decoding: source, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).prefix(max(0, line - 1))
      .map { String($0.drop(while: \.isWhitespace)) }
    let above = lines.last { !$0.allSatisfy(\.isWhitespace) && !$0.hasPrefix("//") } ?? ""
    let words = above.split { !$0.isLetter }
    let opensABody = above.hasSuffix("{") && !words.contains { steering.contains(String($0)) }
    return !opensABody
  }

  /// What opens braces that are no body of a function.
  private static let steering: Set = [
    "for", "if", "else", "while", "switch", "do", "catch", "repeat", "guard", "map",
  ]
}

extension CheckResult {
  /// With what there is to say where a `todo()` was reached behind other code.
  func tellingTodo(in source: [UInt8]) -> CheckResult {
    guard status == .skipped, let line, TodoPlace.isInTheMiddle(line: line, of: source) else {
      return self
    }
    var result = self
    result.message = CheckResult.todoReached
    return result
  }

  /// Said of a body of which some is written.
  package static let todoReached = "todo() reached; the lines above it ran"
}

import Grading

/// The checks of a report: the first that fails and how many others, or all of them.
struct CheckList {
  /// How much of it is shown.
  enum Extent: Equatable, Sendable {
    /// The first that fails; the rest is counted, with the way to see it.
    case first(more: String)
    case all
  }

  let checks: [CheckResult]
  let style: Style
  let extent: Extent

  /// The columns before what a check has to say; a long name of those that are listed has room, too.
  private var nameColumn: Int {
    let names = extent == .all ? checks.map(\.name.count) : []
    return max(24, (names.max() ?? 0) + 5)
  }

  /// Nothing where all pass and none is to be listed.
  var text: String? {
    switch extent {
    case .all: return checks.isEmpty ? nil : lines(of: checks).joined(separator: "\n")
    case .first(let more):
      guard let leading = checks.leading else { return nil }
      var others = checks
      if let place = others.firstIndex(of: leading) { others.remove(at: place) }
      let counted = Self.counted(others).map { style.paint(indented("\($0) (\(more))"), .faint) }
      return ([line(of: leading)] + [counted].compactMap(\.self)).joined(separator: "\n")
    }
  }

  /// "10 more fail, 4 pass", or nil for none.
  static func counted(_ checks: [CheckResult]) -> String? {
    let passing = checks.count { $0.status == .passed }
    let skipped = checks.count { $0.status == .skipped }
    let failing = checks.count - passing - skipped
    let counts = [
      (failing, failing == 1 ? "more fails" : "more fail"),
      (passing, passing == 1 ? "passes" : "pass"), (skipped, "not asked"),
    ]
    let words = counts.filter { $0.0 > 0 }.map { "\($0) \($1)" }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  private func lines(of checks: [CheckResult]) -> [String] {
    zip(checks, [nil] + checks).map { check, before in
      before.map(check.repeats) == true
        ? line(of: check, saying: style.paint("the same", .faint)) : line(of: check)
    }
  }

  /// - Parameter words: what stands for its message, where that was said before.
  private func line(of check: CheckResult, saying words: String? = nil) -> String {
    let (symbol, tone): (String, Style.Tone) =
      switch check.status {
      case .passed: ("✓", .good)
      case .failed, .crashed, .timedOut: ("✗", .bad)
      case .skipped: ("·", .faint)
      }
    var message = check.message ?? ""
    if check.status == .timedOut { message = "out of time: \(message)" }
    if let line = check.line { message += " (line \(line))" }
    if let words { message = words }
    if style.isNarrow {
      let body = message.isEmpty ? "" : "\n    " + style.wrap(message, indent: 4)
      return "  \(style.paint(symbol, tone)) \(check.name)"
        + (check.status == .passed || check.status == .skipped ? style.paint(body, .faint) : body)
    }
    let body = style.wrap(message, indent: nameColumn)
    return "  \(style.paint(symbol, tone)) \(check.name.padded(to: nameColumn - 5)) "
      + (check.status == .passed || check.status == .skipped ? style.paint(body, .faint) : body)
  }

  private func indented(_ text: String) -> String {
    String(repeating: " ", count: style.isNarrow ? 4 : nameColumn) + text
  }
}

extension [CheckResult] {
  /// The check to look at: the first that fails, and where none does the first that was not asked.
  ///
  /// Where the same question has two answers, numbers say nothing, and that is the one.
  var leading: CheckResult? {
    unsteady ?? first { ![.passed, .skipped].contains($0.status) }
      ?? first { $0.status == .skipped }
  }

  /// The check that found two answers to one question.
  var unsteady: CheckResult? {
    first { $0.name == CheckResult.repetition && $0.status == .failed }
  }
}

extension CheckResult {
  /// Whether it has nothing to say that the one before has not said.
  fileprivate func repeats(_ other: CheckResult) -> Bool {
    guard status != .passed, status == other.status else { return false }
    if [.crashed, .timedOut].contains(status), line == nil || line == other.line { return true }
    return message == other.message && line == other.line
  }
}

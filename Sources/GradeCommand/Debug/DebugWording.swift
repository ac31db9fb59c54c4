import Grading
import Practice
import Workshop

/// What a debug drill says: before it, at every save, and of what came of it.
enum DebugWording {
  static let noBugs = "no bugs are planted in this kata; 'swift run grade debug' chooses one"
  static let nothingKnown =
    "A hint goes by what the program does: save it so that it compiles and runs."
  static let giveUpQuestion = "Give up? The drill ends here, and your own attempt comes back. y/n"
  static let editorWaits = "e opens the program in your editor."

  /// So many checks say where to look; more are a screen to read.
  private static let checksShown = 3

  static func isProgram(_ path: String, of kata: String) -> String {
    "\(path) is the program of a debug drill; 'swift run grade debug --resume' goes on with it, "
      + "'swift run grade restore \(kata)' brings yours back"
  }

  static func nothingToResume(_ kata: String?) -> String {
    let whose = kata.map { " of \($0)" } ?? ""
    let start = "swift run grade debug\(kata.map { " \($0)" } ?? "")"
    return "no debug drill\(whose) is unfinished; '\(start)' starts one"
  }

  static func introduction(
    _ hunt: BugHunt, _ kata: Kata, minutes: Int, best: Double?, path: String, kept: String?,
    heading: String = "debug", hasClock: Bool, style: Style
  ) -> String {
    // Where a clock stands below, it says both, and a curve needs the lines.
    let limits =
      hasClock
      ? []
      : [
        ("Target", DrillWording.count(minutes, "minute")),
        ("Best", best.map(DrillWording.time) ?? "none yet"),
      ]
    let count = hunt.bugs.count
    var task =
      count == 1 ? "This program has a bug. Find it." : "This program has \(count) bugs. Find them."
    if let asked = hunt.asked, asked > count { task += " No \(asked) were found that go together." }
    var parts = [
      style.heading(kata.name, kata.title, right: heading),
      "  " + style.paint(style.wrap(task, indent: 2), .strong),
    ]
    if let report = hunt.report { parts.append(seen(Symptom(report), style)) }
    parts.append(
      DrillWording.table(
        [("Mend", path), ("Task", "swift run grade show \(kata.name)")] + limits
          + (kept.map { [("Kept", $0)] } ?? []), style))
    return parts.joined(separator: "\n\n")
  }

  /// A verdict that names nothing.
  static func verdict(
    _ report: Report, _ kata: Kata, bugs: Int, _ style: Style
  ) -> String {
    let failed = report.checks.count { ![.passed, .skipped].contains($0.status) }
    let waiting = report.checks.count { $0.status == .skipped }
    let state =
      failed == 0
      ? "Not yet."
      : "Not yet: \(failed) of \(DrillWording.count(report.checks.count, "check")) "
        + (failed == 1 ? "fails" : "fail") + (waiting == 0 ? "." : ", and \(waiting) wait.")
    return [
      style.heading(kata.name, kata.title, right: "debug, \(DrillWording.count(bugs, "bug"))"),
      report.verdict == .passed
        ? "  " + style.paint("Passed.", .good)
        : "  \(style.paint(state, .strong))\n\n" + seen(Symptom(report), style),
    ].joined(separator: "\n\n") + "\n"
  }

  private static func seen(_ symptom: Symptom, _ style: Style) -> String {
    var lines = ["  " + style.wrap(symptom.sentence, indent: 2)]
    if let evidence = symptom.evidence {
      // The compiler's own lines stay as they are.
      lines.append(
        evidence.contains("\n") ? evidence : "  " + style.wrap("\(evidence).", indent: 2))
    }
    return
      ([lines.joined(separator: "\n")]
      + [symptom.picture].compactMap(\.self).map(PictureText(style: style).text))
      .joined(separator: "\n\n")
  }

  // MARK: Hints

  static func hint(_ hint: DebugHint) -> String {
    switch hint {
    case .checks(let checks): list(checks)
    case .place(let place): "Look at \(words(for: place)).\n"
    case .name(let sentence): sentence + "\n"
    case .other(let sentences) where sentences.isEmpty:
      "Every line that was wrong has been changed, and one of them is not right yet.\n"
    case .other(let sentences): sentences.map { "\($0)\n" }.joined()
    }
  }

  private static func list(_ checks: [CheckResult]) -> String {
    let shown = checks.prefix(checksShown)
      .map { "  \($0.name)\($0.message.map { ": \($0)" } ?? "")\n" }
    let rest = checks.count - shown.count
    return (checks.count == 1 ? "This check fails:\n" : "These checks fail:\n") + shown.joined()
      + (rest > 0 ? "  and \(rest) more\n" : "")
  }

  private static func words(for place: BugPlace) -> String {
    guard let function = place.function else { return "what is declared outside of all functions" }
    return switch place.part {
    case .beginning: "the beginning of \(function)"
    case .middle: "the middle of \(function)"
    case .end: "the end of \(function)"
    case nil: function
    }
  }

  // MARK: The scorecard

  static func result(_ result: DrillResult, _ hunt: BugHunt, style: Style) -> String {
    let record = result.record
    let isPassed = record.outcome == .passed
    let verdict = isPassed ? style.paint("Passed.", .good) : style.paint("Given up.", .bad)
    let steps = [
      ("Again", "swift run grade debug \(record.kata)"),
      record.kept == nil
        ? ("Write", "swift run grade drill \(record.kata)")
        : ("Yours", "is back in its place: swift run grade \(record.kata)"),
    ]
    let entries = hunt.order.map { bug in
      entry(bug, of: hunt, indent: 2, style)
        + bug.place.wrong.map { code("−", $0, .bad, style) }.joined()
        + bug.place.right.map { code("+", $0, .good, style) }.joined()
    }
    return [
      style.heading(record.kata, result.title, right: "debug"), "  \(verdict)",
      DrillWording.table(DrillWording.figures(result), style), entries.joined(separator: "\n"),
      style.paint(DrillWording.table(steps, style), .faint),
    ].joined(separator: "\n\n").replacing("\n\n\n", with: "\n\n")
  }

  /// Where a bug is, when it was found, and what it is.
  static func entry(
    _ bug: BugHunt.Bug, of hunt: BugHunt, indent: Int, _ style: Style
  ) -> String {
    let find = hunt.finds.first { $0.id == bug.id }
    let when = find.map { "found at \(DrillWording.time($0.seconds))" } ?? "not found"
    let place = bug.place.function.map { " in \($0)" } ?? ""
    let lines = ["Line \(bug.place.line)\(place), \(when): \(bug.id)", "  \(bug.sentence)"]
    return lines.map { line in
      let margin = indent + line.prefix { $0 == " " }.count
      return String(repeating: " ", count: margin) + style.wrap(line, indent: margin) + "\n"
    }.joined()
  }

  /// A line of a program; where it is too long for the terminal, it goes on further in.
  private static func code(
    _ sign: String, _ line: String, _ tone: Style.Tone, _ style: Style
  ) -> String {
    let indent = line.prefix { $0 == " " }
    let words = style.wrap(line, indent: 10 + indent.count, start: 6 + indent.count)
    return words.lines.enumerated().map { index, text in
      index == 0
        ? "    \(style.paint("\(sign) \(indent)\(text)", tone))\n" : "\(style.paint(text, tone))\n"
    }.joined()
  }
}

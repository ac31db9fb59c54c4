import Grading
import Practice
import Workshop

/// What a debug drill says: before it, at every save, and of what came of it.
enum DebugWording {
  static let noBugs = "no bugs are planted in this kata; 'swift run grade debug' chooses one"
  static let nothingKnown = "Save the file first; a hint goes by what it does."

  static func nothingToResume(_ kata: String?) -> String {
    let whose = kata.map { " of \($0)" } ?? ""
    let start = "swift run grade debug\(kata.map { " \($0)" } ?? "")"
    return "no debug drill\(whose) is unfinished; '\(start)' starts one"
  }

  static func introduction(
    _ hunt: BugHunt, _ kata: Kata, minutes: Int, best: Double?, path: String, kept: String?,
    heading: String = "debug", style: Style
  ) -> String {
    let count = hunt.bugs.count
    let task = count == 1 ? "This program has a bug." : "This program has \(count) bugs."
    var parts = [
      style.heading(kata.name, kata.title, right: heading),
      "  "
        + style.paint(style.wrap("\(task) Find \(count == 1 ? "it" : "them").", indent: 2), .strong),
    ]
    if let report = hunt.report { parts.append(seen(Symptom(report), style)) }
    parts.append(
      DrillWording.table(
        [
          ("Target", DrillWording.count(minutes, "minute")),
          ("Best", best.map(DrillWording.time) ?? "none yet"), ("Mend", path),
          ("Task", "swift run grade show \(kata.name)"),
        ] + (kept.map { [("Kept", $0)] } ?? []), style))
    return parts.joined(separator: "\n\n")
  }

  /// A verdict that names nothing.
  static func verdict(_ report: Report, _ kata: Kata, _ style: Style) -> String {
    let failed = report.checks.count { ![.passed, .skipped].contains($0.status) }
    let state =
      failed == 0
      ? "Not yet."
      : "Not yet: \(failed) of \(DrillWording.count(report.checks.count, "check")) fail."
    return [
      style.heading(kata.name, kata.title, right: "debug"),
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
    case .checks(let checks) where checks.isEmpty: nothingKnown + "\n"
    case .checks(let checks):
      "These checks fail:\n"
        + checks.map { "  \($0.name)\($0.message.map { ": \($0)" } ?? "")\n" }.joined()
    case .function(let name?): "Look at \(name).\n"
    case .function(nil): "Look at what is declared outside of all functions.\n"
    case .name(let sentence): sentence + "\n"
    case .other(let sentences) where sentences.isEmpty:
      "Every line that was wrong has been changed, and one of them is not right yet.\n"
    case .other(let sentences): sentences.map { "\($0)\n" }.joined()
    }
  }

  // MARK: The scorecard

  static func result(_ result: DrillResult, _ hunt: BugHunt, style: Style) -> String {
    let record = result.record
    let isPassed = record.outcome == .passed
    let verdict = isPassed ? style.paint("Passed.", .good) : style.paint("Given up.", .bad)
    // The name of a kept attempt is the time at which it was replaced.
    let kept = record.kept?.split(separator: "/").last.map { $0.replacing(".swift", with: "") }
    let steps = [
      ("Again", "swift run grade debug \(record.kata)"),
      kept.map { ("Yours", "swift run grade restore \(record.kata) --at \($0)") }
        ?? ("Write", "swift run grade drill \(record.kata)"),
    ]
    let order = hunt.finds.compactMap { find in hunt.bugs.first { $0.id == find.id } }
    let missed = hunt.bugs.filter { bug in !order.contains { $0.id == bug.id } }
    let entries = (order + missed).map { bug in
      entry(bug, at: hunt.finds.first { $0.id == bug.id }?.seconds, style)
    }
    return [
      style.heading(record.kata, result.title, right: "debug"), "  \(verdict)",
      DrillWording.table(DrillWording.figures(result), style), entries.joined(separator: "\n"),
      style.paint(DrillWording.table(steps, style), .faint),
    ].joined(separator: "\n\n").replacing("\n\n\n", with: "\n\n")
  }

  private static func entry(_ bug: BugHunt.Bug, at seconds: Double?, _ style: Style) -> String {
    let when = seconds.map { "found at \(DrillWording.time($0))" } ?? "not found"
    let place = bug.place.function.map { " in \($0)" } ?? ""
    let head = "Line \(bug.place.line)\(place), \(when): \(bug.id)"
    return "  " + style.wrap(head, indent: 2) + "\n    " + style.wrap(bug.sentence, indent: 4)
      + "\n"
      + bug.place.wrong.map { "    \(style.paint("− \($0)", .bad))\n" }.joined()
      + bug.place.right.map { "    \(style.paint("+ \($0)", .good))\n" }.joined()
  }
}

import Grading
import Practice

/// The overview as a person reads it.
struct OverviewText {
  let overview: Overview
  let style: Style
  /// How less can be typed, for somebody who is new.
  var shorter: String?

  /// The columns before what a paragraph has to say.
  private static let column = 15
  /// The columns of the longest name of a track, and two.
  private static let trackColumn = 16

  var text: String {
    var parts: [String] = []
    if !facts.isEmpty { parts.append(facts.joined(separator: "\n")) }
    parts.append(Track.allCases.compactMap(progress).joined(separator: "\n"))
    parts.append(next)
    if let shorter { parts.append("Shorter: \(shorter)") }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// "loss  ✓✓…·  2 of 4": a letter a kata.
  private func progress(of track: Track) -> String? {
    let lines = overview.lines.filter { $0.kata.track == track }
    guard !lines.isEmpty else { return nil }
    let letters = lines.map { line in
      line.passes > 0
        ? style.paint("✓", .good)
        : line.isBegun ? style.paint("…", .strong) : style.paint("·", .faint)
    }
    let passed = lines.count { $0.passes > 0 }
    let widest =
      Track.allCases.map { track in
        overview.lines.count { $0.kata.track == track }
      }.max() ?? 0
    return "  \(track.rawValue.padded(to: Self.trackColumn))\(letters.joined())"
      + String(repeating: " ", count: widest - lines.count + 2) + "\(passed) of \(lines.count)"
  }

  private var facts: [String] {
    var facts: [String] = []
    if let unfinished = overview.unfinished {
      facts.append(
        fact(
          "Unfinished",
          ["\(unfinished.text(at: overview.now)) → swift run \(unfinished.command)"]))
    }
    if !overview.due.isEmpty {
      facts.append(fact("Due today", [fitting(overview.due.map(\.kata.name))]))
    }
    if !overview.debuggingDue.isEmpty {
      facts.append(
        fact("Debug", [overview.debuggingDue.joined(separator: ", ") + ": swift run grade debug"]))
    }
    if !overview.questionsDue.isEmpty {
      facts.append(
        fact(
          "Recall",
          [
            "\(Figures.count(overview.questionsDue.count, "question")) due: "
              + "swift run grade recall --due"
          ]))
    }
    if !overview.inProgress.isEmpty {
      facts.append(
        fact(
          "In progress",
          [
            fitting(
              overview.inProgress.map { line in
                line.kata.name + (line.lastVerdict.map { " (\(Self.words(for: $0)))" } ?? "")
              })
          ]))
    }
    if overview.streak > 0 {
      facts.append(fact("Streak", [Figures.count(overview.streak, "day")]))
    }
    if !overview.weakSpots.isEmpty {
      facts.append(
        fact(
          "Weak spots",
          overview.weakSpots.map { "\($0.sentence) (\($0.kata), \($0.count) times)" }))
    }
    return facts
  }

  private static func words(for verdict: Verdict) -> String {
    switch verdict {
    case .passed: "passed"
    case .failed: "fails"
    case .crashed: "crashes"
    case .timedOut: "does not end"
    case .doesNotCompile: "does not compile"
    case .notAttempted: "a stub"
    }
  }

  /// As many as fit one line, and how many more there are.
  private func fitting(_ names: [String]) -> String {
    for count in stride(from: names.count, to: 1, by: -1) {
      let rest = count < names.count ? " and \(names.count - count) more" : ""
      let text = names.prefix(count).joined(separator: ", ") + rest
      if Self.column + text.count <= style.width { return text }
    }
    return names.count < 2 ? names.joined() : "\(names[0]) and \(names.count - 1) more"
  }

  private func fact(_ name: String, _ paragraphs: [String]) -> String {
    let indent = String(repeating: " ", count: Self.column)
    let wrapped = paragraphs.map { style.wrap($0, indent: Self.column) }
    return style.paint("  \(name)".padded(to: Self.column), .strong)
      + wrapped.joined(separator: "\n\(indent)")
  }

  private var next: String {
    let command = overview.next.command.map { "swift run \($0)" } ?? ""
    return switch overview.next {
    case .resume, .drill, .goOn, .recall, .begin: "Next: \(command)"
    case .wait(_, let day):
      "Nothing is due \(before(day)). Sooner does no harm: \(command)"
    case .nothing: "There is no kata."
    }
  }

  private func before(_ day: CivilDay) -> String {
    day.number == overview.today.number + 1
      ? "before tomorrow" : "for \(day.number - overview.today.number) days"
  }
}

import Grading
import Practice

/// The drills of one kata, and what went wrong in it.
struct KataHistory {
  let kata: Kata
  let practice: KataRecord
  /// What was practiced of finding bugs in it.
  var debugging: KataRecord?
  let catalogue: Catalogue
  let clock: WallClock
  let today: CivilDay
  let style: Style

  private static let mistakesShown = 5

  var text: String {
    guard !practice.isEmpty || debugging?.drills.isEmpty == false else {
      let words =
        "\(kata.name) is not practiced yet. A drill gives you a blank stub and starts the clock:"
      return "\(style.wrap(words, indent: 0))\n  swift run grade drill \(kata.name)\n"
    }
    var parts = [style.heading(kata.name, kata.title, right: due(practice))]
    parts.append(practice.drills.isEmpty ? undrilled : drills(practice))
    if !practice.times.isEmpty { parts.append(figures(practice)) }
    if !practice.mistakes.isEmpty { parts.append(mistakes) }
    if let debugging, !debugging.drills.isEmpty {
      let due = due(debugging)
      parts.append("  Debug drills\(due.isEmpty ? "" : ", \(due)")\n" + drills(debugging))
      if !debugging.times.isEmpty { parts.append(figures(debugging)) }
    }
    return parts.map(\.withoutTrailingSpaces).joined(separator: "\n\n") + "\n"
  }

  private func due(_ practice: KataRecord) -> String {
    guard let due = practice.due else { return "" }
    let text = Figures.due(clock.day(of: due), on: today)
    return text.hasSuffix("late") ? text : "due \(text)"
  }

  private var undrilled: String {
    """
      \(Figures.count(practice.runs, "run")), and no drill yet. One starts the clock:
      swift run grade drill \(kata.name)
    """
  }

  private func drills(_ practice: KataRecord) -> String {
    let head = row("when", "time", "runs", "hints", "outcome")
    return ([style.paint(head, .faint)] + practice.drills.reversed().map(line))
      .joined(separator: "\n")
  }

  private func line(_ drill: FinishedDrill) -> String {
    let (words, tone): (String, Style.Tone) =
      switch drill.outcome {
      case .passed where drill.sawSolution: ("passed, solution seen", .faint)
      case .passed: ("passed", .good)
      case .gaveUp: ("gave up", .bad)
      case .abandoned: ("abandoned", .faint)
      }
    return row(
      clock.text(of: drill.time), Figures.clock(drill.seconds), "\(drill.runs)", "\(drill.hints)",
      style.paint(words, tone))
  }

  private func row(
    _ when: String, _ time: String, _ runs: String, _ hints: String, _ outcome: String
  ) -> String {
    "  \(when.padded(to: 16))\(time.aligned(right: 9))\(runs.aligned(right: 7))"
      + "\(hints.aligned(right: 8))  \(outcome)"
  }

  private func figures(_ practice: KataRecord) -> String {
    "  best \(Figures.clock(practice.best)) · median \(Figures.clock(practice.median))"
      + " · trend \(Figures.sparkline(Figures.trend(of: practice)))"
  }

  private var mistakes: String {
    let shown = practice.mistakes.prefix(Self.mistakesShown)
    let width = shown.map { "\($0.count)×".count }.max() ?? 0
    let lines = shown.map { mistake in
      "  \("\(mistake.count)×".aligned(right: width + 2))  "
        + style.wrap(
          catalogue.sentence(ofMistake: mistake.id, in: kata.name) ?? mistake.id, indent: width + 6)
    }
    return (["  Made most often"] + lines).joined(separator: "\n")
  }
}

extension String {
  /// The same lines without white space at their ends.
  fileprivate var withoutTrailingSpaces: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.prefix(line.lastIndex { $0 != " " }.map { line[...$0].count } ?? 0))
    }.joined(separator: "\n")
  }
}

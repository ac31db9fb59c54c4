import Grading
import Practice

/// The overview as a person reads it.
struct OverviewText {
  let overview: Overview
  let style: Style

  /// The columns before what a paragraph has to say.
  private static let column = 15

  var text: String {
    var parts = [Track.allCases.compactMap(katas).joined(separator: "\n")]
    if !facts.isEmpty { parts.append(facts.joined(separator: "\n")) }
    parts.append(next)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func katas(of track: Track) -> String? {
    let lines = overview.lines.filter { $0.kata.track == track }
    guard !lines.isEmpty else { return nil }
    return ([style.paint(track.rawValue, .strong)] + lines.map(line)).joined(separator: "\n")
  }

  private func line(_ line: Overview.Line) -> String {
    let (symbol, tone): (String, Style.Tone) =
      line.passes > 0 ? ("✓", .good) : line.isBegun ? ("…", .strong) : ("·", .faint)
    return "  \(style.paint(symbol, tone)) \(line.kata.name.padded(to: 22)) "
      + "\("\(line.kata.minutes) min".padded(to: 7)) \(style.paint(state(of: line), .faint))"
  }

  private func state(of line: Overview.Line) -> String {
    var parts: [String]
    switch line.passes {
    case 0 where !line.isBegun: parts = ["not begun"]
    case 0: parts = [line.lastVerdict.map { "begun; last: \($0.rawValue)" } ?? "begun"]
    case 1: parts = ["passed"]
    default: parts = ["passed \(line.passes) times"]
    }
    if let best = line.best { parts.append("best \(Figures.clock(best))") }
    if let due = line.due {
      let words = Figures.due(due, on: overview.today)
      parts.append(due.number < overview.today.number ? words : "due \(words)")
    }
    return parts.joined(separator: " · ")
  }

  private var facts: [String] {
    var facts: [String] = []
    if overview.streak > 0 {
      facts.append(fact("Streak", [Figures.count(overview.streak, "day")]))
    }
    if !overview.due.isEmpty {
      facts.append(
        fact("Due today", [overview.due.map(\.kata.name).joined(separator: ", ")]))
    }
    if overview.questionsDue > 0 {
      facts.append(
        fact(
          "Recall",
          [
            "\(Figures.count(overview.questionsDue, "question")) due: "
              + "swift run grade recall --due"
          ]))
    }
    if !overview.weakSpots.isEmpty {
      facts.append(
        fact(
          "Weak spots",
          overview.weakSpots.map { "\($0.sentence) (\($0.kata), \($0.count) times)" }))
    }
    return facts
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
    case .drill, .goOn, .begin: "Next: \(command)"
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

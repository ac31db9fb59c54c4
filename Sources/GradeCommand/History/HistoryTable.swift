import Grading
import Practice

/// Every kata that was practiced, one line each.
struct HistoryTable {
  let rows: [(name: String, practice: KataRecord)]
  /// The kata to begin with.
  let first: Kata?
  let clock: WallClock
  let today: CivilDay
  let style: Style

  private static let usualNames = 22
  private var nameColumn: Int { max(Self.usualNames, (rows.map(\.name.count).max() ?? 0) + 1) }

  var text: String {
    guard !rows.isEmpty else {
      return """
        Nothing is practiced yet. A drill gives you a blank stub and starts the clock:
          swift run grade drill \(first?.name ?? "<kata>")

        """
    }
    let head = row("kata", "best", "last", "median", "trend", "runs", "due")
    return ([style.paint(head, .faint)] + rows.map(line)).joined(separator: "\n") + "\n"
  }

  private func line(_ name: String, _ practice: KataRecord) -> String {
    row(
      name, Figures.clock(practice.best), Figures.clock(practice.last),
      Figures.clock(practice.median), Figures.sparkline(Figures.trend(of: practice)),
      practice.runsToGreen.last.map { "\($0)" } ?? "–",
      practice.due.map { Figures.due(clock.day(of: $0), on: today) } ?? "not drilled")
  }

  private func row(
    _ name: String, _ best: String, _ last: String, _ median: String, _ trend: String,
    _ runs: String, _ due: String
  ) -> String {
    "  \(name.padded(to: nameColumn))\(best.aligned(right: 6))\(last.aligned(right: 7))"
      + "\(median.aligned(right: 8))  \(trend.padded(to: Figures.trendLength))"
      + "\(runs.aligned(right: 6))  \(due)"
  }
}

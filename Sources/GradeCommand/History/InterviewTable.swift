import Practice

/// The mock interviews, newest first, with how the learner rated each.
struct InterviewTable {
  let interviews: [MockRecord]
  /// Every drill, of interviews or not.
  let drills: [DrillRecord]
  let clock: WallClock
  let style: Style

  static let shown = 6

  /// Nothing where there was no interview.
  var text: String {
    let over = interviews.filter { $0.isFinished && $0.outcome != .abandoned }
    guard !over.isEmpty else { return "" }
    let head = row("interview", "passed", "time", ScoredAspect.allCases.map(\.rawValue))
    let lines = over.suffix(Self.shown).reversed().map(line)
    let rest =
      over.count > Self.shown
      ? [style.paint("  … and \(over.count - Self.shown) before", .faint)] : []
    return ([style.paint(head, .faint)] + lines + rest).joined(separator: "\n") + "\n"
  }

  private func line(_ interview: MockRecord) -> String {
    let passed = drills.count { $0.mock == interview.id && $0.outcome == .passed }
    return row(
      clock.text(of: interview.started), "\(passed) of \(interview.katas.count)",
      Figures.clock(interview.seconds),
      ScoredAspect.allCases.map { interview.ratings[$0].map { "\($0)" } ?? "–" })
  }

  private func row(
    _ when: String, _ passed: String, _ time: String, _ ratings: [String]
  ) -> String {
    let columns = zip(ratings, ScoredAspect.allCases).map { text, aspect in
      text.aligned(right: aspect.rawValue.count + (aspect == .communication ? 1 : 2))
    }
    return "  \(when.padded(to: 16))\(passed.aligned(right: 8))\(time.aligned(right: 7))"
      + columns.joined()
  }
}

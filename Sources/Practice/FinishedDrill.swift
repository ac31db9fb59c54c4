#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One drill that is over.
package struct FinishedDrill: Equatable, Sendable {
  package let kata: String
  /// When it ended.
  package let time: Date
  package let outcome: Event.Outcome
  /// The time on its clock; nil where the journal has none that can be.
  package let seconds: Double?
  /// Gradings until it ended.
  package let runs: Int
  package let hints: Int
  package let sawSolution: Bool
  /// The time that it allowed.
  package let minutes: Int

  /// How well the kata was remembered; nil for a drill that was left behind.
  ///
  /// Again: given up, or the solution was shown. Hard: with a hint, or over time. Easy: at the first run
  /// and in less than 60 % of the time. Good: everything else.
  package var rating: FSRS.Rating? {
    switch outcome {
    case .abandoned: return nil
    case .gaveUp: return .again
    case .passed:
      if sawSolution { return .again }
      let share = (seconds ?? 0) / (Double(minutes) * 60)
      if hints > 0 || share > 1 { return .hard }
      return seconds != nil && share < 0.6 && runs <= 1 ? .easy : .good
    }
  }
}

extension FinishedDrill {
  /// The drill that `event` ends.
  ///
  /// What the event does not tell is taken from what happened `during` it; and what cannot be, from a
  /// line that was written by hand, is brought to what can.
  init(_ event: Event, outcome: Event.Outcome, during: OpenDrill, minutes: Int) {
    kata = event.kata
    time = event.time
    self.outcome = outcome
    seconds = event.seconds.flatMap { $0 > 0 && $0 < 1e7 ? $0 : nil }
    runs = min(max(0, event.runs ?? during.runs), 1_000_000)
    // A hint that was asked for in another window is one, too.
    hints = min(max(0, event.hints ?? 0, during.hints.count), 1000)
    sawSolution = during.sawSolution
    self.minutes = max(1, event.minutes ?? minutes)
  }
}

/// What has happened so far in a drill that has not ended.
struct OpenDrill {
  var id: String?
  var runs = 0
  var hints: Set<Int> = []
  var sawSolution = false
}

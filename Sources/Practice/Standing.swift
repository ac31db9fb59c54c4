#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Where a learner stands with one kata: a fold over the journal.
package struct Standing: Equatable, Sendable {
  package var lastVerdict: Verdict?
  package var passes = 0
  package var runs = 0
  /// Hints shown since the last fresh stub.
  package var hints = 0
  package var lastGraded: Date?

  package init() {}

  package init(of kata: String, in events: [Event]) {
    for event in events where event.kata == kata { absorb(event) }
  }

  /// Every kata's, in one pass.
  package static func all(in events: [Event]) -> [String: Standing] {
    events.reduce(into: [:]) { $0[$1.kata, default: Standing()].absorb($1) }
  }

  private mutating func absorb(_ event: Event) {
    switch event.event {
    case Event.Kind.graded:
      runs += 1
      lastVerdict = event.verdict
      lastGraded = event.time
      if event.verdict == .passed { passes += 1 }
    case Event.Kind.hint: hints = max(hints, event.level ?? 0)
    case Event.Kind.reset, Event.Kind.drillStarted:
      hints = 0
      lastVerdict = nil
    default: break
    }
  }
}

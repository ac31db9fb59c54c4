#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One drill as the journal tells of it.
package struct DrillRecord: Equatable, Sendable {
  package let id: String
  package let kata: String
  package var minutes: Int
  package var mock: String?
  /// The bugs that its program began with; none where the kata is written from a stub.
  package var bugs: [String] = []
  /// How far it has come with them.
  package var hunt = HuntProgress()
  /// When the clock was started; nil while it stands still.
  package var clockStarted: Date?
  package var runs = 0
  /// Hints shown, the same one counted once.
  package var hints = 0
  /// The mistakes that were named in its gradings, each once, in their order.
  package var mistakes: [String] = []
  package var outcome: Event.Outcome?
  /// The time on the clock when it ended.
  package var seconds: Double?

  /// Where the attempt is kept that the program with bugs replaced.
  package var kept: String?
  package var isDebugging: Bool { !bugs.isEmpty }

  package init(id: String, kata: String, minutes: Int) {
    self.id = id
    self.kata = kata
    self.minutes = minutes
  }

  fileprivate mutating func absorb(_ event: Event) {
    hunt = event.hunt ?? hunt
    switch event.event {
    case Event.Kind.clockStarted: clockStarted = event.time
    case Event.Kind.graded, Event.Kind.debugGraded:
      runs += 1
      for mistake in event.mistakes ?? [] where !mistakes.contains(mistake) {
        mistakes.append(mistake)
      }
    case Event.Kind.hint, Event.Kind.debugHint: hints = max(hints, event.level ?? 0)
    case Event.Kind.drillFinished, Event.Kind.debugFinished:
      outcome = event.outcome
      seconds = event.seconds
    default: break
    }
  }
}

extension [DrillRecord] {
  /// Begins a record, or adds to the one that `event` belongs to.
  mutating func absorb(_ event: Event) {
    guard let id = event.drill else { return }
    if [Event.Kind.drillStarted, Event.Kind.debugStarted].contains(event.event) {
      var record = DrillRecord(id: id, kata: event.kata, minutes: event.minutes ?? 0)
      record.mock = event.mock
      record.bugs = event.planted?[event.kata] ?? []
      record.kept = event.kept
      append(record)
    } else if let index = lastIndex(where: { $0.id == id }) {
      self[index].absorb(event)
    }
  }
}

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One mock interview as the journal tells of it.
package struct MockRecord: Equatable, Sendable {
  package let id: String
  package let minutes: Int
  package let seed: UInt64
  /// What it asks for, in order.
  package let katas: [String]
  /// The bugs in the programs of those of them that are debugged.
  package let planted: [String: [String]]
  package let started: Date
  package fileprivate(set) var isFinished = false
  package fileprivate(set) var outcome: Event.Outcome?
  /// The time on its clock when it ended.
  package fileprivate(set) var seconds: Double?
  /// How the learner rated it afterward; the last rating of an aspect counts.
  package fileprivate(set) var ratings: [ScoredAspect: Int] = [:]
}

extension [MockRecord] {
  /// Begins a record, or adds to the one that `event` belongs to.
  mutating func absorb(_ event: Event) {
    guard let id = event.mock else { return }
    switch event.event {
    case Event.Kind.mockStarted:
      append(
        MockRecord(
          id: id, minutes: event.minutes ?? 0, seed: event.seed ?? 0, katas: event.katas ?? [],
          planted: event.planted ?? [:], started: event.time))
    case Event.Kind.mockFinished:
      for index in indices where self[index].id == id {
        self[index].isFinished = true
        self[index].outcome = event.outcome
        self[index].seconds = event.seconds
      }
    case Event.Kind.mockRated:
      guard let aspect = event.question.flatMap(ScoredAspect.init),
        let rating = event.rating, ScoredAspect.ratings.contains(rating)
      else { return }
      for index in indices where self[index].id == id {
        self[index].ratings[aspect] = rating
      }
    default: break
    }
  }
}

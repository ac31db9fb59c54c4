import Grading
import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The overview as other programs read it: fields are only ever added.
struct OverviewJSON: Encodable {
  struct Line: Encodable {
    let kata: String
    let track: String
    let minutes: Int
    let isBegun: Bool
    let passes: Int
    let lastVerdict: Verdict?
    let best: Double?
    let due: String?
  }
  struct WeakSpot: Encodable {
    let kata: String
    let id: String
    let sentence: String
    let count: Int
  }
  struct Next: Encodable {
    let kata: String
    let command: String
  }

  let schema = 1
  /// The command that goes on with what was begun against the clock.
  let unfinished: String?
  let today: String
  let streak: Int
  let due: [String]
  let weakSpots: [WeakSpot]
  let questionsDue: Int
  let debuggingDue: [String]
  let next: Next?
  let katas: [Line]

  init(_ overview: Overview) {
    unfinished = overview.unfinished?.command
    today = "\(overview.today)"
    streak = overview.streak
    due = overview.due.map(\.kata.name)
    questionsDue = overview.questionsDue.count
    debuggingDue = overview.debuggingDue
    weakSpots = overview.weakSpots.map {
      WeakSpot(kata: $0.kata, id: $0.id, sentence: $0.sentence, count: $0.count)
    }
    next = overview.next.kata.flatMap { kata in
      overview.next.command.map { Next(kata: kata, command: $0) }
    }
    katas = overview.lines.map {
      Line(
        kata: $0.kata.name, track: $0.kata.track.rawValue, minutes: $0.kata.minutes,
        isBegun: $0.isBegun, passes: $0.passes, lastVerdict: $0.lastVerdict, best: $0.best,
        due: $0.due.map(\.description))
    }
  }
}

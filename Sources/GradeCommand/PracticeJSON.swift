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
  let today: String
  let streak: Int
  let due: [String]
  let weakSpots: [WeakSpot]
  let questionsDue: Int
  let next: Next?
  let katas: [Line]

  init(_ overview: Overview) {
    today = "\(overview.today)"
    streak = overview.streak
    due = overview.due.map(\.kata.name)
    questionsDue = overview.questionsDue
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

/// The history of all katas as other programs read it.
struct HistoryJSON: Encodable {
  let schema = 1
  let katas: [KataHistoryJSON]
}

/// The history of one kata as other programs read it.
struct KataHistoryJSON: Encodable {
  struct Entry: Encodable {
    let time: Date
    let outcome: Event.Outcome
    let seconds: Double?
    let runs: Int
    let hints: Int
    let minutes: Int
    let rating: String?
  }
  struct Made: Encodable {
    let id: String
    let sentence: String?
    let count: Int
  }

  let schema = 1
  let kata: String
  let runs: Int
  let passes: Int
  let hints: Int
  let best: Double?
  let last: Double?
  let median: Double?
  let due: Date?
  let drills: [Entry]
  let mistakes: [Made]

  init(_ kata: Kata, _ practice: KataRecord, _ catalogue: Catalogue) {
    self.kata = kata.name
    runs = practice.runs
    passes = practice.passes
    hints = practice.hints
    best = practice.best
    last = practice.last
    median = practice.median
    due = practice.due
    drills = practice.drills.reversed().map {
      Entry(
        time: $0.time, outcome: $0.outcome, seconds: $0.seconds, runs: $0.runs, hints: $0.hints,
        minutes: $0.minutes, rating: $0.rating.map { "\($0)" })
    }
    mistakes = practice.mistakes.map {
      Made(
        id: $0.id, sentence: catalogue.sentence(ofMistake: $0.id, in: kata.name), count: $0.count)
    }
  }
}

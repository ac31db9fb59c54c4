import Grading
import Practice

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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

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
  let interviews: [InterviewJSON]
}

/// One mock interview as other programs read it.
struct InterviewJSON: Encodable {
  let time: Date
  let katas: [String]
  let passed: [String]
  let minutes: Int
  let seconds: Double?
  let isFinished: Bool
  /// From 1 to 4, by what was rated.
  let ratings: [String: Int]

  init(_ record: MockRecord, _ drills: [DrillRecord]) {
    time = record.started
    katas = record.katas
    passed = drills.filter { $0.mock == record.id && $0.outcome == .passed }.map(\.kata)
    minutes = record.minutes
    seconds = record.seconds
    isFinished = record.isFinished
    ratings = Dictionary(uniqueKeysWithValues: record.ratings.map { ($0.rawValue, $1) })
  }
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

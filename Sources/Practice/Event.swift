#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One thing that happened, as one line of the journal.
package struct Event: Codable, Equatable, Sendable {
  /// What happens; a journal may hold kinds that this version does not know.
  package enum Kind {
    package static let graded = "graded"
    package static let hint = "hint"
    package static let solution = "solution"
    package static let reset = "reset"
    package static let restored = "restored"
    /// A fresh stub was laid for a drill; its clock stands still until `clockStarted`.
    package static let drillStarted = "drill-started"
    package static let clockStarted = "clock-started"
    package static let drillFinished = "drill-finished"
    /// A program with bugs was laid for a debug drill. What happens in it is told by kinds of its own, as
    /// it says nothing of writing the kata; the clock is started as in a drill.
    package static let debugStarted = "debug-started"
    package static let debugGraded = "debug-graded"
    package static let debugHint = "debug-hint"
    package static let debugFinished = "debug-finished"
    package static let mockStarted = "mock-started"
    package static let mockFinished = "mock-finished"
    /// One of the four things that interviewers score was rated: `question` names it.
    package static let mockRated = "mock-rated"
    /// A question was answered out loud and the answer rated.
    package static let recalled = "recalled"
  }

  /// How a drill ended.
  package enum Outcome: String, Codable, Sendable {
    case passed
    case gaveUp = "gave-up"
    /// Left behind when another one was begun.
    case abandoned
  }

  /// The version of the schema that this program writes, and the only one that it reads.
  package static let schema = 1

  package var schema = Self.schema
  package var time: Date
  package var event: String
  package var kata: String
  package var verdict: Verdict?
  package var seed: UInt64?
  package var seconds: Double?
  package var mistakes: [String]?
  /// Which of the three hints was shown.
  package var level: Int?
  /// The drill that it belongs to, by an identifier of its own.
  package var drill: String?
  /// The mock interview that it belongs to.
  package var mock: String?
  /// What a mock interview asks for, in order.
  package var katas: [String]?
  /// The bugs that stand in the program of each kata that is to be debugged.
  package var planted: [String: [String]]?
  /// How far somebody has come with the bugs.
  package var hunt: HuntProgress?
  /// Where the attempt that the program with bugs replaced is kept.
  package var kept: String?
  /// The time that the drill or the mock interview allows.
  package var minutes: Int?
  /// How the drill ended; `seconds` is then its time on the clock.
  package var outcome: Outcome?
  /// Gradings until the drill ended.
  package var runs: Int?
  /// Hints shown during the drill.
  package var hints: Int?
  /// What was asked.
  package var question: String?
  /// How the answer was, by the learner's own account: 1 again, 2 hard, 3 good, 4 easy.
  package var rating: Int?

  package init(_ event: String, kata: String, at time: Date) {
    self.event = event
    self.kata = kata
    self.time = time
  }
}

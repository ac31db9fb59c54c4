#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What a learner has practiced of one kata.
package struct KataRecord: Equatable, Sendable {
  package private(set) var runs = 0
  package private(set) var passes = 0
  /// When it was graded last.
  package private(set) var lastRun: Date?
  /// Of the last run since the last fresh stub.
  package private(set) var lastVerdict: Verdict?
  /// The highest hint shown since the last fresh stub.
  package private(set) var hintLevel = 0
  /// Every drill that is over, in order.
  package private(set) var drills: [FinishedDrill] = []
  package private(set) var memory: FSRS.Memory?
  private var tallies: [String: MistakeTally] = [:]
  /// The mistakes of the last run that came to an answer.
  private var standing: Set<String> = []

  /// The time of a drill where neither it nor the catalogue says.
  static let usualMinutes = 20

  /// A mistake, and when it was made.
  package struct MistakeTally: Equatable, Sendable {
    package let id: String
    /// When it was made anew, in order.
    package fileprivate(set) var times: [Date] = []
    /// When it was seen last.
    package fileprivate(set) var last: Date

    package var count: Int { times.count }
  }

  package var isEmpty: Bool { runs == 0 && drills.isEmpty }

  /// The times of the drills that were passed, in order.
  package var times: [Double] { drills.filter { $0.outcome == .passed }.compactMap(\.seconds) }

  package var best: Double? { times.min() }
  package var last: Double? { times.last }
  package var median: Double? {
    let sorted = times.sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The gradings that each passed drill took, in order.
  package var runsToGreen: [Int] { drills.filter { $0.outcome == .passed }.map(\.runs) }

  /// Drills that came to an end, passed or given up.
  package var finished: Int { drills.count { $0.outcome != .abandoned } }

  package var hints: Int { drills.reduce(0) { $0 + $1.hints } }

  /// When the kata is about to be forgotten; nil where it was never drilled.
  package var due: Date? { memory?.due() }

  /// The mistakes that were made, most often first, and of equals the latest.
  package var mistakes: [MistakeTally] {
    tallies.values.sorted {
      ($1.count, $1.last, $0.id) < ($0.count, $0.last, $1.id)
    }
  }

  /// A mistake that stays from one run to the next, as at every save, was made once.
  mutating func count(run: Event) {
    runs += 1
    lastVerdict = run.verdict
    lastRun = run.time
    if run.verdict == .passed { passes += 1 }
    guard run.verdict == .passed || run.verdict == .failed else { return }
    let made = Set(run.mistakes ?? [])
    for id in made.subtracting(standing) {
      tallies[id, default: MistakeTally(id: id, last: run.time)].times.append(run.time)
    }
    for id in made { tallies[id]?.last = run.time }
    standing = made
  }

  mutating func count(_ drill: FinishedDrill) {
    drills.append(drill)
    startAfresh()
    if let rating = drill.rating {
      memory = FSRS.memory(after: rating, at: drill.time, from: memory)
    }
  }

  mutating func count(hint level: Int) { hintLevel = max(hintLevel, level) }

  mutating func layFreshStub() {
    startAfresh()
    lastVerdict = nil
    hintLevel = 0
  }

  /// What is written next is another attempt, whose mistakes are made anew.
  private mutating func startAfresh() { standing = [] }
}

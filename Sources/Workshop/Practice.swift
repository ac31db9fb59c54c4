#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// What a learner has practised, kata by kata: a fold over the journal.
///
/// Events count in the order of their lines. A clock that was set back changes no figure but dates.
package struct Practice: Equatable, Sendable {
  package private(set) var katas: [String: KataPractice] = [:]
  /// The days, since 1970 where the learner is, with at least one pass.
  private var daysWithAPass: Set<Int> = []

  /// - Parameters:
  ///   - minutes: the target time of each kata, for drills that name none.
  ///   - clock: tells the days apart.
  package init(_ events: [Event], minutes: [String: Int], clock: WallClock) {
    var open: [String: OpenDrill] = [:]
    var finished: Set<String> = []
    for event in events {
      let target = minutes[event.kata] ?? KataPractice.usualMinutes
      switch event.event {
      case Event.Kind.graded:
        katas[event.kata, default: .init()].count(run: event)
        open[event.kata]?.runs += 1
        if event.verdict == .passed { daysWithAPass.insert(clock.day(of: event.time).number) }
      case Event.Kind.hint: open[event.kata]?.hints.insert(event.level ?? 0)
      case Event.Kind.solution: open[event.kata]?.sawSolution = true
      case Event.Kind.reset: katas[event.kata]?.startAfresh()
      case Event.Kind.drillStarted:
        katas[event.kata]?.startAfresh()
        open[event.kata] = OpenDrill()
      case Event.Kind.drillFinished:
        // The end of a drill that is told twice is one end.
        if let id = event.drill, !finished.insert(id).inserted { continue }
        guard let outcome = event.outcome else { continue }
        let during = open.removeValue(forKey: event.kata) ?? OpenDrill()
        let drill = Drill(
          kata: event.kata, time: event.time, outcome: outcome,
          seconds: event.seconds.flatMap { $0 > 0 ? $0 : nil }, runs: event.runs ?? during.runs,
          hints: event.hints ?? during.hints.count, sawSolution: during.sawSolution,
          minutes: max(1, event.minutes ?? target))
        katas[event.kata, default: .init()].count(drill)
        if outcome == .passed { daysWithAPass.insert(clock.day(of: event.time).number) }
      default: break
      }
    }
  }

  package subscript(kata: String) -> KataPractice { katas[kata] ?? KataPractice() }

  /// The days in a row, up to today or yesterday, with at least one pass.
  package func streak(on today: CivilDay) -> Int {
    let last = daysWithAPass.contains(today.number) ? today.number : today.number - 1
    var first = last
    while daysWithAPass.contains(first) { first -= 1 }
    return last - first
  }

  /// What happened in a drill that has not ended yet.
  private struct OpenDrill {
    var runs = 0
    var hints: Set<Int> = []
    var sawSolution = false
  }
}

/// What a learner has practised of one kata.
package struct KataPractice: Equatable, Sendable {
  package private(set) var runs = 0
  package private(set) var passes = 0
  /// Every drill that is over, in order.
  package private(set) var drills: [Drill] = []
  package private(set) var memory: FSRS.Memory?
  private var tallies: [String: MistakeTally] = [:]
  /// The mistakes of the last run that came to an answer.
  private var standing: Set<String> = []

  /// The time of a drill where neither it nor the catalogue says.
  static let usualMinutes = 20

  /// A mistake, and how often it was made.
  package struct MistakeTally: Equatable, Sendable {
    package let id: String
    package fileprivate(set) var count = 0
    package fileprivate(set) var last: Date
  }

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
  fileprivate mutating func count(run: Event) {
    runs += 1
    if run.verdict == .passed { passes += 1 }
    guard run.verdict == .passed || run.verdict == .failed else { return }
    let made = Set(run.mistakes ?? [])
    for id in made.subtracting(standing) {
      tallies[id, default: MistakeTally(id: id, last: run.time)].count += 1
    }
    for id in made { tallies[id]?.last = run.time }
    standing = made
  }

  fileprivate mutating func count(_ drill: Drill) {
    drills.append(drill)
    if let rating = drill.rating {
      memory = FSRS.memory(after: rating, at: drill.time, from: memory)
    }
  }

  fileprivate mutating func startAfresh() { standing = [] }
}

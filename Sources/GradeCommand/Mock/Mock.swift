import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Several drills, one after the other, against one clock.
struct Mock: PracticeMode {
  let id: String
  let minutes: Int
  /// What the katas were chosen by.
  let seed: UInt64
  private var current: Drill
  private var upcoming: ArraySlice<Drill>
  private let count: Int
  private var clockStarted: Date?
  private(set) var results: [DrillResult] = []
  /// The time on the clock when it ended.
  private var seconds: Double?
  /// Whether nothing is asked anymore.
  private var isClosed = false
  /// What the learner thinks of it, once it has ended.
  private var selfRating = SelfRating()
  /// What the journal knows of it already.
  private let known: Known

  /// - Parameters:
  ///   - drills: at least one, in their order, each with its stub laid.
  ///   - results: what is over, where an unfinished interview goes on.
  init?(
    id: String, minutes: Int, seed: UInt64, drills: [Drill], results: [DrillResult] = [],
    known: Known = .nothing
  ) {
    let drills = drills.map { drill in
      var drill = drill
      drill.heading = MockWording.heading
      let isDebugging = drill.isDebugging
      drill.giveUpQuestion =
        isDebugging ? MockWording.giveUpBugsQuestion : MockWording.giveUpQuestion
      drill.advice = isDebugging ? MockWording.sayWhatIsSeen : MockWording.sayFirst
      return drill
    }
    guard let first = drills.first else { return nil }
    self.results = results
    self.known = known
    clockStarted = (results.map(\.record) + [first.record]).lazy.compactMap(\.clockStarted).first
    self.id = id
    self.minutes = minutes
    self.seed = seed
    current = first
    upcoming = drills.dropFirst()
    count = results.count + drills.count
  }

  var board: Board {
    get { current.board }
    set { current.board = newValue }
  }

  var drill: String? { current.drill }
  var isDebugging: Bool { current.isDebugging }
  var isOver: Bool { seconds != nil }

  enum Known {
    case nothing
    /// That it was started.
    case interview
    /// And the first of its drills, too.
    case firstDrill
  }

  mutating func begin(at time: Date) -> [Deed] {
    // The clock of the whole runs since the first drill.
    current.startsAtOnce = clockStarted != nil
    switch known {
    case .firstDrill: return current.begin(at: time)
    case .interview: return openCurrent(at: time)
    case .nothing:
      var event = event(Event.Kind.mockStarted, at: time)
      let drills = [current] + upcoming
      event.katas = drills.map(\.board.kata.name)
      let bugs = drills.map(\.record).filter(\.isDebugging).map { ($0.kata, $0.bugs) }
      if !bugs.isEmpty { event.planted = Dictionary(uniqueKeysWithValues: bugs) }
      return [.remember(event)] + openCurrent(at: time)
    }
  }

  mutating func take(_ happening: Happening, at time: Date) -> [Deed] {
    guard seconds == nil else { return rate(happening, at: time) }
    // What was saved in time is still graded.
    if case .tick = happening, !board.isGrading, elapsed(at: time) > Double(minutes) * 60 {
      return close(current, .gaveUp, at: time)
    }
    if case .resized(let size) = happening {
      for index in upcoming.indices { _ = upcoming[index].board.absorb(.resized(size), at: time) }
    }
    let deeds = current.take(happening, at: time)
    if clockStarted == nil { clockStarted = current.record.clockStarted }
    guard let result = current.result else { return deeds }
    results.append(result)
    let before = deeds.filter { if case .end = $0 { false } else { true } }
    guard elapsed(at: time) <= Double(minutes) * 60, let next = upcoming.popFirst() else {
      return before + finish(at: time)
    }
    current = next
    current.startsAtOnce = true
    current.board.notice = MockWording.notice(result)
    return before + [.open(current.board.kata)] + openCurrent(at: time)
  }

  func screen(at time: Date) -> Screen? {
    guard seconds == nil else {
      guard let window = board.window else { return nil }
      // What stays on the terminal is all of it.
      if isClosed { return Screen(whole: scorecard, style: board.style) }
      return Screen(
        body: scorecard, status: MockWording.rating(selfRating, asks: board.hasKeys, board.style),
        window: window, style: board.style)
    }
    var drill = current
    drill.preamble = MockWording.clock(
      elapsed(at: time), of: minutes, number: results.count + 1, count: count)
    return drill.screen(at: time)
  }

  private mutating func openCurrent(at time: Date) -> [Deed] {
    [.remember(current.started(at: time))] + current.begin(at: time)
  }

  private func elapsed(at time: Date) -> Double {
    clockStarted.map { max(0, time.timeIntervalSince($0)) } ?? 0
  }

  /// Time is up: the drill on the desk is over, whatever it came to.
  private mutating func close(_ drill: Drill, _ outcome: Event.Outcome, at time: Date) -> [Deed] {
    var record = drill.record
    record.outcome = outcome
    record.seconds = drill.elapsed(at: time)
    results.append(
      DrillResult(
        record: record, title: drill.board.kata.title, best: drill.best, hunt: drill.hunt))
    return [
      .tell(MockWording.timeIsUp(minutes)), .remember(drill.finished(outcome, at: time)),
    ] + finish(at: time)
  }

  private mutating func finish(at time: Date) -> [Deed] {
    seconds = elapsed(at: time)
    var event = event(Event.Kind.mockFinished, at: time)
    event.seconds = seconds
    event.outcome = isPassed ? .passed : .gaveUp
    let deeds: [Deed] = [.remember(event), .tell(scorecard)]
    guard board.hasKeys else { return deeds + close() }
    return deeds + tellWhatIsRated()
  }

  /// Takes the keys that rate what is over.
  private mutating func rate(_ happening: Happening, at time: Date) -> [Deed] {
    switch happening {
    case .closed: return close()
    case .resized: _ = board.absorb(happening, at: time)
    case .key(let key):
      var deeds: [Deed] = []
      if let (aspect, rating) = selfRating.take(key) {
        var event = event(Event.Kind.mockRated, at: time)
        event.question = aspect.rawValue
        event.rating = rating
        deeds = [.remember(event)] + tellWhatIsRated()
      }
      return selfRating.aspect == nil ? deeds + close() : deeds
    default: break
    }
    return []
  }

  private mutating func close() -> [Deed] {
    isClosed = true
    return [.end(isPassed ? .passed : .notPassed)]
  }

  private func tellWhatIsRated() -> [Deed] {
    let words = MockWording.rating(selfRating, asks: true, board.style)
    return words.isEmpty ? [] : [.tell(words.joined(separator: "\n"))]
  }

  private var isPassed: Bool {
    upcoming.isEmpty && results.allSatisfy { $0.record.outcome == .passed }
  }

  private var scorecard: String {
    MockWording.scorecard(
      results, notReached: upcoming.map(\.board.kata.name), seconds: seconds ?? 0,
      minutes: minutes, seed: seed, ratings: selfRating.ratings, style: board.style)
  }

  private func event(_ kind: String, at time: Date) -> Event {
    // It is about all its katas at once.
    var event = Event(kind, kata: "", at: time)
    event.mock = id
    event.minutes = minutes
    event.seed = seed
    return event
  }
}

import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One kata against the clock, from a blank stub or with bugs in it, graded at every save until the first
/// pass.
struct Drill: PracticeMode {
  var board: Board
  /// What the journal knows of it; what happens is added.
  var record: DrillRecord
  /// The best time before this drill, in seconds.
  let best: Double?
  /// What is looked for; nil where the kata is written from a stub.
  private(set) var hunt: BugHunt?
  /// Whether the clock starts at once and not at the first key or save.
  var startsAtOnce = false
  /// Where the attempt that the stub replaced is kept.
  var kept: String?
  /// What stands before the clock: in a mock interview, the clock of the whole.
  var preamble: [String] = []
  /// What it belongs to, and what is asked before it is given up.
  var heading = "drill"
  var giveUpQuestion = DrillWording.giveUpQuestion
  /// What to do before writing.
  var advice: String?
  /// Whether an editor can be opened on the attempt.
  var offersEditor = false
  private var hasSaidTimeIsUp = false
  /// Whether the next verdict is on what was there when the drill went on, which is no run.
  private var isLooking = false
  /// Whether it had been started before it began here.
  private var goesOn = false
  private(set) var result: DrillResult?

  init(board: Board, record: DrillRecord, best: Double?, hunt: BugHunt? = nil) {
    self.board = board
    self.record = record
    self.best = best
    self.hunt = hunt
    if let hunt {
      heading = "debug"
      giveUpQuestion = DebugWording.giveUpQuestion
      self.board.veil = { DebugWording.verdict($0, board.kata, bugs: hunt.bugs.count, $1) }
    }
  }

  var drill: String? { record.id }
  var isDebugging: Bool { record.isDebugging }
  var isOver: Bool { result != nil }

  /// The event that says that this drill was begun.
  func started(at time: Date) -> Event {
    var event = event(
      record.isDebugging ? Event.Kind.debugStarted : Event.Kind.drillStarted, at: time)
    event.minutes = record.minutes
    if record.isDebugging {
      event.planted = [record.kata: record.bugs]
      event.kept = record.kept
    }
    return event
  }

  mutating func begin(at time: Date) -> [Deed] {
    var introduction =
      hunt.map {
        DebugWording.introduction(
          $0, board.kata, minutes: record.minutes, best: best, path: board.path, kept: kept,
          heading: heading, hasClock: board.window != nil, style: board.style)
      }
      ?? DrillWording.introduction(
        board.kata, minutes: record.minutes, best: best, path: board.path, kept: kept,
        heading: heading, style: board.style)
    if let advice {
      introduction +=
        "\n  " + board.style.paint(board.style.wrap(advice, indent: 2), .strong) + "\n"
    }
    board.introduction = introduction
    goesOn = record.clockStarted != nil
    var deeds: [Deed] = [.tell(introduction)]
    // A program that nobody has touched yet was graded when it was laid.
    let isUntouched = hunt?.report != nil
    // To read a program is the work itself.
    if startsAtOnce || hunt != nil { deeds += startClock(at: time) }
    if record.clockStarted == nil {
      let waiting = board.hasKeys ? DrillWording.clockWaits : DrillWording.clockWaitsForSave
      deeds.append(.tell(waiting))
    }
    return isUntouched ? deeds : deeds + [.gradeWhatIsBegun]
  }

  mutating func take(_ happening: Happening, at time: Date) -> [Deed] {
    var deeds = board.absorb(happening, at: time).map { [Deed.tell($0)] } ?? []
    switch happening {
    case .found:
      deeds += take(.saved, at: time)
      isLooking = goesOn
    case .saved:
      isLooking = false
      deeds += startClock(at: time) + (hunt == nil ? [] : [.readAttempt]) + grade()
    case .attempt(let text):
      let seconds = elapsed(at: time)
      hunt?.look(at: text, seconds: seconds)
    case .graded(let report, _): deeds += take(report, at: time)
    case .hint(let level, _):
      record.hints = max(record.hints, level)
      deeds.append(.remember(.hint(level, of: board.kata, drill: record.id, at: time)))
    case .tick: deeds += sayWhenTimeIsUp(at: time)
    case .closed: deeds.append(.end(.notPassed))
    case .key(let key): deeds += take(key, at: time)
    case .disappeared, .emptied, .resized, .statement, .laid, .trouble: break
    }
    return deeds
  }

  func screen(at time: Date) -> Screen? {
    if let result {
      guard board.window != nil else { return nil }
      return Screen(whole: DrillWording.result(result, style: board.style), style: board.style)
    }
    return board.screen(
      status: status(at: time), keys: DrillWording.keys(isDebugging: hunt != nil, offersEditor))
  }

  private func status(at time: Date) -> [String] {
    guard record.clockStarted != nil else {
      return preamble + [DrillWording.clockWaits] + board.state
    }
    return preamble
      + DrillWording.clock(elapsed(at: time), of: record.minutes, best: best) + board.state
  }

  // MARK: The clock

  /// Seconds on the clock; a wall clock that was set back does not make it run backwards.
  func elapsed(at time: Date) -> Double {
    record.clockStarted.map { max(0, time.timeIntervalSince($0)) } ?? 0
  }

  private mutating func startClock(at time: Date) -> [Deed] {
    guard record.clockStarted == nil else { return [] }
    record.clockStarted = time
    return [
      .remember(event(Event.Kind.clockStarted, at: time)), .tell(DrillWording.clockRuns),
    ]
  }

  private mutating func sayWhenTimeIsUp(at time: Date) -> [Deed] {
    guard !hasSaidTimeIsUp, elapsed(at: time) > Double(record.minutes) * 60 else { return [] }
    hasSaidTimeIsUp = true
    board.notice = DrillWording.timeIsUp(record.minutes)
    return [.tell(DrillWording.timeIsUp(record.minutes))]
  }

  // MARK: Verdicts and keys

  private mutating func grade() -> [Deed] {
    board.isGrading = true
    return [.grade]
  }

  private mutating func take(_ report: Report, at time: Date) -> [Deed] {
    hunt?.report = report
    let isRun = !isLooking || report.verdict == .passed
    isLooking = false
    guard isRun else { return [.tell(clock(at: time))] }
    record.runs += 1
    if hunt == nil {
      for mistake in report.mistakes where !record.mistakes.contains(mistake.id) {
        record.mistakes.append(mistake.id)
      }
    }
    var event = Event.graded(
      report, drill: record.id, isDebugging: record.isDebugging, at: time)
    event.hunt = hunt?.progress
    if report.verdict == .passed { return [.remember(event)] + finish(.passed, at: time) }
    return [.remember(event), .tell(clock(at: time))]
  }

  private func clock(at time: Date) -> String {
    DrillWording.clock(elapsed(at: time), of: record.minutes, best: best)
      .joined(separator: " · ")
  }

  private mutating func take(_ key: Character, at time: Date) -> [Deed] {
    if board.question != nil {
      guard ["y", "n", "q", "\u{1B}"].contains(key) else { return [] }
      board.question = nil
      return key == "y" ? finish(.gaveUp, at: time) : []
    }
    if board.turnPage(key) { return [] }
    if ["q", "\u{04}"].contains(key) {
      board.question = giveUpQuestion
      return [.tell(giveUpQuestion)]
    }
    board.notice = nil
    let deeds = startClock(at: time)
    if board.scroll(key) { return deeds }
    switch key {
    case "h" where hunt != nil: return deeds + hint(at: time)
    case "h": return deeds + [.readHint(level: record.hints + 1)]
    case "s": return deeds + [.readStatement]
    case "e" where offersEditor: return deeds + [.edit]
    case "a" where hunt == nil:
      board.listsAll.toggle()
      return deeds
    default: return deeds
    }
  }

  /// What is known of the bugs is known here, and not in a page of the kata.
  private mutating func hint(at time: Date) -> [Deed] {
    guard let known = hunt else { return [] }
    guard let hint = hunt?.hint() else {
      board.notice = DebugWording.nothingKnown
      return [.tell(DebugWording.nothingKnown)]
    }
    let text = DebugWording.hint(hint)
    let said = board.absorb(.hint(level: record.hints, text: text), at: time)
    let deeds: [Deed] = said.map { [.tell($0)] } ?? []
    guard let hunt, hunt.progress != known.progress || hunt.hints != known.hints else {
      return deeds
    }
    record.hints += hunt.hints.count - known.hints.count
    var event = Event.hint(
      record.hints, of: board.kata, drill: record.id, isDebugging: true, at: time)
    event.hunt = hunt.progress
    return deeds + [.remember(event)]
  }

  private mutating func finish(_ outcome: Event.Outcome, at time: Date) -> [Deed] {
    record.outcome = outcome
    let seconds = elapsed(at: time)
    record.seconds = seconds
    if outcome == .passed { hunt?.finish(seconds: seconds) }
    let result = DrillResult(
      record: record, title: board.kata.title, best: best, followUp: board.followUp,
      hasEarlier: kept != nil, hunt: hunt)
    self.result = result
    return [
      .remember(finished(outcome, at: time)),
      .tell(DrillWording.result(result, style: board.style)),
      .end(outcome == .passed ? .passed : .notPassed),
    ]
  }

  /// The event that says that it has come to an end.
  func finished(_ outcome: Event.Outcome, at time: Date) -> Event {
    var event = event(
      record.isDebugging ? Event.Kind.debugFinished : Event.Kind.drillFinished, at: time)
    event.outcome = outcome
    // How long ago one was left behind says nothing.
    if outcome != .abandoned { event.seconds = elapsed(at: time) }
    event.minutes = record.minutes
    event.runs = record.runs
    event.hints = record.hints
    event.hunt = hunt?.progress
    return event
  }

  private func event(_ kind: String, at time: Date) -> Event {
    var event = Event(kind, kata: record.kata, at: time)
    event.drill = record.id
    event.mock = record.mock
    return event
  }
}

/// What came of a drill.
struct DrillResult: Equatable {
  let record: DrillRecord
  let title: String
  /// The best time before it.
  let best: Double?
  /// What an interviewer would ask after a pass.
  var followUp: String?
  /// Whether its stub replaced an attempt.
  var hasEarlier = false
  /// The bugs that were looked for.
  var hunt: BugHunt?

  var seconds: Double { record.seconds ?? 0 }
  var isInTime: Bool { record.outcome == .passed && seconds <= Double(record.minutes) * 60 }
}

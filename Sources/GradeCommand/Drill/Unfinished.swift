import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What was begun against the clock and has not come to an end; its clock goes on.
enum Unfinished: Equatable {
  case drill(DrillRecord, started: Date)
  case mock(MockRecord, drills: [DrillRecord], started: Date)

  /// The newest of those whose clock was started.
  init?(_ practice: PracticeRecord, _ catalogue: Catalogue) {
    let open = practice.drills.filter { $0.outcome == nil }
    let drill = open.last {
      $0.mock == nil && $0.clockStarted != nil && catalogue.suite(named: $0.kata) != nil
    }
    let drillLeft = drill.flatMap { record in
      record.clockStarted.map { Unfinished.drill(record, started: $0) }
    }
    var mockLeft: Unfinished?
    if let mock = practice.mocks.last, !mock.isFinished {
      let own = practice.drills.filter { $0.mock == mock.id }
      mockLeft = own.lazy.compactMap(\.clockStarted).first.map {
        .mock(mock, drills: own.filter { $0.outcome == nil }, started: $0)
      }
    }
    guard
      let newest = [drillLeft, mockLeft].compactMap(\.self).max(by: { $0.started < $1.started })
    else { return nil }
    self = newest
  }

  private var started: Date {
    switch self {
    case .drill(_, let started), .mock(_, _, let started): started
    }
  }

  /// "sigmoid, 0:02 of 4:00".
  func text(at time: Date) -> String {
    let (name, minutes) =
      switch self {
      case .drill(let record, _):
        (record.isDebugging ? "bugs in \(record.kata)" : record.kata, record.minutes)
      case .mock(let record, _, _): ("mock interview", record.minutes)
      }
    let (elapsed, target) = (max(0, time.timeIntervalSince(started)), Double(minutes) * 60)
    // How many days ago it was says nothing.
    return elapsed > 2 * target
      ? "\(name), time is up"
      : "\(name), \(DrillWording.time(elapsed)) of \(DrillWording.time(target))"
  }

  /// What goes on with it, after `swift run`.
  var command: String {
    switch self {
    case .drill(let record, _) where record.isDebugging: "grade debug --resume"
    case .drill: "grade drill --resume"
    case .mock: "grade mock --resume"
    }
  }

  func sentence(at time: Date) -> String { "Unfinished: \(text(at: time)) → swift run \(command)" }

  /// The events that say that something else takes its place.
  func abandoned(at time: Date) -> [Event] {
    switch self {
    case .drill(let record, _): return [Self.end(of: record, at: time)]
    case .mock(let mock, let drills, _):
      var event = Event(Event.Kind.mockFinished, kata: "", at: time)
      event.mock = mock.id
      event.minutes = mock.minutes
      event.seed = mock.seed
      event.outcome = .abandoned
      return drills.map { Self.end(of: $0, at: time) } + [event]
    }
  }

  private static func end(of record: DrillRecord, at time: Date) -> Event {
    let kind = record.isDebugging ? Event.Kind.debugFinished : Event.Kind.drillFinished
    var event = Event(kind, kata: record.kata, at: time)
    event.drill = record.id
    event.mock = record.mock
    event.outcome = .abandoned
    event.minutes = record.minutes
    event.runs = record.runs
    event.hints = record.hints
    return event
  }
}

extension GradeCommand {
  /// What is to become of something unfinished when something else is to begin.
  private enum Settlement { case begin, resume, stop }

  /// Settles what is unfinished before something else begins.
  ///
  /// - Returns: nil where that can begin.
  func settleUnfinished(in project: Project, edits: Bool = false) throws -> ExitCode? {
    guard try DrillLock.isFree(in: project),
      let unfinished = Unfinished(practice(in: project), catalogue)
    else { return nil }
    switch try settle(unfinished, in: project) {
    case .stop: return .notPassed
    case .begin: return nil
    case .resume: return try resume(unfinished, edits: edits)
    }
  }

  private func resume(_ unfinished: Unfinished, edits: Bool) throws -> ExitCode {
    let options = DrillOptions(edits: edits, resumes: true)
    switch unfinished {
    case .drill(let record, _) where record.isDebugging:
      return try debug(nil, DebugOptions(drill: options))
    case .drill: return try drill(nil, options)
    case .mock: return try mock(MockOptions(resumes: true))
    }
  }

  /// Asks, where somebody can answer; else it is over, and said to be.
  private func settle(_ unfinished: Unfinished, in project: Project) throws -> Settlement {
    let now = surroundings.now()
    let answer: Settlement
    if surroundings.hasKeys, let keyboard = Keyboard() {
      surroundings.write(
        "\(unfinished.sentence(at: now))\n"
          + "\(surroundings.style().wrap(DrillWording.resumeQuestion, indent: 0))\n")
      answer = try Self.answer(by: keyboard)
    } else {
      surroundings.note("grade: \(DrillWording.isOver(unfinished.text(at: now)))\n")
      answer = .begin
    }
    if answer == .begin {
      for event in unfinished.abandoned(at: now) { remember(event, in: project) }
    }
    return answer
  }

  private static func answer(by keyboard: borrowing Keyboard) throws -> Settlement {
    while true {
      switch try keyboard.read(milliseconds: 200) {
      case .key("y"): return .resume
      case .key("n"): return .begin
      case .key("q"), .key("\u{1B}"), .key("\u{04}"), .closed: return .stop
      case .key, .none, .resumed: continue
      }
    }
  }

  /// Says what is left unfinished where a signal ends a practice, and where the clock had not started how
  /// to get back what its stub replaced.
  func sayingWhatIsLeft(
    of drill: Drill? = nil, in project: Project, _ run: () throws -> ExitCode
  ) throws -> ExitCode {
    do {
      return try run()
    } catch HarnessError.interrupted(let signal) {
      let practice = practice(in: project)
      if let left = Unfinished(practice, catalogue) {
        surroundings.note("\n\(left.sentence(at: surroundings.now()))\n")
      } else if let drill, drill.kept != nil {
        surroundings.note("\n\(DrillWording.notStarted(drill.board.kata.name))\n")
      }
      throw HarnessError.interrupted(signal: signal)
    }
  }
}

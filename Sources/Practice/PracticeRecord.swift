/// Everything that the journal says a learner has practiced: the one fold over its events.
///
/// Events count in the order of their lines. A clock that was set back changes no figure but dates.
package struct PracticeRecord: Equatable, Sendable {
  package private(set) var katas: [String: KataRecord] = [:]
  /// What was practiced of finding the bugs in a kata, which is remembered by itself.
  package private(set) var debugging: [String: KataRecord] = [:]
  /// Every drill, in the order in which they were started.
  package private(set) var drills: [DrillRecord] = []
  /// Every mock interview, in the order in which they were started.
  package private(set) var mocks: [MockRecord] = []
  /// What is remembered of every question that was ever rated.
  package private(set) var questions: [RecallQuestion.ID: FSRS.Memory] = [:]
  /// The days, since 1970 where the learner is, with at least one pass.
  private var daysWithAPass: Set<Int> = []

  /// - Parameters:
  ///   - minutes: the target time of each kata, for drills that name none.
  ///   - clock: tells the days apart.
  package init(_ events: [Event], minutes: [String: Int], clock: WallClock) {
    var open: [Practiced: OpenDrill] = [:]
    var finished: Set<String> = []
    for event in events {
      drills.absorb(event)
      mocks.absorb(event)
      let target = minutes[event.kata] ?? KataRecord.usualMinutes
      let practiced = Practiced(event)
      let deck = practiced.isDebugging ? \PracticeRecord.debugging : \.katas
      switch event.event {
      case Event.Kind.graded, Event.Kind.debugGraded:
        self[keyPath: deck][event.kata, default: .init()].count(run: event)
        open[practiced]?.runs += 1
        if event.verdict == .passed { daysWithAPass.insert(clock.day(of: event.time).number) }
      case Event.Kind.hint, Event.Kind.debugHint:
        self[keyPath: deck][event.kata, default: .init()].count(hint: event.level ?? 0)
        open[practiced]?.hints.insert(event.level ?? 0)
      case Event.Kind.solution:
        for isDebugging in [false, true] {
          open[Practiced(kata: event.kata, isDebugging: isDebugging)]?.sawSolution = true
        }
      case Event.Kind.reset: katas[event.kata]?.layFreshStub()
      case Event.Kind.drillStarted, Event.Kind.debugStarted:
        self[keyPath: deck][event.kata]?.layFreshStub()
        open[practiced] = OpenDrill(id: event.drill)
      case Event.Kind.drillFinished, Event.Kind.debugFinished:
        // The end of a drill that is told twice is one end.
        if let id = event.drill, !finished.insert(id).inserted { continue }
        guard let outcome = event.outcome else { continue }
        let during = open[practiced].flatMap { $0.id == event.drill ? $0 : nil }
        if during != nil { open[practiced] = nil }
        let drill = FinishedDrill(
          event, outcome: outcome, during: during ?? OpenDrill(), minutes: target)
        self[keyPath: deck][event.kata, default: .init()].count(drill)
        if outcome == .passed { daysWithAPass.insert(clock.day(of: event.time).number) }
      case Event.Kind.recalled:
        guard let text = event.question, let rating = event.rating.flatMap(FSRS.Rating.init)
        else { continue }
        let id = RecallQuestion.ID(kata: event.kata, text: text)
        questions[id] = FSRS.memory(after: rating, at: event.time, from: questions[id])
      default: break
      }
    }
  }

  package subscript(kata: String) -> KataRecord { katas[kata] ?? KataRecord() }

  /// The days in a row, up to today or yesterday, with at least one pass.
  package func streak(on today: CivilDay) -> Int {
    let last = daysWithAPass.contains(today.number) ? today.number : today.number - 1
    var first = last
    while daysWithAPass.contains(first) { first -= 1 }
    return last - first
  }
}

/// What a drill is about: writing a kata, or finding the bugs in it.
private struct Practiced: Hashable {
  let kata: String
  let isDebugging: Bool

  init(kata: String, isDebugging: Bool) {
    self.kata = kata
    self.isDebugging = isDebugging
  }

  init(_ event: Event) {
    self.init(kata: event.kata, isDebugging: event.event.hasPrefix("debug-"))
  }
}

import Foundation
import Testing

@testable import Practice

@Suite("Practice is what the journal says was done")
struct PracticeRecordTests {
  private static let start = Date(timeIntervalSince1970: 1_800_000_000)
  private static let day = 86_400.0

  private func event(
    _ kind: String, _ kata: String = "backprop", day: Double = 0,
    _ change: (inout Event) -> Void = { _ in }
  ) -> Event {
    var event = Event(kind, kata: kata, at: Self.start + day * Self.day)
    change(&event)
    return event
  }

  private func run(_ verdict: Verdict, _ mistakes: [String] = [], day: Double = 0) -> Event {
    event(Event.Kind.graded, day: day) {
      $0.verdict = verdict
      $0.mistakes = mistakes
    }
  }

  private func finish(
    _ outcome: Event.Outcome = .passed, seconds: Double? = 900, runs: Int? = 2, hints: Int? = 0,
    minutes: Int? = 20, id: String? = nil, day: Double = 0
  ) -> Event {
    event(Event.Kind.drillFinished, day: day) {
      $0.outcome = outcome
      $0.seconds = seconds
      $0.runs = runs
      $0.hints = hints
      $0.minutes = minutes
      $0.drill = id
    }
  }

  private func practice(_ events: [Event], clock: WallClock = .ahead(hours: 0)) -> PracticeRecord {
    PracticeRecord(events, minutes: ["backprop": 20], clock: clock)
  }

  @Test("nothing done")
  func nothing() {
    let practice = practice([])
    #expect(practice["backprop"] == KataRecord())
    #expect(practice["backprop"].median == nil && practice["backprop"].due == nil)
    #expect(practice.streak(on: CivilDay(number: 20_833)) == 0)
  }

  @Test("runs, passes, times and runs until green")
  func figures() {
    let events =
      [run(.failed), run(.crashed), run(.passed)]
      + [finish(seconds: 1200), finish(.gaveUp, seconds: 300), finish(seconds: 600, runs: 5)]
      + [finish(.abandoned, seconds: 10), finish(seconds: 700, runs: 1, hints: 2)]
    let kata = practice(events)["backprop"]
    #expect(kata.runs == 3 && kata.passes == 1)
    #expect(kata.finished == 4 && kata.drills.count == 5)
    #expect(kata.times == [1200, 600, 700], "a drill that was given up has no time")
    #expect(kata.best == 600 && kata.last == 700 && kata.median == 700)
    #expect(kata.runsToGreen == [2, 5, 1])
    #expect(kata.hints == 2)
    #expect(practice(Array(events.prefix(7)))["backprop"].median == 900, "of an even count")
    #expect(practice(events)["he-init"].runs == 0)
  }

  @Test(
    "how well a drill went",
    arguments: [
      (Event.Outcome.gaveUp, 60.0, 1, 0, FSRS.Rating.again), (.abandoned, 60, 1, 0, nil),
      (.passed, 719, 1, 0, .easy), (.passed, 720, 1, 0, .good), (.passed, 719, 2, 0, .good),
      (.passed, 1200, 3, 0, .good), (.passed, 1201, 1, 0, .hard), (.passed, 60, 1, 1, .hard),
      (.passed, nil, 1, 0, .good), (.passed, -5, 1, 0, .good),
    ] as [(Event.Outcome, Double?, Int, Int, FSRS.Rating?)])
  func ratings(
    outcome: Event.Outcome, seconds: Double?, runs: Int, hints: Int, rating: FSRS.Rating?
  ) {
    let events = [finish(outcome, seconds: seconds, runs: runs, hints: hints)]
    let kata = practice(events)["backprop"]
    #expect(kata.drills.map(\.rating) == [rating])
    #expect(
      kata.memory == rating.map { FSRS.memory(after: $0, at: Self.start, from: nil) })
  }

  @Test("a solution that is shown during a drill is a kata forgotten; before or after, it is not")
  func solutionShown() {
    let (begin, look) = (event(Event.Kind.drillStarted), event(Event.Kind.solution))
    let elsewhere = event(Event.Kind.solution, "he-init")
    func ratings(_ events: [Event]) -> [FSRS.Rating?] {
      practice(events)["backprop"].drills.map(\.rating)
    }
    #expect(ratings([begin, look, finish()]) == [.again])
    #expect(ratings([look, begin, elsewhere, finish(), look]) == [.good])
    #expect(ratings([begin, look, finish(), begin, finish()]) == [.again, .good])
  }

  @Test("runs and hints that the end of a drill does not tell are counted during it")
  func countedDuring() {
    let hints = [1, 1, 2].map { level in event(Event.Kind.hint) { $0.level = level } }
    let events =
      [run(.failed), event(Event.Kind.drillStarted), run(.failed)] + hints
      + [run(.passed), finish(runs: nil, hints: nil, minutes: nil)]
    let drill = practice(events)["backprop"].drills.first
    let elsewhere = [event(Event.Kind.drillStarted)] + hints + [finish(hints: 0)]
    #expect(practice(elsewhere)["backprop"].drills.map(\.hints) == [2], "from another window")
    #expect(drill?.runs == 2 && drill?.hints == 2 && drill?.minutes == 20)
  }

  @Test("an end that is told twice is one, and one whose beginning was torn off counts")
  func toldTwice() {
    #expect(practice([finish(id: "1"), finish(id: "1")])["backprop"].drills.count == 1)
    #expect(practice([finish(id: "1"), finish(id: "2")])["backprop"].drills.count == 2)
    #expect(practice([finish(), finish()])["backprop"].drills.count == 2)
  }

  @Test("an end that comes late belongs to its own drill, not to the one that is open")
  func lateEnd() {
    func begin(_ id: String) -> Event { event(Event.Kind.drillStarted) { $0.drill = id } }
    let events = [
      begin("1"), begin("2"), event(Event.Kind.solution), finish(.abandoned, id: "1"),
      finish(id: "2"),
    ]
    #expect(practice(events)["backprop"].drills.map(\.rating) == [nil, .again])
  }

  @Test("figures that cannot be, in lines written by hand, trap nothing")
  func impossible() {
    for extreme in [Int.min, -1, 0, Int.max] {
      for day in [-3e6, 0, 3e6] {
        let ends = (0..<3).map { _ in
          finish(
            seconds: extreme > 0 ? 1.7e308 : -1, runs: extreme, hints: extreme, minutes: extreme,
            day: day)
        }
        let hint = event(Event.Kind.hint) { $0.level = extreme }
        let kata = practice([hint] + ends)["backprop"]
        #expect(kata.drills.count == 3 && kata.hints >= 0 && kata.due != nil)
        #expect(kata.best == nil && kata.median == nil && kata.runsToGreen.allSatisfy { $0 >= 0 })
      }
    }
  }

  @Test("each drill builds on the memory that the last one left")
  func memory() {
    let kata = practice([finish(), finish(seconds: 1300, day: 3)])["backprop"]
    let first = FSRS.memory(after: .good, at: Self.start, from: nil)
    let second = FSRS.memory(after: .hard, at: Self.start + 3 * Self.day, from: first)
    #expect(kata.memory == second && kata.due == second.due())
  }

  @Test("a mistake that stays from save to save was made once")
  func mistakes() {
    let events = [
      run(.failed, ["a"]), run(.doesNotCompile), run(.failed, ["a", "b"]), run(.passed),
      run(.failed, ["b"], day: 1), event(Event.Kind.reset), run(.failed, ["b"], day: 2),
    ]
    let mistakes = practice(events)["backprop"].mistakes
    #expect(mistakes.map(\.id) == ["b", "a"])
    #expect(mistakes.map(\.count) == [3, 1])
    #expect(mistakes.map(\.last) == [Self.start + 2 * Self.day, Self.start])
  }

  @Test("a streak is days in a row with a pass, and lives until the day after is over")
  func streak() {
    // 1 800 000 000 is 08:00 on 15 January 2027 in UTC.
    let today = CivilDay(number: 20_833)
    func streak(_ days: [Double], on day: Int = 0) -> Int {
      practice(days.map { run(.passed, day: $0) })
        .streak(on: CivilDay(number: today.number + day))
    }
    #expect(streak([0]) == 1)
    #expect(streak([-2, -1, 0, 0]) == 3)
    #expect(streak([-2, -1]) == 2, "today is not over")
    #expect(streak([-3, -2]) == 0)
    #expect(streak([-3, -1, 0]) == 2)
    #expect(streak([40, 0, -1]) == 2, "a day that has not come yet does not count")
    #expect(practice([run(.failed)]).streak(on: today) == 0)
    #expect(practice([finish()]).streak(on: today) == 1)
  }

  @Test("days begin where the learner is")
  func timeZone() {
    // 23:30 and 00:30 in UTC are two days; an hour ahead they are one.
    let late = 15.5 / 24
    let events = [run(.passed, day: late), run(.passed, day: late + 1.0 / 24)]
    #expect(practice(events).streak(on: CivilDay(number: 20_834)) == 2)
    #expect(
      practice(events, clock: .ahead(hours: 1)).streak(on: CivilDay(number: 20_834)) == 1)
    #expect(WallClock.ahead(hours: -9).text(of: Self.start) == "2027-01-14 23:00")
    #expect(
      WallClock.ahead(hours: 0).text(of: Date(timeIntervalSince1970: -1)) == "1969-12-31 23:59")
  }

  @Test("a clock that jumps back loses no drill and no figure")
  func clockJumps() throws {
    let kata = practice([finish(day: 400), finish(seconds: 600, day: 0), finish(day: 1)])[
      "backprop"]
    #expect(kata.drills.count == 3 && kata.last == 900 && kata.best == 600)
    #expect(try #require(kata.due) > Self.start + Self.day)
  }

  @Test(
    "a fresh stub forgets hints and the last verdict, and no pass",
    arguments: ["reset", "drill-started"])
  func freshStub(_ kind: String) {
    let hints = [2, 1].map { level in event(Event.Kind.hint) { $0.level = level } }
    let before = [run(.passed), run(.failed)] + hints
    let kata = practice(before)["backprop"]
    #expect(kata.hintLevel == 2 && kata.lastVerdict == .failed && kata.passes == 1)
    let fresh = practice(before + [event(kind)])["backprop"]
    #expect(fresh.hintLevel == 0 && fresh.lastVerdict == nil && fresh.passes == 1)
    #expect(
      practice(before + [finish()])["backprop"].hintLevel == 2, "the end of a drill lays none")
  }

  @Test("finding bugs is remembered by itself, and passes no kata")
  func debugging() {
    let kinds = [
      Event.Kind.debugStarted, Event.Kind.debugGraded, Event.Kind.debugHint,
      Event.Kind.debugFinished,
    ]
    let practice = practice(
      kinds.map { kind in
        event(kind) {
          $0.drill = "one"
          $0.planted = kind == Event.Kind.debugStarted ? ["backprop": ["no-batch-mean"]] : nil
          $0.verdict = kind == Event.Kind.debugGraded ? .passed : nil
          $0.outcome = kind == Event.Kind.debugFinished ? .passed : nil
          ($0.level, $0.seconds) = (1, 300)
        }
      })
    #expect(practice["backprop"].passes == 0 && practice["backprop"].memory == nil)
    let own = practice.debugging["backprop"]
    #expect(own?.times == [300] && own?.drills[0].rating == .hard)
    #expect(practice.drills.map(\.bugs) == [["no-batch-mean"]])
    #expect(practice.drills[0].outcome == .passed && practice.drills[0].hints == 1)
  }
}

import AnswerKey
import BackwardAnswers
import Foundation
import Grading
import LossAnswers
import NeuronAnswers
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("What a learner sees of their practice, at 80 columns")
struct PracticeScreenTests {
  // 08:00 on 15 January 2027.
  private let now = Date(timeIntervalSince1970: 1_800_000_000)
  private let clock = WallClock.ahead(hours: 0)
  private let style = Style(isColored: false, width: 80)
  private let backprop = BackpropSuite.kata
  private let softmax = SoftmaxCrossEntropySuite.kata
  private let relu = ReLUDerivativeSuite.kata
  private let catalogue = Catalogue([
    ReLUDerivativeSuite.self, SoftmaxCrossEntropySuite.self, BackpropSuite.self,
  ])

  private var today: CivilDay { clock.day(of: now) }

  private func event(
    _ kind: String, _ kata: Kata, daysAgo: Double, _ change: (inout Event) -> Void
  ) -> Event {
    var event = Event(kind, kata: kata.name, at: now - daysAgo * 86_400)
    change(&event)
    return event
  }

  private func run(
    _ kata: Kata, _ verdict: Verdict, _ mistakes: [String] = [], daysAgo: Double
  ) -> Event {
    event(Event.Kind.graded, kata, daysAgo: daysAgo) {
      $0.verdict = verdict
      $0.mistakes = mistakes
    }
  }

  private func drill(
    _ kata: Kata, _ seconds: Double, _ outcome: Event.Outcome = .passed, runs: Int = 2,
    hints: Int = 0, daysAgo: Double
  ) -> [Event] {
    let end = event(Event.Kind.drillFinished, kata, daysAgo: daysAgo) {
      $0.outcome = outcome
      $0.seconds = seconds
      $0.runs = runs
      $0.hints = hints
    }
    return outcome == .passed ? [run(kata, .passed, daysAgo: daysAgo), end] : [end]
  }

  private func practice(_ events: [Event]) -> PracticeRecord {
    PracticeRecord(events, minutes: ["backprop": 20], clock: clock)
  }

  private func overview(_ events: [Event], begun: [Kata] = []) -> Overview {
    Overview(
      catalogue, isBegun: { begun.contains($0) }, practice: practice(events), clock: clock,
      now: now)
  }

  private func screen(_ overview: Overview) -> String {
    OverviewText(overview: overview, style: style).text
  }

  /// Three weeks of it.
  private var events: [Event] {
    [run(backprop, .failed, ["no-batch-mean", "bias-zero"], daysAgo: 21)]
      + drill(backprop, 1510, .gaveUp, runs: 9, hints: 3, daysAgo: 21)
      + [run(backprop, .failed, ["no-batch-mean"], daysAgo: 18)]
      + drill(backprop, 1405.4, runs: 7, hints: 1, daysAgo: 18)
      + drill(backprop, 15, .abandoned, runs: 0, daysAgo: 17)
      + drill(relu, 130, runs: 1, daysAgo: 9)
      + drill(backprop, 1100, runs: 4, daysAgo: 2)
      + [run(backprop, .failed, ["weights-from-pre-activation"], daysAgo: 1.01)]
      + drill(backprop, 842, runs: 2, daysAgo: 1) + drill(softmax, 700, daysAgo: 0)
  }

  @Test("the first time")
  func first() {
    #expect(
      screen(overview([])) == """
          neuron          ·  0 of 1
          loss            ·  0 of 1
          backward        ·  0 of 1

        Next: swift run grade show relu-derivative

        """)
  }

  @Test("after three weeks")
  func threeWeeks() {
    #expect(
      screen(overview(events)) == """
          Due today    relu-derivative
          Streak       3 days
          Weak spots   You summed over the batch instead of averaging it. (backprop, 2
                       times)

          neuron          ✓  1 of 1
          loss            ✓  1 of 1
          backward        ✓  1 of 1

        Next: swift run grade drill relu-derivative

        """)
  }

  @Test("the one next thing: what is due, what is not passed, what was never drilled, or rest")
  func next() {
    let passes = [relu, softmax, backprop].map { run($0, .passed, daysAgo: 1) }
    let drills = [relu, softmax, backprop].flatMap { drill($0, 600, daysAgo: 0) }
    #expect(overview([], begun: [relu]).next == .goOn(relu))
    #expect(overview([passes[0]]).next == .begin(softmax))
    #expect(overview(passes).next == .drill(relu))
    #expect(overview(drill(backprop, 600, daysAgo: 9)).next == .drill(backprop))
    let rest = overview(drills)
    #expect(rest.next.kata != nil && rest.due.isEmpty)
    #expect(
      screen(rest).hasSuffix(
        "\nNothing is due for 2 days. Sooner does no harm: swift run grade drill relu-derivative\n"
      ))
    let twoDue = drill(backprop, 600, daysAgo: 9) + drill(relu, 600, daysAgo: 19)
    #expect(overview(twoDue).due.map(\.kata) == [relu, backprop], "the longest overdue first")
  }

  @Test(
    "what is unfinished comes first, and is the next thing; then what is due, then what is begun")
  func unfinished() {
    let start = [Event.Kind.drillStarted, Event.Kind.clockStarted].map { kind in
      event(kind, softmax, daysAgo: 2.0 / 86_400) {
        $0.drill = "one"
        $0.minutes = 10
      }
    }
    let busy = overview(events + [run(softmax, .failed, daysAgo: 0)] + start)
    #expect(busy.next.command == "grade drill --resume" && busy.next.kata == softmax.name)
    let shown = screen(busy)
    #expect(
      shown.hasPrefix(
        """
          Unfinished   softmax-cross-entropy, 0:02 of 10:00 → swift run grade drill
                       --resume
          Due today    relu-derivative

        """))
    #expect(shown.hasSuffix("\nNext: swift run grade drill --resume\n"))
    let over = start.map { event in
      var event = event
      event.time = now - 86_400
      return event
    }
    #expect(screen(overview(over)).contains("softmax-cross-entropy, time is up → swift run"))
    let begun = [run(backprop, .failed, daysAgo: 1), run(softmax, .crashed, daysAgo: 2)]
    let progress = overview(begun, begun: [softmax, backprop])
    #expect(progress.next == .goOn(backprop), "the latest")
    #expect(
      screen(progress).hasPrefix(
        "  In progress  backprop (fails), softmax-cross-entropy (crashes)\n"))
  }

  @Test("however much there is to say, it is at most 24 lines with the shell's next two")
  func height() {
    let all = Catalogue.curriculum.katas
    let begun = Set(all.map(\.name))
    let mistakes = all.flatMap { kata in
      (0..<3).flatMap { _ in
        [
          run(kata, .failed, ["no-batch-mean"], daysAgo: 2),
          run(kata, .passed, daysAgo: 1),
        ]
      }
    }
    let due = all.prefix(20).flatMap { drill($0, 100, daysAgo: 20) }
    let start = [Event.Kind.drillStarted, Event.Kind.clockStarted].map { kind in
      event(kind, softmax, daysAgo: 0) { $0.drill = "one" }
    }
    for events in [[], mistakes, due, mistakes + due + start] {
      let overview = Overview(
        .curriculum, isBegun: { begun.contains($0.name) }, practice: practice(events), clock: clock,
        now: now)
      let text = OverviewText(overview: overview, style: style).text
      #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 23, "\(text)")
    }
  }

  @Test("a weak spot is a mistake made twice within four weeks")
  func weakSpots() {
    func spots(_ daysAgo: Double...) -> [Int] {
      let events = daysAgo.flatMap {
        [
          run(backprop, .failed, ["bias-zero"], daysAgo: $0),
          run(backprop, .passed, daysAgo: $0),
        ]
      }
      return overview(events).weakSpots.map(\.count)
    }
    #expect(spots(1) == [])
    #expect(spots(40, 1) == [2])
    #expect(spots(40, 29) == [])
    let unknown = [run(backprop, .failed, ["forgotten-id"], daysAgo: 3)]
    let twice = unknown + [run(backprop, .passed, daysAgo: 2)] + unknown
    #expect(overview(twice).weakSpots.map(\.sentence) == ["forgotten-id"])
  }

  @Test("the table of all katas")
  func table() {
    let practice = practice(events + [run(softmax, .failed, daysAgo: 0)])
    let other = Kata(
      "he-init", type: "He", requirement: "HeKata", title: "draws", track: .initialization,
      minutes: 5)
    var runsOnly = KataRecord()
    runsOnly.count(run: run(other, .failed, daysAgo: 0))
    let table = HistoryTable(
      rows: [relu, softmax, backprop].map { ($0.name, practice[$0.name]) }
        + [(other.name, runsOnly)],
      first: relu, clock: clock, today: today, style: style)
    #expect(
      table.text == """
          kata                    best   last  median  trend         runs  due
          relu-derivative         2:10   2:10    2:10  ▄                1  1 day late
          softmax-cross-entropy  11:40  11:40   11:40  ▄                2  in 2 days
          backprop               14:02  14:02   18:20  █▄▁              2  in 12 days
          he-init                    –      –       –                   –  not drilled

        """)
  }

  @Test("the interviews, newest first, with what was rated; what was abandoned is none")
  func interviews() {
    func mock(
      _ id: String, daysAgo: Double, _ outcome: Event.Outcome, _ ratings: [ScoredAspect: Int]
    ) -> [Event] {
      var start = Event(Event.Kind.mockStarted, kata: "", at: now - daysAgo * 86_400)
      start.mock = id
      start.katas = ["relu-derivative", "backprop"]
      start.minutes = 45
      var drill = event(Event.Kind.drillStarted, relu, daysAgo: daysAgo) {
        $0.mock = id
        $0.drill = id + "-relu"
      }
      var events = [start, drill]
      drill.event = Event.Kind.drillFinished
      drill.outcome = .passed
      var end = start
      end.event = Event.Kind.mockFinished
      end.outcome = outcome
      end.seconds = 2470
      events += [drill, end]
      return events
        + ratings.map { aspect, rating in
          var event = Event(Event.Kind.mockRated, kata: "", at: now)
          event.mock = id
          event.question = aspect.rawValue
          event.rating = rating
          return event
        }
    }
    let events =
      mock("a", daysAgo: 9, .gaveUp, [:]) + mock("b", daysAgo: 4, .abandoned, [:])
      + mock("c", daysAgo: 2, .passed, [.understanding: 3, .skill: 2, .rationale: 9])
    func table(_ events: [Event]) -> String {
      let practice = practice(events)
      return InterviewTable(
        interviews: practice.mocks, drills: practice.drills, clock: clock, style: style
      ).text
    }
    #expect(
      table(events) == """
          interview         passed   time  understanding  skill  rationale communication
          2027-01-13 08:00  1 of 2  41:10              3      2          –             –
          2027-01-06 08:00  1 of 2  41:10              –      –          –             –

        """)
    #expect(table([]) == "" && table(mock("b", daysAgo: 4, .abandoned, [:])) == "")
    let many = (1...9).flatMap { mock("\($0)", daysAgo: Double(20 - $0), .gaveUp, [:]) }
    #expect(table(many).hasSuffix("\n  … and 3 before\n"))
  }

  @Test("the page of one kata")
  func page() {
    let page = KataHistory(
      kata: backprop, practice: practice(events)["backprop"], catalogue: catalogue, clock: clock,
      today: today,
      style: style)
    #expect(
      page.text == """
        backprop · gradients of an n-layer ReLU network                   due in 12 days

          when                 time   runs   hints  outcome
          2027-01-14 08:00    14:02      2       0  passed
          2027-01-13 08:00    18:20      4       0  passed
          2026-12-29 08:00     0:15      0       0  abandoned
          2026-12-28 08:00    23:25      7       1  passed
          2026-12-25 08:00    25:10      9       3  gave up

          best 14:02 · median 18:20 · trend █▄▁

          Made most often
            2×  You summed over the batch instead of averaging it.
            1×  You took the weight gradient from Z of the layer below; use its
                activation A.
            1×  Your bias gradients are zero.

        """)
  }

  @Test("debug drills are on the page of their kata, with a date of their own")
  func debugging() throws {
    var end = events[0]
    (end.event, end.kata) = (Event.Kind.debugFinished, relu.name)
    (end.time, end.outcome, end.seconds, end.runs) = (now - 3600, .passed, 100, 2)
    let own = practice([end])
    let page = KataHistory(
      kata: relu, practice: own[relu.name], debugging: own.debugging[relu.name],
      catalogue: catalogue, clock: clock, today: today, style: style)
    #expect(page.text.contains("0 runs, and no drill yet."))
    #expect(page.text.contains("\n\n  Debug drills, due "))
    #expect(page.text.hasSuffix("  best 1:40 · median 1:40 · trend ▄\n"))
  }

  @Test("pages without a drill say what to do")
  func empty() {
    func page(_ practice: KataRecord) -> String {
      KataHistory(
        kata: backprop, practice: practice, catalogue: catalogue, clock: clock, today: today,
        style: style
      ).text
    }
    #expect(
      page(KataRecord()) == """
        backprop is not practiced yet. A drill gives you a blank stub and starts the
        clock:
          swift run grade drill backprop

        """)
    #expect(
      page(practice([run(backprop, .passed, daysAgo: 0)])["backprop"]) == """
        backprop · gradients of an n-layer ReLU network

          1 run, and no drill yet. One starts the clock:
          swift run grade drill backprop

        """)
    let table = HistoryTable(rows: [], first: relu, clock: clock, today: today, style: style)
    #expect(table.text.hasPrefix("Nothing is practiced yet. A drill gives you a blank stub"))
  }

  @Test("figures")
  func figures() {
    #expect(
      [0, 59.6, 61, 4210, .infinity, nil].map(Figures.clock).prefix(4) == [
        "0:00", "0:59", "1:01", "70:10",
      ])
    #expect(Figures.clock(nil) == "–")
    #expect(Figures.sparkline([1, 2, 3, 4, 5, 6, 7, 8]) == "▁▂▃▄▅▆▇█")
    #expect(Figures.sparkline([3, 3]) == "▄▄" && Figures.sparkline([]) == "")
    let due = [-3, -1, 0, 1, 9].map {
      Figures.due(CivilDay(number: today.number + $0), on: today)
    }
    #expect(due == ["3 days late", "1 day late", "today", "tomorrow", "in 9 days"])
    let many = practice((0..<20).flatMap { drill(backprop, 600 + Double($0), daysAgo: 0) })
    #expect(Figures.sparkline(Figures.trend(of: many["backprop"])).count == 12)
  }

  @Test("no line is wider than the screen, and color changes nothing that is said")
  func widths() {
    let colored = Style(isColored: true, width: 80)
    let overview = overview(events)
    let practice = practice(events)["backprop"]
    let pages = [style, colored].map { style in
      OverviewText(overview: overview, style: style).text
        + KataHistory(
          kata: backprop, practice: practice, catalogue: catalogue, clock: clock, today: today,
          style: style
        ).text
        + HistoryTable(
          rows: [(backprop.name, practice)], first: relu, clock: clock, today: today, style: style
        ).text
    }
    #expect(pages[1].contains("\u{1B}["))
    #expect(pages[1].replacing(#/\u{1B}\[[0-9]+m/#, with: "") == pages[0])
    #expect(pages[0].split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}

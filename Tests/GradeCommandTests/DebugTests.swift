import BackwardAnswers
import Foundation
import Grading
import TestSupport
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("A debug drill: what is told of the bugs, and when")
struct DebugTests {
  let kata = BackpropSuite.kata
  let noon = Date(timeIntervalSince1970: 1_800_000_000)
  let failed = WatchTests.report(.failed)
  let sentence = "You summed over the batch instead of averaging it."

  func hunt(_ ids: String...) throws -> BugHunt {
    let solution = try Project(root: Checkout.source).annotatedSolution(of: BackpropSuite.self)
    let bugs = solution.bugs.filter { ids.contains($0.id) }
    #expect(bugs.count == ids.count)
    return BugHunt(BuggyProgram(solution, with: bugs), in: BackpropSuite.self, report: failed)
  }

  func drill(_ hunt: BugHunt) throws -> Drill {
    var record = DrillRecord(id: "one", kata: "backprop", minutes: hunt.minutes)
    record.bugs = hunt.bugs.map(\.id)
    return Drill(board: try WatchTests.board(columns: 80), record: record, best: nil, hunt: hunt)
  }

  func text(_ drill: Drill, after seconds: Double = 0) throws -> String {
    try #require(drill.screen(at: noon + seconds)).lines.joined(separator: "\n")
  }

  func events(_ deeds: [Deed]) -> [Event] {
    deeds.compactMap { if case .remember(let event) = $0 { event } else { nil } }
  }

  @Test("it says how many there are and what is seen, and the clock runs at once")
  func introduction() throws {
    var drill = try drill(try hunt("no-batch-mean", "relu-slope-missing"))
    let deeds = drill.begin(at: noon)
    #expect(events(deeds).map(\.event) == [Event.Kind.clockStarted])
    #expect(!deeds.contains(.gradeWhatIsBegun))
    let shown = try text(drill)
    #expect(shown.contains("This program has 2 bugs. Find them."))
    #expect(shown.contains("It runs, and the numbers are wrong."))
    #expect(shown.contains("dW₁[0][1] is 0.4120, expected 0.0824."))
    #expect(!shown.contains(sentence))
  }

  @Test("a verdict names nothing; hints do, from the check to the function to the mistake")
  func hints() throws {
    var drill = try drill(try hunt("no-batch-mean"))
    _ = drill.begin(at: noon)
    #expect(drill.take(.saved, at: noon + 1) == [.readAttempt, .grade])
    let graded = drill.take(.graded(failed, prints: ""), at: noon + 2)
    #expect(events(graded).map(\.event) == [Event.Kind.debugGraded])
    #expect(events(graded)[0].mistakes == nil)
    #expect(try text(drill).contains("Not yet: 1 of 2 checks fails."))
    #expect(try !text(drill).contains(sentence))
    for (words, level) in [
      ("This check fails:\n  hidden layer", 1), ("Look at the middle of gradients.", 2),
      (sentence, 3),
    ] {
      let deeds = drill.take(.key("h"), at: noon + 3)
      #expect(events(deeds).map(\.event) == [Event.Kind.debugHint])
      #expect(events(deeds)[0].level == level)
      #expect(try text(drill).contains(words))
      _ = drill.take(.key("x"), at: noon + 3)
    }
    #expect(drill.record.hints == 3)
    #expect(events(drill.take(.key("h"), at: noon + 4)).isEmpty, "it says nothing new")
    #expect(drill.record.hints == 3)
  }

  @Test("hints go on where they were when a drill goes on, and none is counted twice")
  func hintsGoOn() throws {
    var left = try drill(try hunt("no-batch-mean", "relu-slope-missing"))
    let half = try #require(left.hunt).program.text.replacing(".>=", with: ".>")
    var journal = [left.started(at: noon)]
    journal += events(left.begin(at: noon))
    journal += events(left.take(.attempt(half), at: noon + 65))
    journal += events(left.take(.graded(failed, prints: ""), at: noon + 66))
    for _ in 1...3 {
      journal += events(left.take(.key("h"), at: noon + 70))
      _ = left.take(.key("x"), at: noon + 70)
    }
    let practice = PracticeRecord(journal, minutes: [:], clock: .ahead(hours: 0))
    let record = try #require(practice.drills.last)
    #expect(record.hints == 3 && record.bugs == left.record.bugs)
    let known = try #require(left.hunt)
    let resumed = BugHunt(
      known.program, in: BackpropSuite.self, report: failed, progress: record.hunt)
    #expect(resumed.finds == [HuntProgress.Find(id: "relu-slope-missing", seconds: 65)])
    var drill = Drill(
      board: try WatchTests.board(columns: 80), record: record, best: nil, hunt: resumed)
    _ = drill.begin(at: noon + 98)
    #expect(events(drill.take(.key("h"), at: noon + 99)).isEmpty, "it says nothing new")
    #expect(try text(drill).contains(sentence))
    #expect(drill.record.hints == 3)
  }

  @Test("before the program is known to run, there is no hint, and none is counted")
  func hintsAtNothing() throws {
    for report in [nil, WatchTests.report(.doesNotCompile, message: "no")] {
      var hunt = try hunt("no-batch-mean")
      hunt.report = report
      var drill = try drill(hunt)
      _ = drill.begin(at: noon)
      #expect(drill.take(.key("h"), at: noon + 1) == [.tell(DebugWording.nothingKnown)])
      #expect(drill.record.hints == 0)
      #expect(try text(drill).contains("A hint goes by what the program does"))
    }
  }

  @Test("of many checks the first few are told, and how many more there are")
  func manyChecks() {
    let checks = (1...14).map { CheckResult(name: "check \($0)", status: .failed, message: "no") }
    #expect(
      DebugWording.hint(.checks(checks)) == """
        These checks fail:
          check 1: no
          check 2: no
          check 3: no
          and 11 more

        """)
  }

  @Test("a verdict on what was there when it went on is no run, unless it is the first pass")
  func looking() throws {
    var drill = try drill(try hunt("no-batch-mean"))
    drill.record.clockStarted = noon - 60
    drill.record.runs = 2
    _ = drill.begin(at: noon)
    #expect(drill.take(.found, at: noon) == [.readAttempt, .grade])
    #expect(events(drill.take(.graded(failed, prints: ""), at: noon + 1)).isEmpty)
    #expect(try text(drill).contains("Not yet"))
    #expect(drill.record.runs == 2)
    _ = drill.take(.saved, at: noon + 2)
    _ = drill.take(.graded(failed, prints: ""), at: noon + 3)
    #expect(drill.record.runs == 3)
    var mended = drill
    _ = mended.begin(at: noon + 4)
    _ = mended.take(.found, at: noon + 4)
    _ = mended.take(.graded(WatchTests.report(.passed), prints: ""), at: noon + 5)
    #expect(mended.record.runs == 4 && mended.record.outcome == .passed)
  }

  @Test("its keys do not offer a list of the checks, which is a hint")
  func keys() throws {
    var drill = try drill(try hunt("no-batch-mean"))
    _ = drill.begin(at: noon)
    #expect(try text(drill).hasSuffix("h hint  s statement  q give up"))
  }

  @Test("checks that wait for others are told beside those that fail")
  func waiting() throws {
    let waiting = (1...3).map { CheckResult(name: "\($0)", status: .skipped, message: "later") }
    let report = Report(
      kata: "backprop", verdict: .failed, seed: 1, seconds: 1, checks: failed.checks + waiting,
      mistakes: [], message: nil)
    let shown = DebugWording.verdict(
      report, kata, bugs: 2, Style(isColored: false, width: 80))
    #expect(shown.contains("Not yet: 1 of 5 checks fails, and 3 wait."))
    #expect(shown.lines[0].hasSuffix("  debug, 2 bugs"))
  }

  @Test("fewer bugs than were asked for are said to be")
  func fewer() throws {
    var hunt = try hunt("no-batch-mean", "relu-slope-missing")
    hunt.asked = 4
    var drill = try drill(hunt)
    _ = drill.begin(at: noon)
    #expect(try text(drill).contains("Find them. No 4 were found that go together."))
  }

  @Test("the scorecard is whole on a small screen, and a long line is broken between words")
  func wholeScorecard() throws {
    var drill = try drill(try hunt("forward-relu-on-output", "no-batch-mean", "gradients-reversed"))
    _ = drill.begin(at: noon)
    _ = drill.take(.saved, at: noon)
    _ = drill.take(.graded(WatchTests.report(.passed), prints: ""), at: noon + 5)
    let lines = try #require(drill.screen(at: noon + 6)).lines
    #expect(lines.count > 24 && lines.allSatisfy { $0.count <= 80 })
    #expect(lines.contains("  Passed."))
    let start = try #require(
      lines.firstIndex { $0.hasPrefix("    − let logits = maximum(") })
    #expect(lines[start + 1].hasPrefix("          ") && lines[start + 1].hasSuffix(", 0)"))
  }

  @Test("a curve that has none beside it is no symptom, nor is what it does on the right one, too")
  func incomparable() {
    var report = failed
    for series in [
      [Picture.Series("from zeros", [1.1, 1.1])],
      [.init("from zeros", [1.1, 1.1]), .init("from random weights", [1.9, 0.8])],
    ] {
      report.pictures = [.curve(title: "loss of a training", series: series)]
      #expect(Symptom(report).sentence == "It runs, and the numbers are wrong.")
      #expect(Symptom(report).picture != nil)
    }
    report.pictures = [
      .curve(
        title: "loss", series: [.init("yours", [1, 2, 9]), .init("expected", [1, 2, 8])])
    ]
    #expect(Symptom(report).sentence.contains("not as it should"))
  }

  @Test("the scorecard has the bugs in the order in which they were found")
  func scorecard() throws {
    let hunt = try hunt("no-batch-mean", "relu-slope-missing")
    var drill = try drill(hunt)
    _ = drill.begin(at: noon)
    let half = hunt.program.text.replacing(".>=", with: ".>")
    _ = drill.take(.attempt(half), at: noon + 65)
    let whole = half.replacing(
      "probabilities - targets", with: "(probabilities - targets) / Double(inputs.rows)")
    _ = drill.take(.attempt(whole), at: noon + 130)
    let deeds = drill.take(.graded(WatchTests.report(.passed), prints: ""), at: noon + 131)
    #expect(
      events(deeds).map(\.event) == [Event.Kind.debugGraded, Event.Kind.debugFinished])
    let shown = DrillWording.result(
      try #require(drill.result), style: Style(isColored: false, width: 80))
    let first = try #require(shown.range(of: "found at 1:05: relu-slope-missing"))
    let second = try #require(shown.range(of: "found at 2:10: no-batch-mean"))
    #expect(first.lowerBound < second.lowerBound)
    #expect(shown.contains("− var delta = probabilities - targets\n"))
    #expect(shown.contains("+ var delta = (probabilities - targets) / Double(inputs.rows)\n"))
  }

  @Test("the scorecard of an interview says what the bugs were and where, as their own does")
  func scorecardOfAnInterview() throws {
    var hunt = try hunt("no-batch-mean", "relu-slope-missing")
    hunt.look(at: hunt.program.text.replacing(".>=", with: ".>"), seconds: 65)
    var record = try drill(hunt).record
    record.outcome = .gaveUp
    let shown = MockWording.scorecard(
      [DrillResult(record: record, title: kata.title, best: nil, hunt: hunt)], notReached: [],
      seconds: 300, minutes: 45, seed: 1, ratings: [:], style: Style(isColored: false, width: 100))
    let lines = hunt.order.map(\.place.line)
    #expect(
      shown.contains(
        """
              Line \(lines[0]) in gradients, found at 1:05: relu-slope-missing
                \(hunt.order[0].sentence)
              Line \(lines[1]) in gradients, not found: no-batch-mean
                \(sentence)

        """), "\(shown)")
  }

  @Test("given up, it says what was not found")
  func givenUp() throws {
    var drill = try drill(try hunt("no-batch-mean"))
    _ = drill.begin(at: noon)
    _ = drill.take(.key("q"), at: noon + 5)
    _ = drill.take(.key("y"), at: noon + 5)
    let shown = DrillWording.result(
      try #require(drill.result), style: Style(isColored: false, width: 80))
    #expect(shown.contains("Given up.") && shown.contains("not found: no-batch-mean"))
  }

  @Test(
    "a curve is the symptom where there is one",
    arguments: [
      ([0.7, 0.7, 0.69], "the loss does not fall"), ([0.7, 2, 9], "the loss rises"),
      ([0.7, 0.6], "not a number from step 3 on"), ([0.7, 0.5, 0.4], "stays too high"),
    ])
  func curves(values: [Double], words: String) {
    var report = failed
    report.pictures = [
      .curve(
        title: "loss on XOR",
        series: [.init("yours", values), .init("expected", [0.7, 0.3, 0.01])])
    ]
    #expect(Symptom(report).sentence.contains(words), "\(Symptom(report).sentence)")
  }

  @Test("a loss that falls as it should is said to, and needs no picture")
  func likeness() {
    var report = failed
    let series = [
      Picture.Series("yours", [1.88, 0.5, 0.07]), .init("expected", [1.85, 0.6, 0.08]),
    ]
    report.pictures = [.curve(title: "loss", series: series)]
    let symptom = Symptom(report)
    #expect(symptom.sentence == "It trains almost as it should, and something is wrong.")
    #expect(symptom.picture == nil && symptom.evidence == failed.checks[1].message)
  }

  @Test("a curve goes by what its title says: epochs, or steps where it says nothing")
  func axis() {
    var report = failed
    for (title, words) in [
      ("loss on XOR, epoch by epoch", "from epoch 2 on"), ("loss", "from step 2 on"),
    ] {
      report.pictures = [
        .curve(
          title: title, series: [.init("yours", [0.7]), .init("expected", [0.7, 0.3, 0.01])])
      ]
      #expect(Symptom(report).sentence.contains(words))
    }
  }

  @Test("the real thing: two bugs by a seed, mended, and the attempt is kept")
  func process() throws {
    let checkout = try Checkout()
    try checkout.write("// my afternoon", for: kata)
    let terminal = try PseudoTerminal(
      ["debug", "backprop", "--bugs", "2", "--seed", "7"], in: checkout)
    #expect(terminal.shows("This program has 2 bugs."), "\(terminal.text)")
    #expect(terminal.screen.contains("Kept:    .katas/attempts/backprop/"))
    let program = try checkout.project.attempt(kata).pageText()
    #expect(!program.contains("// "))
    try checkout.write(program + "\n", for: kata)
    #expect(terminal.shows("Not yet:"), "\(terminal.text)")
    try checkout.write(checkout.solution(kata), for: kata)
    #expect(terminal.shows("Runs:    2 until green"), "\(terminal.text)")
    #expect(terminal.ending() == 0)
    #expect(terminal.screen.contains("Yours:   is back in its place"))
    #expect(try checkout.project.attempt(kata).pageText() == "// my afternoon")
    let events = Journal(file: checkout.project.journal).read().events
    #expect(
      events.map(\.event) == [
        "debug-started", "clock-started", "debug-graded", "debug-graded", "debug-finished",
      ])
    #expect(events[0].planted?["backprop"]?.count == 2)
  }

  @Test("what is unfinished goes on with the same bugs; nothing unfinished is said")
  func resuming() throws {
    let checkout = try Checkout()
    #expect(try checkout.run("debug", "--resume").code == .notPassed)
    var started = Event(Event.Kind.debugStarted, kata: "backprop", at: noon)
    (started.drill, started.minutes) = ("one", 9)
    started.planted = ["backprop": ["no-batch-mean"]]
    try Journal(file: checkout.project.journal).append(started)
    _ = try Desk(project: checkout.project).lay(program: "", for: kata, at: noon)
    try checkout.write(checkout.solution(kata), for: kata)
    let (output, _, code) = try checkout.run("debug", "--resume")
    #expect(code == .passed)
    #expect(output.contains("This program has a bug.") && output.contains("no-batch-mean"))
    #expect(try checkout.run("drill", "--resume").code == .notPassed)
    let stub = try Stub.text(of: kata, in: checkout.project)
    #expect(try checkout.project.attempt(kata).pageText() == stub, "there was no attempt")
    #expect(try checkout.run("backprop").output.contains("Not attempted"))
  }
}

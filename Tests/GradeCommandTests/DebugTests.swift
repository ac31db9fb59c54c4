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
    #expect(try text(drill).contains("Not yet: 1 of 2 checks fail."))
    #expect(try !text(drill).contains(sentence))
    for (words, level) in [("hidden layer", 1), ("Look at gradients.", 2), (sentence, 3)] {
      let deeds = drill.take(.key("h"), at: noon + 3)
      #expect(events(deeds).map(\.event) == [Event.Kind.debugHint])
      #expect(events(deeds)[0].level == level)
      #expect(try text(drill).contains(words))
      _ = drill.take(.key("x"), at: noon + 3)
    }
    #expect(drill.record.hints == 3)
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
    try checkout.write(checkout.solution(kata), for: kata)
    let (output, _, code) = try checkout.run("debug", "--resume")
    #expect(code == .passed)
    #expect(output.contains("This program has a bug.") && output.contains("no-batch-mean"))
    #expect(try checkout.run("drill", "--resume").code == .notPassed)
  }
}

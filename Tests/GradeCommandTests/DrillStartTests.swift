import BackwardAnswers
import Foundation
import Grading
import TestSupport
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("A drill begins with nothing lost, or not at all")
struct DrillStartTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  private var attempt: String {
    get throws { try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) }
  }

  @Test("where the attempt cannot be archived it stays, and no drill begins")
  func unwritableArchive() throws {
    try checkout.write("precious", for: kata)
    try FileManager.default.createDirectory(
      at: checkout.project.memory, withIntermediateDirectories: true)
    // A file in the place of the directory stops even root.
    try Data().write(to: checkout.project.memory.appending(path: "attempts"))
    let run = try checkout.run("drill", "backprop")
    #expect(run.code == .harnessFailed)
    #expect(run.notes.hasPrefix("grade: cannot write .katas/attempts/backprop: "))
    #expect(run.notes.contains("Backprop.swift is as it was, and nothing is lost."))
    #expect(run.output == "")
    #expect(try attempt == "precious")
    #expect(Journal(file: checkout.project.journal).read().events.isEmpty)
  }

  @Test("a second drill at once is refused in a sentence, and touches nothing")
  func second() throws {
    try checkout.write("precious", for: kata)
    guard let lock = try DrillLock(in: checkout.project) else {
      Issue.record("nobody else can hold it")
      return
    }
    let run = try checkout.run("drill", "backprop")
    withExtendedLifetime(lock) {}
    #expect(run.code == .notPassed)
    #expect(
      run.notes
        == "grade: another drill is running in this checkout; finish it or give it up first\n")
    #expect(try attempt == "precious")
  }

  @Test("a drill whose kata has another stub by now goes on with the file as it is")
  func changedStub() throws {
    let manager = FileManager.default
    let solutions = checkout.root.appending(path: "solutions")
    try manager.removeItem(at: solutions)
    try manager.copyItem(at: Checkout.source.appending(path: "solutions"), to: solutions)
    let old = try checkout.solution(kata)
    try checkout.write(old, for: kata)
    for kind in [Event.Kind.drillStarted, Event.Kind.clockStarted] {
      var event = Event(kind, kata: kata.name, at: Date(timeIntervalSince1970: 1_799_999_940))
      event.drill = "one"
      event.minutes = 20
      try Journal(file: checkout.project.journal).append(event)
    }
    try ("// A newer stub.\n" + old).write(
      to: checkout.project.solution(kata), atomically: true, encoding: .utf8)
    let run = try checkout.run("drill", "--resume")
    #expect(run.code == .passed, "\(run)")
    #expect(run.output.contains("1:00 of 20:00, in time"))
    #expect(try attempt == old)
  }

  @Test("nothing to resume is a sentence", arguments: [["backprop"], []])
  func nothingToResume(words: [String]) throws {
    let run = try checkout.run(["drill", "--resume"] + words)
    #expect(run.code == .notPassed)
    let (whose, kata) = words.isEmpty ? ("", "<kata>") : (" of backprop", "backprop")
    #expect(
      run.notes
        == "grade: no drill\(whose) is unfinished; 'swift run grade drill \(kata)' starts one\n")
  }

  @Test("drills as the journal tells of them")
  func records() {
    func event(_ kind: String, _ id: String, _ seconds: Double) -> Event {
      var event = Event(kind, kata: "backprop", at: Date(timeIntervalSince1970: seconds))
      event.drill = id
      event.minutes = 20
      return event
    }
    var finished = event(Event.Kind.drillFinished, "a", 700)
    finished.outcome = .passed
    finished.seconds = 600
    var graded = event(Event.Kind.graded, "b", 850)
    graded.mistakes = ["x", "y", "x"]
    var hint = event(Event.Kind.hint, "b", 860)
    hint.level = 2
    let events = [
      event(Event.Kind.drillStarted, "a", 90), event(Event.Kind.clockStarted, "a", 100), finished,
      event(Event.Kind.drillStarted, "b", 800), event(Event.Kind.clockStarted, "b", 810), graded,
      hint,
    ]
    let practice = PracticeRecord(events, minutes: [:], clock: .ahead(hours: 0))
    let records = practice.drills
    #expect(records.map(\.outcome) == [.passed, nil])
    #expect(records[1].clockStarted == Date(timeIntervalSince1970: 810))
    #expect(records[1].runs == 1 && records[1].hints == 2 && records[1].mistakes == ["x", "y"])
    #expect(practice["backprop"].best == 600 && practice["adam"].best == nil)
  }
}

import BackwardAnswers
import Foundation
import Grading
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("A drill: the clock, the verdicts, the result")
struct DrillTests {
  let kata = BackpropSuite.kata
  let noon = Date(timeIntervalSince1970: 1_800_000_000)
  let failed = WatchTests.report(.failed)
  let passed = WatchTests.report(.passed)

  func drill(columns: Int? = 80, best: Double? = nil, clockStarted: Date? = nil) throws -> Drill {
    var record = DrillRecord(id: "one", kata: "backprop", minutes: 20)
    record.clockStarted = clockStarted
    return Drill(board: try WatchTests.board(columns: columns), record: record, best: best)
  }

  func text(_ drill: Drill, after seconds: Double = 0) throws -> String {
    try #require(drill.screen(at: noon + seconds)).lines.joined(separator: "\n")
  }

  func events(_ deeds: [Deed]) -> [Event] {
    deeds.compactMap { deed in
      if case .remember(let event) = deed { event } else { nil }
    }
  }

  @Test("before the clock starts: what to write, where to read, the best")
  func introduction() throws {
    var drill = try drill(best: 754)
    drill.kept = ".katas/attempts/backprop/2027-01-15T08-00-00Z.swift"
    _ = drill.begin(at: noon)
    let shown = try text(drill)
    #expect(
      shown == """
        backprop · gradients of an n-layer ReLU network                            drill

          Target:  20 minutes
          Best:    12:34
          Write:   katas/backprop/Backprop.swift
          Read:    swift run grade show backprop
          Kept:    .katas/attempts/backprop/2027-01-15T08-00-00Z.swift

        the clock starts at your first key or save · Backprop.swift
        h hint  s statement  a all  q give up
        """)
  }

  @Test("the clock starts at the first key, and runs beside the verdict", arguments: [80, 40])
  func running(columns: Int) throws {
    var drill = try drill(columns: columns, best: 754)
    _ = drill.begin(at: noon)
    #expect(events(drill.take(.tick, at: noon + 100)).isEmpty)
    #expect(
      events(drill.take(.key("\n"), at: noon + 100)).map(\.event) == [Event.Kind.clockStarted])
    #expect(events(drill.take(.key("x"), at: noon + 110)).isEmpty)
    #expect(drill.take(.saved, at: noon + 150) == [.grade])
    _ = drill.take(.graded(failed, prints: ""), at: noon + 151)
    let shown = try text(drill, after: 352)
    #expect(
      shown
        == (columns == 80
          ? """
          backprop · gradients of an n-layer ReLU network                          seed 42

            ✗ hidden layer        dW₁[0][1] is 0.4120, expected 0.0824
                                  1 passes (a: all)

            You summed over the batch instead of averaging it.

          4:12 of 20:00 · best 12:34 · Backprop.swift · graded 08:02:31
          h hint  s statement  a all  q give up
          """
          : """
          backprop · gradients of an n-layer ReLU
            network
          seed 42

            ✗ hidden layer
              dW₁[0][1] is 0.4120, expected 0.0824
              1 passes (a: all)

            You summed over the batch instead of
            averaging it.

          4:12 of 20:00 · best 12:34
          Backprop.swift · graded 08:02:31
          h hint  s statement  a all  q give up
          """))
  }

  @Test("the clock starts at a save where no key comes before it")
  func startsAtSave() throws {
    var drill = try drill(columns: nil)
    #expect(
      drill.begin(at: noon).suffix(2)
        == [.tell("the clock starts at your first key or save"), .gradeWhatIsBegun])
    let deeds = drill.take(.saved, at: noon + 5)
    #expect(events(deeds).map(\.event) == [Event.Kind.clockStarted])
    #expect(deeds.last == .grade)
    #expect(drill.elapsed(at: noon + 65) == 60)
  }

  @Test("the first pass ends it, and the result tells all", arguments: [80, 40])
  func result(columns: Int) throws {
    var drill = try drill(columns: columns, best: 754)
    _ = drill.begin(at: noon)
    _ = drill.take(.saved, at: noon)
    _ = drill.take(.graded(failed, prints: ""), at: noon)
    #expect(drill.take(.key("h"), at: noon + 60) == [.readHint(level: 1)])
    _ = drill.take(.hint(level: 1, text: "Hint"), at: noon + 60)
    _ = drill.take(.key("x"), at: noon + 61)
    _ = drill.take(.saved, at: noon + 700)
    let deeds = drill.take(.graded(passed, prints: ""), at: noon + 700.5)
    #expect(deeds.last == .end(.passed))
    let finished = try #require(events(deeds).last)
    #expect(finished.event == Event.Kind.drillFinished && finished.drill == "one")
    #expect(finished.outcome == .passed && finished.seconds == 700.5)
    #expect(finished.runs == 2 && finished.hints == 1 && finished.minutes == 20)
    let shown = try text(drill)
    #expect(
      shown
        == (columns == 80
          ? """
          backprop · gradients of an n-layer ReLU network                            drill

            Passed.

            Time:    11:40 of 20:00, in time
            Runs:    2 until green
            Hints:   1
            Best:    this one; it was 12:34

            Compare: swift run grade solution backprop
          """
          : """
          backprop · gradients of an n-layer ReLU
            network
          drill

            Passed.

            Time:    11:40 of 20:00, in time
            Runs:    2 until green
            Hints:   1
            Best:    this one; it was 12:34

            Compare: swift run grade solution
                     backprop
          """))
  }

  @Test("when time is up a line says so, once, and the pass is not in time")
  func timeIsUp() throws {
    var drill = try drill(clockStarted: noon)
    let sentence =
      "Time is up: 20 minutes. Go on if you like; it will not count as in time."
    #expect(drill.take(.tick, at: noon + 1200) == [])
    #expect(drill.take(.tick, at: noon + 1201) == [.tell(sentence)])
    #expect(drill.take(.tick, at: noon + 1202) == [])
    #expect(try text(drill, after: 1202).contains(sentence))
    _ = drill.take(.graded(passed, prints: ""), at: noon + 1263)
    #expect(drill.result?.isInTime == false)
    #expect(try text(drill).contains("21:03 of 20:00, 1:03 over"))
  }

  @Test("giving up is asked about, and ends it without a pass")
  func givingUp() throws {
    var drill = try drill(clockStarted: noon)
    #expect(
      drill.take(.key("q"), at: noon)
        == [.tell("Give up? The drill ends here; your file stays as it is. y/n")])
    #expect(drill.take(.key("n"), at: noon) == [])
    _ = drill.take(.key("q"), at: noon)
    let deeds = drill.take(.key("y"), at: noon + 30)
    #expect(events(deeds).last?.outcome == .gaveUp)
    #expect(deeds.last == .end(.notPassed))
    let shown = try text(drill)
    #expect(shown.contains("Given up.") && !shown.contains("restore"))
  }

  @Test("after giving up one reads how to get back what the stub replaced")
  func earlier() throws {
    var drill = try drill(clockStarted: noon)
    drill.kept = ".katas/attempts/backprop/2027-01-15T08-00-00Z.swift"
    _ = drill.take(.key("q"), at: noon)
    _ = drill.take(.key("y"), at: noon + 30)
    #expect(try text(drill).contains("\n  Earlier: swift run grade restore backprop"))
  }

  @Test("a terminal that goes away leaves the drill to be resumed")
  func closed() throws {
    var drill = try drill(clockStarted: noon)
    #expect(drill.take(.closed, at: noon + 30) == [.end(.notPassed)])
  }

  @Test("a clock that was set back shows no time, never less")
  func clockSetBack() throws {
    let drill = try drill(clockStarted: noon)
    #expect(drill.elapsed(at: noon - 3600) == 0)
    #expect(try text(drill, after: -3600).contains("0:00 of 20:00"))
  }

  @Test("a deleted file is said to, and the clock goes on")
  func disappearance() throws {
    var drill = try drill(clockStarted: noon)
    _ = drill.take(.disappeared, at: noon + 1)
    #expect(try text(drill, after: 75).contains("1:15 of 20:00 · Backprop.swift is gone"))
    #expect(drill.take(.saved, at: noon + 2).last == .grade)
  }

  @Test("what was saved while nobody looked is graded when the drill is resumed")
  func resumedBegun() throws {
    var drill = try drill(columns: nil, clockStarted: noon)
    let deeds = drill.begin(at: noon + 90)
    #expect(deeds.last == .gradeWhatIsBegun)
    #expect(events(deeds).isEmpty)
    #expect(drill.elapsed(at: noon + 90) == 90)
  }

  @Test(
    "times as people write them",
    arguments: [(0, "0:00"), (59.9, "0:59"), (247, "4:07"), (3765, "1:02:45")])
  func times(seconds: Double, text: String) {
    #expect(DrillWording.time(seconds) == text)
  }
}

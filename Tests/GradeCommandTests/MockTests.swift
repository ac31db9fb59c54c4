import AnswerKey
import Foundation
import Grading
import TestSupport
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("A mock interview: several katas, one clock")
struct MockTests {
  let noon = Date(timeIntervalSince1970: 1_800_000_000)

  func drill(_ kata: Kata, columns: Int) throws -> Drill {
    var record = DrillRecord(id: "m-\(kata.name)", kata: kata.name, minutes: kata.minutes)
    record.mock = "m"
    let path = "katas/\(kata.name)/\(kata.type).swift"
    return Drill(
      board: try WatchTests.board(columns: columns).with(kata, path: path), record: record,
      best: nil)
  }

  func mock(columns: Int = 80) throws -> Mock {
    let drills = try [WatchTests.kata, WatchTests.other].map { try drill($0, columns: columns) }
    return try #require(Mock(id: "m", minutes: 45, seed: 7, drills: drills))
  }

  func text(_ mock: Mock, after seconds: Double) throws -> String {
    try #require(mock.screen(at: noon + seconds)).lines.joined(separator: "\n")
  }

  func kinds(_ deeds: [Deed]) -> [String] {
    deeds.compactMap { deed in
      if case .remember(let event) = deed { event.event } else { nil }
    }
  }

  @Test("one drill follows the other on the same clock; then the scorecard", arguments: [80, 40])
  func scorecard(columns: Int) throws {
    var mock = try mock(columns: columns)
    #expect(kinds(mock.begin(at: noon)) == ["mock-started", "drill-started"])
    #expect(kinds(mock.take(.saved, at: noon)) == ["clock-started"])
    _ = mock.take(.graded(WatchTests.report(.failed), prints: ""), at: noon + 60)
    #expect(
      try text(mock, after: 61).replacing("\n", with: " · ")
        .contains("1 of 2 · interview 1:01 of 45:00 · 1:01 of 20:00"))
    let deeds = mock.take(.graded(WatchTests.report(.passed), prints: ""), at: noon + 600)
    #expect(
      kinds(deeds) == ["graded", "drill-finished", "drill-started", "clock-started"])
    #expect(deeds.contains(.open(WatchTests.other)))
    #expect(!deeds.contains { if case .end = $0 { true } else { false } })
    #expect(try text(mock, after: 615).contains("0:15 of 10:00"))
    _ = mock.take(.key("q"), at: noon + 700)
    let last = mock.take(.key("y"), at: noon + 700)
    #expect(kinds(last) == ["drill-finished", "mock-finished"])
    #expect(last.last == .end(.notPassed))
    let shown = try text(mock, after: 700)
    #expect(
      shown
        == (columns == 80
          ? """
          mock interview · 45 minutes                                               seed 7

            ✓ backprop
                passed in 10:00 of 20:00, 2 runs until green, no hints
                made: no-batch-mean
            ✗ adam
                not passed, 1:40 of 10:00, 0 runs, no hints

            1 of 2 passed in 11:40 of 45:00.

            Drill again:
              swift run grade drill adam
          """
          : """
          mock interview · 45 minutes       seed 7

            ✓ backprop
                passed in 10:00 of 20:00, 2 runs
                until green, no hints
                made: no-batch-mean
            ✗ adam
                not passed, 1:40 of 10:00, 0 runs,
                no hints

            1 of 2 passed in 11:40 of 45:00.

            Drill again:
              swift run grade drill adam
          """))
  }

  @Test("when the time is up it is over, and what was not reached is told")
  func timeIsUp() throws {
    var mock = try mock()
    _ = mock.begin(at: noon)
    _ = mock.take(.key(" "), at: noon)
    #expect(!kinds(mock.take(.tick, at: noon + 2700)).contains("mock-finished"))
    let deeds = mock.take(.tick, at: noon + 2701)
    #expect(kinds(deeds) == ["drill-finished", "mock-finished"])
    #expect(deeds.last == .end(.notPassed))
    #expect(try text(mock, after: 2701).contains("adam\n      not reached"))
    #expect(mock.take(.tick, at: noon + 2702) == [])
  }

  @Test("what was saved in time is graded before it is over")
  func savedInTime() throws {
    var mock = try mock()
    _ = mock.begin(at: noon)
    _ = mock.take(.key(" "), at: noon)
    _ = mock.take(.saved, at: noon + 2699)
    #expect(!kinds(mock.take(.tick, at: noon + 2701)).contains("mock-finished"))
    let deeds = mock.take(.graded(WatchTests.report(.passed), prints: ""), at: noon + 2702)
    #expect(kinds(deeds) == ["graded", "drill-finished", "mock-finished"])
    #expect(mock.results.map(\.record.outcome) == [.passed])
  }

  @Test("what is asked: what is due or weak first, within the time, the same for the same seed")
  func choice() {
    let katas = (1...8).map {
      Kata("k\($0)", type: "K", requirement: "P", title: "t", track: .loss, minutes: 10 + $0 % 3)
    }
    let urgencies: [String: Mock.Urgency] = [
      "k1": .known, "k2": .new, "k3": .known, "k4": .undrilled, "k5": .new,
      "k6": .due, "k7": .weak, "k8": .due,
    ]
    for seed in 0..<50 as Range<UInt64> {
      let chosen = Mock.choice(of: katas, minutes: 36, seed: seed) {
        urgencies[$0.name] ?? .new
      }
      #expect(chosen.map(\.name) == ["k6", "k7", "k8"])
      let more = Mock.choice(of: katas, minutes: 50, seed: seed) { urgencies[$0.name] ?? .new }
      #expect(
        more == Mock.choice(of: katas, minutes: 50, seed: seed) { urgencies[$0.name] ?? .new })
      #expect(more.map(\.minutes).reduce(0, +) <= 50)
    }
    let choices = Set(
      (0..<50 as Range<UInt64>).map {
        Mock.choice(of: katas, minutes: 30, seed: $0) { _ in .new }.map(\.name)
      })
    #expect(choices.count > 5)
    #expect(Mock.choice(of: katas, minutes: 1, seed: 1) { _ in .new }.isEmpty)
  }

  @Test("the real one, from the first save to the scorecard")
  func process() throws {
    let checkout = try Checkout()
    let journal = Journal(file: checkout.project.journal)
    let terminal = try PseudoTerminal(["mock", "--minutes", "20", "--seed", "1"], in: checkout)
    #expect(terminal.shows("the clock starts"), "\(terminal.text)")
    let asked = Mock.choice(of: Catalogue.curriculum.katas, minutes: 20, seed: 1) { _ in .new }
    #expect(terminal.shows("1 of \(asked.count)"))
    for kata in asked {
      #expect(terminal.shows("\(kata.type).swift"))
      let solution = try checkout.solution(kata)
      try checkout.write(solution, for: kata)
      #expect(
        eventually {
          journal.read().events.contains { $0.event == "drill-finished" && $0.kata == kata.name }
        })
    }
    #expect(terminal.ending() == 0)
    #expect(terminal.screen.contains("\(asked.count) of \(asked.count) passed in"))
    #expect(terminal.isInShellModes)
  }

  @Test("killed in the middle, and resumed where it was, with the same clock")
  func resumed() throws {
    let checkout = try Checkout()
    let journal = Journal(file: checkout.project.journal)
    let asked = Mock.choice(of: Catalogue.curriculum.katas, minutes: 30, seed: 1) { _ in .new }
    try #require(asked.count > 1)
    func pass(_ kata: Kata) throws {
      let solution = try checkout.solution(kata)
      try checkout.write(solution, for: kata)
    }
    #expect(try checkout.run("mock", "--resume").notes.contains("no mock interview is unfinished"))
    let first = try PseudoTerminal(["mock", "--minutes", "30", "--seed", "1"], in: checkout)
    #expect(first.shows("\(asked[0].type).swift"), "\(first.text)")
    try pass(asked[0])
    #expect(first.shows("\(asked[1].type).swift"))
    first.send(SIGKILL)
    #expect(first.ending() == -SIGKILL)
    // Saved while nobody looked.
    try pass(asked[1])
    let second = try PseudoTerminal(["mock", "--resume"], in: checkout)
    for kata in asked.dropFirst(2) {
      #expect(second.shows("\(kata.type).swift"), "\(second.text)")
      try pass(kata)
    }
    #expect(second.ending() == 0)
    #expect(second.screen.contains("\(asked.count) of \(asked.count) passed in"))
    let kinds = journal.read().events.map(\.event)
    #expect(kinds.count { $0 == "mock-started" } == 1)
    #expect(kinds.count { $0 == "drill-started" } == asked.count)
    #expect(try checkout.run("mock", "--resume").code == .notPassed)
  }
}

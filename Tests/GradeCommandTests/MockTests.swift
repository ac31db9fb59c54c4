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
    #expect(!last.contains { if case .end = $0 { true } else { false } })
    for (key, rating) in zip("3214", [3, 2, 1, 4]) {
      #expect(
        try text(mock, after: 700).replacing("\n", with: "  ")
          .hasSuffix("1 weak  2 mixed  3 good  4 strong  q quit"))
      let deeds = mock.take(.key(key), at: noon + 701)
      guard case .remember(let event) = deeds.first else {
        Issue.record("\(key) is not remembered")
        return
      }
      #expect(event.event == "mock-rated" && event.mock == "m" && event.rating == rating)
      #expect(deeds.contains(.end(.notPassed)) == (rating == 4))
    }
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

            Your rating: understanding 3, skill 2, rationale 1, communication 4
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

            Your rating: understanding 3, skill 2,
            rationale 1, communication 4
          """))
  }

  @Test("the screen that asks for a rating; any other key is none, and q ends it")
  func rating() throws {
    var mock = try mock()
    _ = mock.begin(at: noon)
    _ = mock.take(.key(" "), at: noon)
    _ = mock.take(.tick, at: noon + 2701)
    for key in "05xh\u{1B}" { #expect(mock.take(.key(key), at: noon + 2702) == []) }
    #expect(mock.take(.saved, at: noon + 2702) == [], "what is over is not graded")
    #expect(
      try text(mock, after: 2702).hasSuffix(
        """
          Drill again:
            swift run grade drill backprop
            swift run grade drill adam

        Understanding: did you say what was asked, with the shapes, before you wrote?
        1 weak  2 mixed  3 good  4 strong  q quit
        """))
    _ = mock.take(.key("4"), at: noon + 2703)
    #expect(try text(mock, after: 2703).contains("Your rating: understanding 4\n\nSkill: did"))
    #expect(mock.take(.key("q"), at: noon + 2704) == [.end(.notPassed)])
    #expect(try !text(mock, after: 2705).contains("Skill:"))
    var closed = try self.mock()
    _ = closed.begin(at: noon)
    _ = closed.take(.key(" "), at: noon)
    _ = closed.take(.tick, at: noon + 2701)
    #expect(closed.take(.closed, at: noon + 2702) == [.end(.notPassed)])
  }

  @Test("before the clock starts, the shapes are said out loud")
  func sayFirst() throws {
    var mock = try mock()
    _ = mock.begin(at: noon)
    let shown = try text(mock, after: 0)
    #expect(
      shown.contains(
        """
          Say out loud what comes in, what goes out, their shapes, and your plan; then
          write.
        """))
    #expect(shown.contains("the clock starts at your first key or save"))
  }

  @Test("nobody is asked for a rating where nobody can press a key")
  func withoutKeys() throws {
    var record = DrillRecord(id: "m-adam", kata: "adam", minutes: 15)
    record.mock = "m"
    let board = Board(
      WatchTests.other, path: "a.swift", style: Style(isColored: false, width: 80), window: nil,
      hasKeys: false)
    var mock = try #require(
      Mock(
        id: "m", minutes: 45, seed: 7,
        drills: [Drill(board: board, record: record, best: nil)]))
    _ = mock.begin(at: noon)
    _ = mock.take(.saved, at: noon)
    let deeds = mock.take(.graded(WatchTests.report(.passed), prints: ""), at: noon + 60)
    #expect(deeds.last == .end(.passed))
  }

  @Test("katas of one track do not stand side by side where others can stand between")
  func interleaved() {
    func kata(_ name: String, _ track: Track) -> Kata {
      Kata(name, type: "K", requirement: "P", title: "t", track: track, minutes: 10)
    }
    let katas =
      (1...3).map { kata("o\($0)", .optimizer) } + [kata("l1", .layers), kata("n1", .neuron)]
    #expect(Mock.interleaved(katas).map(\.name) == ["o1", "l1", "o2", "n1", "o3"])
    let alone = (1...4).map { kata("o\($0)", .optimizer) } + [kata("n1", .neuron)]
    #expect(Mock.interleaved(alone).map(\.name) == ["o1", "n1", "o2", "o3", "o4"])
    let all = Catalogue.curriculum.katas
    for seed in 0..<40 as Range<UInt64> {
      let asked = Mock.choice(of: all, minutes: 45, seed: seed) { _ in .new }
      #expect(asked.map(\.minutes).reduce(0, +) > 35)
      let counts = Dictionary(grouping: asked, by: \.track).mapValues(\.count)
      #expect(Set(asked.map(\.name)).count == asked.count)
      let most = counts.values.max() ?? 0
      let neighbors = zip(asked, asked.dropFirst()).count { $0.track == $1.track }
      #expect(neighbors == max(0, 2 * most - 1 - asked.count), "\(asked.map(\.name))")
    }
  }

  @Test("when the time is up it is over, and what was not reached is told")
  func timeIsUp() throws {
    var mock = try mock()
    _ = mock.begin(at: noon)
    _ = mock.take(.key(" "), at: noon)
    #expect(!kinds(mock.take(.tick, at: noon + 2700)).contains("mock-finished"))
    let deeds = mock.take(.tick, at: noon + 2701)
    #expect(kinds(deeds) == ["drill-finished", "mock-finished"])
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
    for (key, word) in zip("3214", ["Understanding:", "Skill:", "Rationale:", "Communication:"]) {
      #expect(terminal.shows(word), "\(terminal.text)")
      terminal.press("\(key)")
    }
    #expect(terminal.ending() == 0)
    #expect(terminal.screen.contains("\(asked.count) of \(asked.count) passed in"))
    #expect(terminal.isInShellModes)
    let history = try checkout.run("history")
    #expect(
      history.output.contains(
        #/\n  interview +passed +time +understanding  skill  rationale communication\n.* 3 +2 +1 +4\n/#
      ), "\(history.output)")
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
    #expect(second.shows("q quit"))
    second.press("q")
    #expect(second.ending() == 0)
    #expect(second.screen.contains("\(asked.count) of \(asked.count) passed in"))
    let kinds = journal.read().events.map(\.event)
    #expect(kinds.count { $0 == "mock-started" } == 1)
    #expect(kinds.count { $0 == "drill-started" } == asked.count)
    #expect(try checkout.run("mock", "--resume").code == .notPassed)
  }
}

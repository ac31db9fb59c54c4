import BackwardAnswers
import Foundation
import Grading
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("Watching: what happens, and what the screen shows")
struct WatchTests {
  static let kata = BackpropSuite.kata
  static let other = Kata(
    "adam", type: "Adam", requirement: "AdamKata", title: "the Adam optimizer", track: .optimizer,
    minutes: 10)
  let noon = Date(timeIntervalSince1970: 1_800_000_000)

  static func board(columns: Int?, rows: Int = 24) throws -> Board {
    Board(
      kata, path: "katas/backprop/Backprop.swift", style: Style(isColored: false, width: 80),
      window: columns.map { WindowSize(columns: $0, rows: rows) },
      timeZone: try #require(TimeZone(secondsFromGMT: 0)))
  }

  static func report(_ verdict: Verdict, message: String? = nil) -> Report {
    let shapes = CheckResult(
      name: "shapes", status: .passed, message: "dW₂ 3×2 · db₂ 1×2 · dW₁ 4×3 · db₁ 1×3")
    let layer = CheckResult(
      name: "hidden layer", status: .failed, message: "dW₁[0][1] is 0.4120, expected 0.0824")
    return Report(
      kata: "backprop", verdict: verdict, seed: 42, seconds: 0.0213,
      checks: verdict == .passed ? [shapes] : verdict == .failed ? [shapes, layer] : [],
      mistakes: verdict == .failed
        ? [
          NamedMistake(
            id: "no-batch-mean", sentence: "You summed over the batch instead of averaging it.")
        ] : [],
      message: message)
  }

  func watch(columns: Int? = 80, rows: Int = 24) throws -> Watch {
    Watch(
      board: try Self.board(columns: columns, rows: rows),
      katas: [
        (Self.kata, "katas/backprop/Backprop.swift"), (Self.other, "katas/adam/Adam.swift"),
      ], passed: [], hints: [:])
  }

  func text(_ watch: Watch) throws -> String {
    try #require(watch.screen(at: noon)).lines.joined(separator: "\n")
  }

  @Test("a verdict, and the status at its foot, at 80 columns")
  func eighty() throws {
    var watch = try watch()
    #expect(watch.begin(at: noon) == [.grade])
    _ = watch.take(.graded(Self.report(.failed), prints: ""), at: noon)
    let shown = try text(watch)
    #expect(
      shown == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✗ hidden layer        dW₁[0][1] is 0.4120, expected 0.0824
                                1 passes (a: all)

          You summed over the batch instead of averaging it.

        Backprop.swift · graded 08:00:00
        h hint  s statement  a all  r reset  n next  q quit
        """)
  }

  @Test("the same at 40 columns")
  func forty() throws {
    var watch = try watch()
    _ = watch.begin(at: noon)
    _ = watch.take(.graded(Self.report(.failed), prints: ""), at: noon)
    _ = watch.take(.resized(WindowSize(columns: 40, rows: 24)), at: noon)
    let shown = try text(watch)
    #expect(
      shown == """
        backprop · gradients of an n-layer ReLU
          network
        seed 42

          ✗ hidden layer
            dW₁[0][1] is 0.4120, expected 0.0824
            1 passes (a: all)

          You summed over the batch instead of
          averaging it.

        Backprop.swift · graded 08:00:00
        h hint  s statement  a all  r reset
        n next  q quit
        """)
  }

  @Test("while a verdict is computed the last one stays, and the status says so")
  func regrading() throws {
    var watch = try watch()
    _ = watch.begin(at: noon)
    _ = watch.take(.graded(Self.report(.failed), prints: ""), at: noon)
    #expect(watch.take(.saved, at: noon) == [.grade])
    #expect(try text(watch).contains("You summed over the batch"))
    #expect(try text(watch).contains("Backprop.swift · grading… · h hint"))
    let deeds = watch.take(.graded(Self.report(.passed), prints: ""), at: noon)
    #expect(deeds.contains(.remember(.graded(Self.report(.passed), at: noon))))
    #expect(try text(watch).contains("Passed. All 1 checks"))
    #expect(try text(watch).contains("Next:    swift run grade show adam"))
  }

  @Test("a file that stays away is said to; when it is back, grading goes on")
  func disappearance() throws {
    var watch = try watch()
    _ = watch.begin(at: noon)
    _ = watch.take(.graded(Self.report(.failed), prints: ""), at: noon)
    #expect(
      watch.take(.disappeared, at: noon)
        == [.tell("katas/backprop/Backprop.swift is gone; waiting for it")])
    #expect(try text(watch).contains("\nBackprop.swift is gone; waiting for it\nh hint"))
    #expect(watch.take(.saved, at: noon) == [.grade])
    #expect(try !text(watch).contains("gone"))
  }

  @Test("r asks first; only y lays a stub, and what was there is told")
  func reset() throws {
    var watch = try watch()
    _ = watch.take(.key("r"), at: noon)
    #expect(try text(watch).hasSuffix("Reset to a blank stub? Your attempt is kept. y/n"))
    #expect(watch.take(.key("x"), at: noon) == [])
    #expect(watch.take(.key("n"), at: noon) == [])
    #expect(try !text(watch).contains("y/n"))
    _ = watch.take(.key("r"), at: noon)
    #expect(watch.take(.key("y"), at: noon) == [.layFreshStub])
    let deeds = watch.take(.laid(kept: ".katas/attempts/x.swift"), at: noon)
    #expect(deeds.contains(.remember(Event(Event.Kind.reset, kata: "backprop", at: noon))))
    #expect(
      try text(watch).contains(
        "Reset to a blank stub; your attempt is kept as .katas/attempts/x.swift"))
  }

  @Test("hints come one after the other, are remembered, and are put away by a key")
  func hints() throws {
    var watch = try watch()
    #expect(watch.take(.key("h"), at: noon) == [.readHint(level: 1)])
    let deeds = watch.take(.hint(level: 1, text: "Hint 1 of 3. The idea\n"), at: noon)
    #expect(deeds.contains(.remember(.hint(1, of: Self.kata, at: noon))))
    #expect(try text(watch).hasPrefix("Hint 1 of 3. The idea\n"))
    #expect(watch.take(.key("q"), at: noon) == [])
    #expect(try !text(watch).contains("Hint 1"))
    #expect(watch.take(.key("h"), at: noon) == [.readHint(level: 2)])
  }

  @Test("a statement longer than the window is read page by page")
  func pages() throws {
    var watch = try watch(rows: 10)
    #expect(watch.take(.key("s"), at: noon) == [.readStatement])
    let text = (1...20).map { "line \($0)\n" }.joined()
    _ = watch.take(.statement(text), at: noon)
    #expect(try self.text(watch).hasPrefix("line 1\n"))
    #expect(try self.text(watch).hasSuffix("line 8\n\nspace: more · any other key: back"))
    _ = watch.take(.key(" "), at: noon)
    #expect(try self.text(watch).hasPrefix("line 9\n"))
    _ = watch.take(.key(" "), at: noon)
    #expect(try self.text(watch).hasPrefix("line 17\n"))
    _ = watch.take(.key(" "), at: noon)
    #expect(try !self.text(watch).contains("line"))
  }

  @Test("n goes to the next kata that is not passed; after the last it says so")
  func next() throws {
    var watch = try watch()
    #expect(watch.take(.key("n"), at: noon) == [.open(Self.other), .grade])
    #expect(watch.board.kata == Self.other)
    watch.passed = ["backprop"]
    #expect(watch.take(.key("n"), at: noon) == [.tell("No other kata is left to pass.")])
    #expect(try text(watch).contains("No other kata is left to pass."))
  }

  @Test("quitting tells whether the last verdict was a pass")
  func quitting() throws {
    var watch = try watch()
    #expect(watch.take(.key("q"), at: noon) == [.end(.notPassed)])
    _ = watch.take(.graded(Self.report(.passed), prints: ""), at: noon)
    #expect(watch.take(.closed, at: noon) == [.end(.passed)])
  }

  @Test("nothing is wider than the window or longer, whatever the attempt prints")
  func bounds() throws {
    for (columns, rows) in [(40, 8), (40, 24), (63, 12), (80, 5), (200, 24)] {
      var watch = try watch(columns: columns, rows: rows)
      let report = Self.report(
        .doesNotCompile, message: String(repeating: "x\ty", count: 90) + "\n" + "error\n")
      let prints = String(repeating: "long ", count: 99) + "\u{1B}[2J\u{7}\n"
      _ = watch.take(.graded(report, prints: prints), at: noon)
      let screen = try #require(watch.screen(at: noon))
      #expect(screen.lines.count <= rows)
      #expect(screen.lines.allSatisfy { $0.count <= columns })
      #expect(!screen.lines.joined().contains { $0 == "\u{1B}" || $0 == "\t" })
    }
  }

  @Test("where nothing is drawn, every verdict is told and there is no screen")
  func lines() throws {
    var watch = try watch(columns: nil)
    #expect(watch.begin(at: noon) == [.grade])
    #expect(watch.screen(at: noon) == nil)
    let deeds = watch.take(.graded(Self.report(.failed), prints: ""), at: noon)
    guard case .tell(let text) = deeds.first else {
      Issue.record("nothing is told: \(deeds)")
      return
    }
    #expect(text.hasPrefix("backprop · gradients") && text.contains("You summed over the batch"))
  }
}

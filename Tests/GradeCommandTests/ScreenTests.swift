import BackwardAnswers
import Foundation
import Grading
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("What the screen shows, at 80 columns")
struct ScreenTests {
  private let kata = BackpropSuite.kata

  private func screen(
    _ verdict: Verdict, _ checks: [CheckResult] = [], mistakes: [NamedMistake] = [],
    message: String? = nil, isColored: Bool = false, width: Int = 80,
    extent: CheckList.Extent = .first(more: "--all")
  ) -> String {
    let report = Report(
      kata: "backprop", verdict: verdict, seed: 42, seconds: 0.0213, checks: checks,
      mistakes: mistakes, message: message)
    return ReportText(
      report: report, kata: kata, style: Style(isColored: isColored, width: width),
      path: "katas/backprop/Backprop.swift", next: "he-init", extent: extent
    ).text
  }

  private let shapes = CheckResult(
    name: "shapes", status: .passed, message: "dW₂ 3×2 · db₂ 1×2 · dW₁ 4×3 · db₁ 1×3")

  @Test("a pass")
  func passed() {
    #expect(
      screen(.passed, [shapes]) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          Passed. All 1 checks, 21 ms.

          Compare: swift run grade solution backprop
          Next:    swift run grade show he-init

        """)
  }

  @Test("a mistake that is named, with its evidence")
  func named() {
    let failed = CheckResult(
      name: "hidden layer", status: .failed, message: "dW₁[0][1] is 0.4120, expected 0.0824",
      pattern: "Every entry of dW₁ is 5 times what it should be, and the batch has 5 rows.")
    let mistake = NamedMistake(
      id: "no-batch-mean", sentence: "You summed over the batch instead of averaging it.")
    #expect(
      screen(.failed, [shapes, failed], mistakes: [mistake]) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✗ hidden layer        dW₁[0][1] is 0.4120, expected 0.0824
                                1 passes (--all)

          You summed over the batch instead of averaging it.
          Every entry of dW₁ is 5 times what it should be, and the batch has 5 rows.

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
  }

  @Test("a mistake that is not known, without a guess")
  func unnamed() {
    let failed = CheckResult(
      name: "hidden layer", status: .failed, message: "dW₁[0][1] is 0.4120, expected 0.0824")
    #expect(
      screen(.failed, [shapes, failed]) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✗ hidden layer        dW₁[0][1] is 0.4120, expected 0.0824
                                1 passes (--all)

          No known mistake gives these numbers.

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
  }

  @Test("all checks, for who asks for them")
  func all() {
    let layers = ["hidden layer", "four layers", "square layers", "dead unit"].map {
      CheckResult(name: $0, status: .failed, message: "dW₁[0][1] is 0.4120, expected 0.0824")
    }
    #expect(
      screen(.failed, [shapes] + layers, extent: .all) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✓ shapes              dW₂ 3×2 · db₂ 1×2 · dW₁ 4×3 · db₁ 1×3
          ✗ hidden layer        dW₁[0][1] is 0.4120, expected 0.0824
          ✗ four layers         the same
          ✗ square layers       the same
          ✗ dead unit           the same

          No known mistake gives these numbers. They first go wrong here: dW₁[0][1] is
          0.4120, expected 0.0824.

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
    #expect(screen(.failed, [shapes] + layers).contains("3 more fail, 1 passes (--all)"))
  }

  @Test("the check that is shown is the first that fails, and where answers differ that one")
  func leading() {
    func check(_ name: String, _ status: CheckResult.Status) -> CheckResult {
      CheckResult(name: name, status: status)
    }
    let failing = [check("a", .passed), check("b", .skipped), check("c", .crashed)]
    #expect(failing.leading?.name == "c")
    #expect(failing.prefix(2).map(\.self).leading?.name == "b")
    #expect([check("a", .passed)].leading == nil)
    let unsteady = check(CheckResult.repetition, .failed)
    #expect((failing + [unsteady]).leading == unsteady)
  }

  @Test("two explanations that fit equally well")
  func alternatives() {
    let failed = CheckResult(name: "hidden layer", status: .failed, message: "dW₁ is zero")
    let mistakes = [
      NamedMistake(id: "a", sentence: "You did one thing.", alternative: 1),
      NamedMistake(id: "b", sentence: "You did another.", alternative: 2),
    ]
    #expect(
      screen(.failed, [failed], mistakes: mistakes) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✗ hidden layer        dW₁ is zero

          Two explanations give exactly these numbers. Either
            You did one thing.
          or
            You did another.

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
  }

  @Test("a trap, told once however many checks it ends")
  func crashed() {
    let checks = ["shapes", "output layer", "hidden layer"].map {
      CheckResult(
        name: $0, status: .crashed, message: "Index out of range",
        file: "katas/backprop/Backprop.swift", line: 31)
    }
    #expect(
      screen(.crashed, checks) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✗ shapes              Index out of range (line 31)
                                2 more fail (--all)

          It stops instead of returning an answer (line 31).

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
  }

  @Test("an endless loop")
  func timedOut() {
    let checks = [
      CheckResult(
        name: "shapes", status: .timedOut, message: "still running in Backprop.delta(_:)",
        file: "katas/backprop/Backprop.swift", line: 8),
      CheckResult(name: "output layer", status: .skipped, message: "after 2 time-outs"),
    ]
    #expect(
      screen(.timedOut, checks) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          ✗ shapes              out of time: still running in Backprop.delta(_:) (line
                                8)
                                1 not asked (--all)

          It does not come to an end (line 8). Look at the loop or the wait there.

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
  }

  @Test("an untouched stub")
  func notAttempted() {
    let checks = [
      CheckResult(
        name: "shapes", status: .skipped,
        message: "gradients(of:inputs:targets:) is not written yet")
    ]
    #expect(
      screen(.notAttempted, checks) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

          Not attempted: gradients(of:inputs:targets:) is not written yet.

          Read:    swift run grade show backprop
          Write:   katas/backprop/Backprop.swift
          Grade:   swift run grade backprop

        """)
  }

  @Test("a compile error is the compiler's, whole")
  func doesNotCompile() {
    let words = "katas/backprop/Backprop.swift:5:8: error: cannot find 'x' in scope\n5 | x\n"
    #expect(
      screen(.doesNotCompile, message: words) == """
        backprop · gradients of an n-layer ReLU network                          seed 42

        katas/backprop/Backprop.swift:5:8: error: cannot find 'x' in scope
        5 | x

          It does not compile yet.

          katas/backprop/Backprop.swift   ·   swift run grade hint backprop

        """)
  }

  @Test("a tip that errors have pushed off the screen is said again below them")
  func farTip() {
    let tip = "a.swift:1:1: error: no\n1 | a @ b\n\n  tip: write a.matmul(b)\n"
    let errors = (1...12).map { "a.swift:\($0):1: error: no\n" }.joined()
    #expect(
      screen(.doesNotCompile, message: tip + errors).contains(
        "  It does not compile yet. First, write a.matmul(b).\n"))
    #expect(
      screen(.doesNotCompile, message: tip + "a.swift:2:1: error: no\n").contains(
        "  It does not compile yet.\n"))
  }

  @Test("color changes how it looks and nothing that it says", arguments: [40, 80, 100])
  func color(width: Int) {
    let failed = CheckResult(name: "hidden layer", status: .failed, message: "dW₁ is zero")
    let plain = screen(.failed, [shapes, failed], width: width)
    let colored = screen(.failed, [shapes, failed], isColored: true, width: width)
    #expect(!plain.contains("\u{1B}"))
    #expect(colored.contains("\u{1B}[31m✗\u{1B}[0m"))
    #expect(colored.replacing(#/\u{1B}\[[0-9]+m/#, with: "") == plain)
    if width >= 80 { #expect(plain.split(separator: "\n").allSatisfy { $0.count <= width }) }
  }

  @Test(
    "color follows the terminal, NO_COLOR, TERM and the option",
    arguments: [
      (ColorChoice.auto, true, [:], true), (.auto, false, [:], false),
      (.auto, true, ["NO_COLOR": "1"], false), (.auto, true, ["NO_COLOR": ""], true),
      (.auto, true, ["TERM": "dumb"], false), (.always, false, ["NO_COLOR": "1"], true),
      (.never, true, [:], false),
    ] as [(ColorChoice, Bool, [String: String], Bool)])
  func colorChoice(
    choice: ColorChoice, isTerminal: Bool, environment: [String: String], isColored: Bool
  ) {
    let surroundings = Surroundings(
      directory: "/", executable: .init(filePath: "/grade"), environment: environment,
      isTerminal: isTerminal, width: 80, now: { .init(timeIntervalSince1970: 0) },
      newSeed: { 0 }, write: { _ in }, note: { _ in })
    #expect(surroundings.style(choice).isColored == isColored)
  }
}

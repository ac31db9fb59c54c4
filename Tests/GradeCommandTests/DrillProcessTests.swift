import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing
import Workshop

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The real binary at a terminal.
@Suite("grade drill, at a terminal and without one", .serialized)
struct DrillProcessTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata
  let solution: String
  let wrong: String

  init() throws {
    checkout = try Checkout()
    solution = try checkout.solution(kata)
    wrong = solution.replacing(" / Double(inputs.rows)", with: "")
  }

  private var events: [Event] { Journal(file: checkout.project.journal).read().events }

  @Test("from a blank stub to green")
  func toGreen() throws {
    try checkout.write("// my afternoon", for: kata)
    let terminal = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(terminal.shows("the clock starts at your first key or save"), "\(terminal.text)")
    #expect(terminal.screen.contains("Kept:    .katas/attempts/backprop/"))
    terminal.press(" ")
    #expect(terminal.shows("0:00 of 20:00"))
    #expect(terminal.shows("0:01 of 20:00"))
    try checkout.write(wrong, for: kata)
    #expect(terminal.shows("You summed over the batch"))
    try checkout.write(solution, for: kata)
    #expect(terminal.shows("Runs:     2 until green"), "\(terminal.text)")
    #expect(terminal.screen.contains("of 20:00, in time"))
    #expect(terminal.ending() == 0)
    #expect(terminal.isInShellModes)
    #expect(
      events.map(\.event) == [
        "drill-started", "clock-started", "graded", "graded", "drill-finished",
      ])
    #expect(Set(events.map(\.drill)).count == 1 && events[0].drill?.hasSuffix("-backprop") == true)
    let finished = try #require(events.last)
    #expect(finished.outcome == .passed && finished.runs == 2 && finished.hints == 0)
    let seconds = try #require(finished.seconds)
    #expect(seconds >= 1)
    // The next one knows the time to beat.
    let next = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(next.shows("Best:    \(DrillWordingTime.text(seconds))"), "\(next.text)")
  }

  @Test("killed in the middle, and resumed with the same clock and file")
  func killedAndResumed() throws {
    let terminal = try PseudoTerminal(["drill", "backprop", "--minutes", "30"], in: checkout)
    #expect(terminal.shows("the clock starts"))
    try checkout.write(wrong, for: kata)
    #expect(terminal.shows("You summed over the batch"))
    #expect(eventually { events.contains { $0.event == "graded" } })
    terminal.send(SIGKILL)
    #expect(terminal.ending() == -SIGKILL)
    let resumed = try PseudoTerminal(["drill", "--resume"], in: checkout)
    #expect(resumed.shows("You summed over the batch"))
    #expect(resumed.shows("of 30:00"))
    #expect(try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) == wrong)
    try checkout.write(solution, for: kata)
    #expect(resumed.ending() == 0)
    #expect(resumed.screen.contains("2 until green"), "to look at what is there is no run")
    #expect(events.count { $0.event == "clock-started" } == 1)
    #expect(events.count { $0.event == "drill-started" } == 1)
    #expect(events.last?.outcome == .passed && events.last?.runs == 2)
  }

  @Test("two at once: the second is one sentence, and the first goes on")
  func twoAtOnce() throws {
    let first = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(first.shows("the clock starts"))
    let second = try GradeProcess(["drill", "backprop"], in: checkout).finish()
    #expect(second.status == 1)
    #expect(second.text.hasPrefix("grade: another drill is running"))
    try checkout.write(solution, for: kata)
    #expect(first.ending() == 0)
    #expect(events.count { $0.event == "drill-started" } == 1)
  }

  @Test("a hint is counted; giving up asks, and is no pass")
  func givingUp() throws {
    let terminal = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(terminal.shows("the clock starts"))
    terminal.press("h")
    #expect(terminal.shows("Hint 1 of 3."))
    terminal.press("x")
    #expect(terminal.shows("q give up"))
    terminal.press("q")
    #expect(terminal.shows("Give up?"))
    terminal.press("y")
    #expect(terminal.ending() == 1)
    #expect(terminal.screen.contains("Given up."))
    #expect(terminal.isInShellModes)
    #expect(
      events.map(\.event) == ["drill-started", "clock-started", "hint", "drill-finished"])
    #expect(events.last?.outcome == .gaveUp && events.last?.hints == 1)
  }

  @Test("a new drill over an unfinished one marks that as abandoned, and keeps what was written")
  func abandoned() throws {
    let first = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(first.shows("the clock starts"))
    try checkout.write(wrong, for: kata)
    #expect(first.shows("You summed"))
    first.press("\u{03}")
    #expect(first.ending() == -SIGINT)
    #expect(first.isInShellModes)
    let second = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(second.shows("Resume it?"), "\(second.text)")
    second.press("n")
    #expect(second.shows("the clock starts"))
    #expect(events.count { $0.event == "drill-finished" && $0.outcome == .abandoned } == 1)
    let archive = checkout.project.archive(kata)
    #expect(try FileManager.default.contentsOfDirectory(atPath: archive.path).count == 1)
  }

  @Test("what is unfinished is said at its end and in the overview, and asked about before another")
  func unfinished() throws {
    let first = try PseudoTerminal(["drill", "backprop"], in: checkout, rows: 24)
    #expect(first.shows("the clock starts"))
    first.press(" ")
    #expect(first.shows("0:00 of 20:00"))
    first.press("\u{03}")
    #expect(first.ending() == -SIGINT)
    #expect(first.text.contains("\nUnfinished: backprop, 0:0"), "\(first.text)")
    #expect(first.text.contains(" of 20:00 → swift run grade drill --resume\n"))
    let now = Date()
    let overview = try checkout.run { $0.now = { now } }.output
    #expect(overview.hasPrefix("  Unfinished   backprop, 0:"), "\(overview)")
    let before = events
    let neither = try PseudoTerminal(["drill", "adam"], in: checkout, rows: 24)
    #expect(neither.shows("Resume it?"))
    neither.press("q")
    #expect(neither.ending() == 1)
    #expect(events == before)
    let resumed = try PseudoTerminal(["drill", "adam"], in: checkout, rows: 24)
    #expect(resumed.shows("Resume it?"))
    resumed.press("y")
    #expect(resumed.shows("of 20:00 · Backprop.swift"), "\(resumed.text)")
    try checkout.write(solution, for: kata)
    #expect(resumed.ending() == 0)
    #expect(events.last?.outcome == .passed)
  }

  @Test("ended before the clock starts, it says how to get back what the stub replaced")
  func notStarted() throws {
    try checkout.write(wrong, for: kata)
    let terminal = try PseudoTerminal(["drill", "backprop"], in: checkout, rows: 24)
    #expect(terminal.shows("the clock starts"))
    terminal.press("\u{03}")
    #expect(terminal.ending() == -SIGINT)
    #expect(
      terminal.text.hasSuffix(
        "\nThe clock had not started. Your attempt before: swift run grade restore backprop\n"),
      "\(terminal.text)")
    _ = try checkout.run("restore", "backprop")
    #expect(try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) == wrong)
  }

  @Test("one that Ctrl-S holds ends when it is asked to, and the terminal is as it was")
  func held() throws {
    let terminal = try PseudoTerminal(["drill", "backprop"], in: checkout, rows: 24)
    #expect(terminal.shows("the clock starts"))
    terminal.press(" ")
    #expect(terminal.shows("0:00 of 20:00"))
    terminal.press("\u{13}")
    // By then it has a second of its clock to draw, and cannot.
    let later = Date() + 2
    #expect(eventually { Date() > later })
    terminal.send(SIGTERM)
    #expect(terminal.ending() == -SIGTERM)
    #expect(terminal.isInShellModes)
  }

  @Test("where nobody can answer, what was unfinished is over, and that is said")
  func unfinishedWithoutKeys() throws {
    let first = try PseudoTerminal(["drill", "backprop"], in: checkout, rows: 24)
    #expect(first.shows("the clock starts"))
    first.press(" ")
    #expect(first.shows("0:00 of 20:00"))
    first.press("\u{03}")
    #expect(first.ending() == -SIGINT)
    let second = try GradeProcess(["drill", "relu-derivative"], in: checkout)
    #expect(eventually { events.contains { $0.outcome == .abandoned && $0.kata == "backprop" } })
    second.send(SIGTERM)
    #expect(try second.finish().text.contains("grade: unfinished until now: backprop, 0:0"))
  }

  @Test("a file deleted in the middle breaks nothing")
  func deleted() throws {
    let terminal = try PseudoTerminal(["drill", "backprop"], in: checkout)
    #expect(terminal.shows("the clock starts"))
    try FileManager.default.removeItem(at: checkout.project.attempt(kata))
    #expect(terminal.shows("is gone; waiting for it"))
    try checkout.write(solution, for: kata)
    #expect(terminal.ending() == 0)
  }

  @Test("without a terminal the clock starts at the first save, and lines tell the rest")
  func noTerminal() throws {
    let grade = try GradeProcess(["drill", "backprop"], in: checkout)
    #expect(eventually { !events.isEmpty })
    try checkout.write(wrong, for: kata)
    #expect(eventually { events.contains { $0.event == "graded" } })
    try checkout.write(solution, for: kata)
    let end = try grade.finish()
    #expect(end.status == 0, "\(end.text)")
    for words in [
      "Target:  20 minutes", "The clock runs.", "You summed over the batch", "2 until green",
    ] {
      #expect(end.text.contains(words), "\(end.text)")
    }
    #expect(!end.text.contains("\u{1B}"))
  }

  @Test("an editor has the terminal; what it saves is graded, and the result waits for its end")
  func editor() throws {
    // An editor that copies the solution over the file when a line is typed.
    let script = checkout.root.appending(path: "editor")
    try """
    #!/bin/sh
    echo "editing $1"
    read -r line
    cp '\(checkout.project.solution(kata).path)' "$1"
    read -r line
    """.write(to: script, atomically: true, encoding: .utf8)
    chmod(script.path, 0o755)
    let terminal = try PseudoTerminal(
      ["drill", "backprop", "--edit"], in: checkout,
      environment: ["VISUAL": "", "EDITOR": "'\(script.path)'"])
    #expect(terminal.shows("editing \(checkout.project.attempt(kata).path)"), "\(terminal.text)")
    #expect(terminal.isInShellModes)
    terminal.press("go\n")
    #expect(eventually { events.last?.event == "drill-finished" })
    #expect(!terminal.text.contains("until green"))
    terminal.press("close\n")
    #expect(terminal.ending() == 0)
    #expect(terminal.screen.contains("1 until green"), "\(terminal.text)")
  }

  @Test("e opens the editor again, with the clock where it is")
  func editorAgain() throws {
    let script = checkout.root.appending(path: "editor")
    let mark = checkout.root.appending(path: "opened")
    try """
    #!/bin/sh
    if [ -e '\(mark.path)' ]; then cp '\(checkout.project.solution(kata).path)' "$1"; fi
    touch '\(mark.path)'
    """.write(to: script, atomically: true, encoding: .utf8)
    chmod(script.path, 0o755)
    let terminal = try PseudoTerminal(
      ["drill", "backprop", "--edit"], in: checkout, rows: 24,
      environment: ["VISUAL": "", "EDITOR": "'\(script.path)'"])
    #expect(terminal.shows("e edit"), "\(terminal.text)")
    #expect(terminal.screen.contains(" of 20:00"))
    terminal.press("e")
    #expect(terminal.ending() == 0, "\(terminal.text)")
    #expect(terminal.screen.contains("1 until green"))
  }
}

/// The time on a clock, as the result writes it.
private enum DrillWordingTime {
  static func text(_ seconds: Double) -> String {
    let rest = Int(seconds) % 60
    return "\(Int(seconds) / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}

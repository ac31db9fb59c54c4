import BackwardAnswers
import Foundation
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
@Suite("grade watch, at a terminal and without one", .serialized)
struct WatchProcessTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata
  let solution: String
  let wrong: String

  init() throws {
    checkout = try Checkout()
    solution = try checkout.solution(kata)
    wrong = solution.replacing(" / Double(inputs.rows)", with: "")
  }

  @Test("a wrong save, a right one, and q: both verdicts, and the terminal as it was")
  func wrongThenRight() throws {
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminal.shows("Not attempted"), "\(terminal.text)")
    #expect(terminal.shows("q quit"))
    #expect(!terminal.isInShellModes)
    try checkout.write(wrong, for: kata)
    #expect(terminal.shows("You summed over the batch"), "\(terminal.text)")
    try checkout.write(solution, for: kata)
    #expect(terminal.shows("Passed."), "\(terminal.text)")
    terminal.press("q")
    #expect(terminal.ending() == 0)
    #expect(terminal.isInShellModes)
    #expect(
      Journal(file: checkout.project.journal).read().events.map(\.verdict)
        == [.notAttempted, .failed, .passed])
  }

  @Test("Ctrl-C and SIGTERM end it as signals do, and the terminal is as it was")
  func interruption() throws {
    let interrupted = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(interrupted.shows("q quit"))
    interrupted.press("\u{03}")
    #expect(interrupted.ending() == -SIGINT)
    #expect(interrupted.isInShellModes)
    let terminated = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminated.shows("q quit"))
    terminated.send(SIGTERM)
    #expect(terminated.ending() == -SIGTERM)
    #expect(terminated.isInShellModes)
  }

  @Test("Ctrl-C while an attempt does not come to an end")
  func interruptedGrading() throws {
    try checkout.write(
      solution.replacing("// solution:begin", with: "while layers.count > 0 {}"), for: kata)
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(try eventually { try !rooms(of: terminal.identifier).isEmpty })
    #expect(terminal.shows("grading…"))
    let room = try rooms(of: terminal.identifier).first
    terminal.press("\u{03}")
    #expect(terminal.ending() == -SIGINT)
    #expect(terminal.isInShellModes)
    if let room { #expect(eventually { kill(room, 0) != 0 }) }
  }

  @Test("a window made narrow is drawn anew at its width")
  func resize() throws {
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminal.shows("graded"))
    #expect(terminal.screen.contains { $0 == "\n" })
    terminal.resize(columns: 40)
    #expect(
      eventually {
        let lines = terminal.screen.split(separator: "\n")
        return lines.contains { $0 == "seed 42" || $0.hasPrefix("seed ") }
          && lines.allSatisfy { $0.count <= 40 } && terminal.screen.contains("q quit")
      }, "\(terminal.screen)")
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test("a terminal that cannot move its cursor gets line after line")
  func dumb() throws {
    let terminal = try PseudoTerminal(
      ["watch", "backprop"], in: checkout, environment: ["TERM": "dumb"])
    #expect(terminal.shows("Not attempted"))
    try checkout.write(solution, for: kata)
    #expect(terminal.shows("Passed."))
    #expect(!terminal.text.contains("\u{1B}"))
    terminal.press("q")
    #expect(terminal.ending() == 0)
    #expect(terminal.isInShellModes)
  }

  @Test("without a terminal it prints reports until it is ended")
  func noTerminal() throws {
    let grade = try GradeProcess(["watch", "backprop"], in: checkout)
    let journal = Journal(file: checkout.project.journal)
    #expect(eventually { journal.read().events.count == 1 })
    try checkout.write(wrong, for: kata)
    #expect(eventually { journal.read().events.count == 2 })
    try checkout.write(solution, for: kata)
    #expect(eventually { journal.read().events.count == 3 })
    grade.send(SIGTERM)
    let end = try grade.finish()
    #expect(end.isSignal && end.status == SIGTERM)
    #expect(end.text.contains("You summed over the batch"))
    #expect(end.text.contains("Passed."))
    #expect(!end.text.contains("\u{1B}"))
  }

  @Test("the keys: a hint, the statement, a reset that keeps the attempt")
  func keys() throws {
    try checkout.write(wrong, for: kata)
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminal.shows("graded"))
    terminal.press("h")
    #expect(terminal.shows("Hint 1 of 3. The idea"))
    terminal.press("x")
    #expect(terminal.shows("q quit"))
    terminal.press("s")
    #expect(terminal.shows("key: back"))
    terminal.press("x")
    #expect(terminal.shows("q quit"))
    terminal.press("r")
    #expect(terminal.shows("y/n"))
    terminal.press("y")
    #expect(terminal.shows("Not attempted"))
    let archive = checkout.project.archive(kata)
    let kept = try FileManager.default.contentsOfDirectory(atPath: archive.path)
    #expect(kept.count == 1)
    #expect(
      try String(contentsOf: archive.appending(path: #require(kept.first)), encoding: .utf8)
        == wrong)
    let events = Journal(file: checkout.project.journal).read().events.map(\.event)
    #expect(events == ["graded", "hint", "reset", "graded"])
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test("a file deleted and put back")
  func deleted() throws {
    try checkout.write(solution, for: kata)
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminal.shows("Passed."))
    try FileManager.default.removeItem(at: checkout.project.attempt(kata))
    #expect(terminal.shows("is gone; waiting for it"))
    try checkout.write(wrong, for: kata)
    #expect(terminal.shows("You summed over the batch"))
    terminal.press("q")
    #expect(terminal.ending() == 1)
  }

  @Test("stopped and continued, it takes the terminal's modes again and draws anew")
  func continued() throws {
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminal.shows("q quit"), "\(terminal.text)")
    terminal.send(SIGSTOP)
    terminal.restoreShellModes()
    let drawn = terminal.text.count
    terminal.send(SIGCONT)
    #expect(eventually { terminal.text.count > drawn && !terminal.isInShellModes })
    terminal.press("q")
    #expect(terminal.ending() == 1)
    #expect(terminal.isInShellModes)
  }

  @Test("Ctrl-Z without a shell that could continue it does not stop it")
  func noShell() throws {
    let terminal = try PseudoTerminal(["watch", "backprop"], in: checkout)
    #expect(terminal.shows("q quit"), "\(terminal.text)")
    terminal.press("\u{1A}")
    terminal.press("q")
    #expect(terminal.ending() == 1)
    #expect(terminal.isInShellModes)
  }
}

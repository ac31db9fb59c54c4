import AnswerKey
import BackwardAnswers
import Foundation
import Grading
import TestSupport
import Testing

@testable import GradeCommand
@testable import Practice
@testable import Workshop

@Suite("A debug drill at a terminal: whose program lies on the desk", .serialized)
struct DebugProcessTests {
  let kata = BackpropSuite.kata
  let checkout: Checkout

  init() throws { checkout = try Checkout() }

  private var events: [Event] { Journal(file: checkout.project.journal).read().events }
  private var attempt: String { get throws { try checkout.project.attempt(kata).pageText() } }

  /// A debug drill that is left without an end.
  private func leave(_ arguments: String...) throws {
    let terminal = try PseudoTerminal(arguments, in: checkout)
    #expect(terminal.shows("Find "), "\(terminal.text)")
    terminal.press("\u{03}")
    #expect(terminal.ending() == -SIGINT)
  }

  @Test("given up, the attempt is back, and restore knows no other")
  func givenUp() throws {
    try checkout.write("// mine", for: kata)
    let terminal = try PseudoTerminal(["debug", "backprop", "--bugs", "1"], in: checkout)
    #expect(terminal.shows("This program has a bug."), "\(terminal.text)")
    terminal.press("q")
    #expect(terminal.shows("your own attempt comes back"))
    terminal.press("y")
    #expect(terminal.ending() == 1)
    #expect(try attempt == "// mine")
    let kept = try Desk(project: checkout.project).keptAttempts(of: kata)
    #expect(try kept.map { try $0.file.pageText() } == ["// mine"])
  }

  @Test("while it is unfinished, its program is no attempt; restore brings the attempt back")
  func unfinished() throws {
    try checkout.write("// mine", for: kata)
    try leave("debug", "backprop", "--bugs", "1")
    let now = Date()
    let overview = try checkout.run { $0.now = { now } }.output
    #expect(overview.hasPrefix("  Unfinished   bugs in backprop, 0:"), "\(overview)")
    #expect(overview.contains("\nNext: swift run grade debug --resume\n"))
    #expect(!overview.contains("In progress"))
    for command in [["backprop"], ["watch", "backprop"]] {
      let graded = try checkout.run(command)
      #expect(graded.code == .notPassed && graded.output.isEmpty)
      #expect(graded.notes.contains("is the program of a debug drill"), "\(graded.notes)")
    }
    #expect(!events.contains { $0.event == Event.Kind.graded })
    let restored = try checkout.run("restore", "backprop")
    #expect(restored.output == "katas/backprop/Backprop.swift is yours again\n")
    #expect(try attempt == "// mine")
    #expect(events.last?.event == Event.Kind.debugFinished)
    #expect(events.last?.outcome == .abandoned)
    #expect(try checkout.run("debug", "--resume").code == .notPassed)
  }

  @Test("another drill puts it away; what cannot begin leaves it as it is")
  func another() throws {
    try checkout.write("// mine", for: kata)
    try leave("debug", "backprop", "--bugs", "1")
    let program = try attempt
    for command in [
      ["mock", "--debug", "--minutes", "3"], ["drill", "bakprop"], ["debug", "bakprop"],
    ] {
      #expect(try checkout.run(command).code != .passed)
      #expect(try attempt == program)
      #expect(!events.contains { $0.outcome == .abandoned }, "\(command)")
    }
    let terminal = try PseudoTerminal(["drill", "one-hot"], in: checkout)
    #expect(terminal.shows("Resume it?"))
    terminal.press("n")
    #expect(terminal.shows("the clock starts"), "\(terminal.text)")
    #expect(try attempt == "// mine")
  }

  @Test("it goes on with the program as it was left, in which nothing was run meanwhile")
  func goingOn() throws {
    try leave("debug", "backprop", "--bugs", "2", "--seed", "7")
    let program = try attempt + "\n// looked at\n"
    try checkout.write(program, for: kata)
    let terminal = try PseudoTerminal(["debug", "--resume"], in: checkout)
    #expect(terminal.shows("Not yet:"), "\(terminal.text)")
    #expect(try attempt == program)
    try checkout.write(checkout.solution(kata), for: kata)
    #expect(terminal.shows("Runs:    1 until green"), "\(terminal.text)")
    #expect(terminal.ending() == 0)
  }

  @Test("with a seed the bugs and the numbers are the same, from save to save, too")
  func seed() throws {
    func seen(_ terminal: PseudoTerminal) -> String? {
      terminal.screen.firstMatch(of: #/dW.*expected.*/#).map { String($0.output) }
    }
    let command = ["debug", "backprop", "--bugs", "2", "--seed", "7"]
    let first = try PseudoTerminal(command, in: checkout)
    #expect(first.shows("expected"))
    let symptom = try #require(seen(first))
    let introduction = first.screen.lines.prefix(6).joined(separator: "\n")
    try checkout.write(attempt + "\n", for: kata)
    #expect(first.shows("Not yet:"))
    #expect(seen(first) == symptom)
    let readme = try String(
      contentsOf: Checkout.source.appending(path: "README.md"), encoding: .utf8)
    #expect(
      readme.contains("$ swift run grade \(command.joined(separator: " "))\n\(introduction)\n```"),
      "\(introduction)")
    first.press("q")
    first.press("y")
    #expect(first.ending() == 1)
    let second = try PseudoTerminal(command, in: checkout)
    #expect(second.shows("expected"))
    #expect(seen(second) == symptom)
  }

  @Test("what is seen is read before the editor is opened")
  func editor() throws {
    let script = checkout.root.appending(path: "editor")
    try """
    #!/bin/sh
    cp '\(checkout.project.solution(kata).path)' "$1"
    """.write(to: script, atomically: true, encoding: .utf8)
    chmod(script.path, 0o755)
    let terminal = try PseudoTerminal(
      ["debug", "backprop", "--bugs", "1", "--edit"], in: checkout, rows: 24,
      environment: ["VISUAL": "", "EDITOR": "'\(script.path)'"])
    #expect(terminal.shows("e opens the program in your editor."), "\(terminal.text)")
    #expect(terminal.screen.contains("This program has a bug."))
    terminal.press("e")
    #expect(terminal.ending() == 0, "\(terminal.text)")
    #expect(terminal.screen.contains("1 until green"))
  }
}

@Suite("A mock interview with a round of debugging")
struct MockDebugTests {
  @Test("too few minutes for a program with bugs are said to be, and nothing is begun")
  func noRoom() throws {
    let checkout = try Checkout()
    let refused = try checkout.run("mock", "--debug", "--minutes", "3")
    #expect(refused.code == .wrongUsage)
    #expect(refused.notes == "grade: no program with bugs is for 3 minutes or less\n")
    #expect(Journal(file: checkout.project.journal).read().events.isEmpty)
    for kata in Catalogue.curriculum.katas {
      #expect(!Desk(project: checkout.project).hasProgram(kata))
    }
  }

  @Test("its round says what to say out loud, and at its end the attempts are back")
  func round() throws {
    let checkout = try Checkout()
    let terminal = try PseudoTerminal(
      ["mock", "--debug", "--minutes", "6", "--seed", "1"], in: checkout)
    #expect(terminal.shows("Say out loud what you see"), "\(terminal.text)")
    let desk = Desk(project: checkout.project)
    #expect(Catalogue.curriculum.katas.count { desk.hasProgram($0) } == 1)
    terminal.press("q")
    #expect(terminal.shows("Give up these bugs?"))
    terminal.press("y")
    #expect(terminal.shows("1 weak"))
    terminal.press("q")
    #expect(terminal.ending() == 1)
    #expect(!Catalogue.curriculum.katas.contains { desk.hasProgram($0) })
  }
}

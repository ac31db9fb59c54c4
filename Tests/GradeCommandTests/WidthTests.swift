import AnswerKey
import BackwardAnswers
import Foundation
import Grading
import TestSupport
import Testing

@testable import GradeCommand
@testable import Workshop

@Suite("No line that grade says is wider than 80 columns")
struct WidthTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata
  let solution: String

  init() throws {
    checkout = try Checkout()
    solution = try checkout.solution(kata)
  }

  /// Runs a command at a terminal of 80 columns, and holds every line to them.
  private func hold(_ words: String...) throws { try hold(words) }

  private func hold(_ words: [String]) throws {
    let (output, notes, _) = try checkout.run(words) { $0.isNoteTerminal = true }
    #expect(!(output + notes).isEmpty, "\(words)")
    // What is to be pasted is not broken.
    for line in (output + notes).lines where !line.hasPrefix("let ") {
      let last = line.split(separator: "\r").last.map(String.init) ?? ""
      #expect(last.columns <= 80, "\(words.joined(separator: " ")): \(line)")
    }
  }

  @Test("what there is to read of every kata")
  func pages() throws {
    for kata in Catalogue.curriculum.katas {
      for _ in 1...4 { try hold("hint", kata.name) }
      try hold("show", kata.name)
      try hold("reset", kata.name)
      try hold("restore", kata.name, "--list")
      try hold(kata.name)
    }
  }

  @Test("where one stands, the lists and the reference")
  func lists() throws {
    for words in [
      [], ["list"], ["history"], ["recall"], ["api"], ["report"], ["all"],
      ["restore", kata.name], ["history", kata.name], ["solution", kata.name],
    ] + Track.allCases.map({ ["list", $0.rawValue] }) {
      try hold(words)
    }
    for name in ["np.clip", "matmul", "X @ W", "A ** 2", "matmull"] { try hold("api", name) }
    for command in CommandName.allCases { try hold("help", command.rawValue) }
  }

  @Test("every kind of verdict, its first check and all of them")
  func verdicts() throws {
    let attempts = [
      solution, solution.replacing(" / Double(inputs.rows)", with: ""),
      solution.replacing("var delta = ", with: "var delta = 1 + "),
      solution.replacing("var delta = ", with: "let few = [1]; _ = few[few.count]\n var delta = "),
      solution.replacing("delta.sum(axis: 0)", with: "delta.sum(axis: 1)"),
      solution.replacing("inputs.rows", with: "inputs.rowz"), "",
    ]
    for attempt in attempts {
      try checkout.write(attempt, for: kata)
      for more in [[], ["--all"], ["--show"]] { try hold([kata.name] + more) }
    }
    try checkout.write(solution.replacing("let ", with: "lett "), for: kata)
    let (plain, shown) = (try checkout.run(kata.name), try checkout.run(kata.name, "--show"))
    #expect(shown.output == plain.output, "nothing was asked, and the compiler's lines stay")
    try hold("reset", kata.name)
    try hold("reset", kata.name)
    try hold("restore", kata.name)
    try hold("restore", kata.name, "--list")
    try hold("history", kata.name)
  }

  @Test("what was typed and is nothing")
  func wrongUsage() throws {
    for line in [
      "grde", "backprp", "backprop --sed 3", "backprop --seed x", "backprop --format xml", "drill",
      "drill backpop", "drill --resume", "drill --resume softmax", "debug --resume",
      "debug backprop --bugs 9", "mock --minutes 1", "mock --debug --minutes 3", "mock --resume",
      "hint", "show", "restore adam", "restore backprop --at 2031", "hint backprop --level 7",
      "list optimzer", "shell", "shell tcsh", "class", "class nowhere", "export", "export moodle",
      "handout", "history nothing", "recall --kata nothing", "api nothing-of-that", "lldb",
      "lldb nothing", "watch", "solution", "backprop --attempt nowhere.swift",
      "backprop --show nothing",
    ] {
      try hold(line.split(separator: " ").map(String.init))
    }
  }
}

import AnswerKey
import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing
import Workshop

/// What is written and read, and what happens where it cannot be.
extension CommandTests {
  @Test("an attempt elsewhere leaves no trace in the journal")
  func elsewhere() throws {
    let file = checkout.root.appending(path: "mine.swift")
    try solution.write(to: file, atomically: true, encoding: .utf8)
    #expect(try checkout.run("backprop", "--attempt", "mine.swift").code == .passed)
    #expect(Journal(file: checkout.project.journal).read().events.isEmpty)
  }

  @Test("where .katas cannot be written, grading goes on and says what is missing")
  func unwritable() throws {
    // A file in the place of the directory stops even root.
    try Data().write(to: checkout.project.memory)
    try checkout.write(solution, for: kata)
    let run = try checkout.run("backprop")
    #expect(run.code == .passed)
    #expect(run.notes.contains("not in the journal"))
    try checkout.write("precious", for: kata)
    let reset = try checkout.run("reset", "backprop")
    #expect(reset.code == .harnessFailed)
    #expect(try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) == "precious")
  }

  @Test("a journal with torn, empty and binary lines is read around, and left as it is")
  func tornJournal() throws {
    _ = try checkout.run("hint", "backprop")
    let journal = checkout.project.journal
    var damaged = try Data(contentsOf: journal)
    damaged += Data(
      "\n\n{\"schema\":1,\"event\":\"from the future\",\"kata\":\"x\",\"time\":\"2030-01-01T00:00:00Z\",\"new\":1}\n"
        .utf8)
    damaged += Data([0, 255, 10]) + Data("{\"schema\":1,\"ev".utf8)
    try damaged.write(to: journal)
    let run = try checkout.run("hint", "backprop")
    #expect(run.output.hasPrefix("Hint 2 of 3."))
    #expect(run.notes.contains("2 lines of .katas/journal.jsonl cannot be read"))
    let after = try Data(contentsOf: journal)
    #expect(after.starts(with: damaged))
    #expect(
      Journal(file: journal).read().events.map(\.event) == ["hint", "from the future", "hint"])
  }

  @Test(
    "a verdict in one line, as editors read it: where the type is declared, or the compiler's own")
  func editorLine() throws {
    let path = "katas/backprop/Backprop.swift"
    try checkout.write(solution.replacing(" / Double(inputs.rows)", with: ""), for: kata)
    let wrong = try checkout.run("backprop", "--format", "line")
    #expect(wrong.code == .notPassed)
    #expect(
      wrong.output == "\(path):3:1: error: You summed over the batch instead of averaging it.\n")
    try checkout.write(solution + "let x: Int = true\n", for: kata)
    let line = try solution.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(
      try checkout.run("backprop", "--format", "line").output.contains(
        "\(path):\(line):14: error: "))
    try checkout.write(solution, for: kata)
    #expect(
      try checkout.run("backprop", "--format", "line").output.hasPrefix("\(path):3:1: note: Passed")
    )
  }

  @Test("katas/ that cannot be written is no obstacle to grading")
  func readOnly() throws {
    try checkout.write(solution, for: kata)
    let manager = FileManager.default
    let katas = checkout.root.appending(path: "katas")
    // The pages are links to those of the package, whose modes are not to be changed.
    let own = try manager.subpathsOfDirectory(atPath: katas.path)
      .map { katas.appending(path: $0).path }
      .filter {
        try manager.attributesOfItem(atPath: $0)[.type] as? FileAttributeType != .typeSymbolicLink
      }
    func permit(_ mode: Int) throws {
      for path in own {
        try manager.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
      }
    }
    try permit(0o555)
    #expect(try checkout.run("backprop").code == .passed)
    try permit(0o755)
  }
}

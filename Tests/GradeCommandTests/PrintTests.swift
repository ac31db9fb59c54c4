import AnswerKey
import BackwardAnswers
import Exam
import Foundation
import GradeCommand
import Grading
import TestSupport
import Testing
import Workshop

@Suite("What an attempt prints is told by question")
struct PrintTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  /// Prints so many lines at every call, and divides by nothing.
  private func write(lines: Int, ending: String = "") throws {
    try checkout.write(
      checkout.solution(kata).replacing(" / Double(inputs.rows)", with: "").replacing(
        "// solution:begin",
        with:
          "for line in 1...\(lines) { print(\"line \\(line) of \\(inputs.rows) rows\") }\n\(ending)"
      ), for: kata)
  }

  private func file() throws -> String {
    try String(contentsOf: checkout.project.prints(kata), encoding: .utf8)
  }

  @Test("some lines of the first question that failed; the rest is counted and in a file")
  func some() throws {
    try write(lines: 30)
    let notes = try checkout.run("backprop").notes
    let lines = notes.split(separator: "\n").map(String.init)
    #expect(lines.count == 11)
    #expect(lines[0].hasPrefix("Printed in output layer"))
    #expect(lines[1].hasPrefix("  line 1 of ") && lines[8].hasPrefix("  line 8 of "))
    #expect(lines[9] == "  … 22 more lines")
    #expect(lines[10].hasSuffix("other questions printed, too: .katas/prints/backprop.txt"))
    #expect(try file().hasPrefix("== shapes"))
    #expect(try file().split(separator: "== ").allSatisfy { $0.contains("line 30 of ") })
  }

  @Test("of the check that the verdict begins with, where an earlier question failed others")
  func leading() throws {
    let suite = try #require(Catalogue.curriculum.suite(named: "training-loop"))
    try checkout.write(
      checkout.solution(suite.kata).replacing(
        "var losses: [Double] = []", with: "var losses: [Double] = []\n    print(epochs)"
      ).replacing("(p - targets) / Double", with: "(targets - p) / Double"), for: suite.kata)
    let run = try checkout.run("training-loop")
    #expect(run.output.contains("✗ output layer, once"), "\(run.output)")
    #expect(run.notes.hasPrefix("Printed in output layer, once:\n  1\n"), "\(run.notes)")
  }

  @Test("where a call has no end, its last lines")
  func last() throws {
    try write(lines: 30, ending: "fatalError(\"here\")")
    let lines = try checkout.run("backprop").notes.split(separator: "\n").map(String.init)
    #expect(lines[1] == "  … 22 lines above")
    #expect(lines[9].hasPrefix("  line 30 of "))
  }

  @Test("all of it, or none")
  func choice() throws {
    try write(lines: 30)
    #expect(try checkout.run("backprop", "--prints", "all").notes == file())
    #expect(try checkout.run("backprop", "--prints=none").notes == "")
    #expect(
      try checkout.run("backprop", "--prints", "some").notes
        == "grade: 'some' is no value for '--prints'; it takes all, none\n")
  }

  @Test("a file that cannot be written is said to, and the lines are shown all the same")
  func unwritable() throws {
    try write(lines: 30)
    try FileManager.default.createDirectory(
      at: checkout.project.memory, withIntermediateDirectories: true)
    try Data().write(to: checkout.project.memory.appending(path: "prints"))
    let notes = try checkout.run("backprop").notes
    #expect(notes.hasPrefix("grade: cannot write .katas/prints/backprop.txt: "))
    #expect(notes.contains("  line 1 of ") && notes.hasSuffix("other questions printed, too\n"))
  }
}

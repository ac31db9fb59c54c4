import BackwardAnswers
import Foundation
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("A grading that takes longer than a moment")
struct WaitingTests {
  @Test("says so at a terminal, and takes the line back before the verdict")
  func endless() throws {
    let checkout = try Checkout()
    let kata = BackpropSuite.kata
    try checkout.write(
      checkout.solution(kata).replacing(
        "// solution:begin", with: "print(\"here\")\n    while inputs.rows > 0 {}"), for: kata)
    func run(atTerminal: Bool) throws -> (notes: String, output: String) {
      let run = try checkout.run("backprop") {
        $0.isNoteTerminal = atTerminal
        $0.limits.processorSeconds = 1
      }
      return (run.notes, run.output)
    }
    let seen = try run(atTerminal: true)
    let parts = seen.notes.split(separator: "\r", omittingEmptySubsequences: false)
    #expect(parts.dropFirst().first == "grading backprop … 1 s", "\(seen.notes)")
    #expect(parts.dropLast().last?.allSatisfy { $0 == " " } == true)
    #expect(parts.last?.hasPrefix("Printed in ") == true)
    #expect(seen.output.contains("It does not come to an end"))
    #expect(try run(atTerminal: false).notes.hasPrefix("Printed in "))
  }
}

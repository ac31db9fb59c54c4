import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import TestSupport
import Testing
import Workshop

@Suite("The values stay the same until they are answered")
struct SeedTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata
  let solution: String
  let wrong: String

  init() throws {
    checkout = try Checkout()
    solution = try checkout.solution(kata)
    wrong = solution.replacing(" / Double(inputs.rows)", with: "")
  }

  /// A run that would draw this seed.
  private func run(_ words: String..., drawing seed: UInt64) throws -> (
    output: String, notes: String, code: ExitCode
  ) { try checkout.run(words) { $0.newSeed = { seed } } }

  @Test("a wrong attempt is asked the same again, a right one is asked something fresh, too")
  func stays() throws {
    try checkout.write(wrong, for: kata)
    #expect(try run("backprop", drawing: 7).output.contains("seed 7\n"))
    #expect(try run("backprop", drawing: 8).output.contains("seed 7\n"))
    try checkout.write(solution, for: kata)
    let passed = try run("backprop", drawing: 9).output
    #expect(passed.contains("seed 9\n"))
    #expect(passed.contains("checks, with seed 7 and with fresh values, "))
    let next = try run("backprop", drawing: 10).output
    #expect(next.contains("seed 10\n") && !next.contains("fresh values"))
  }

  @Test("what does not compile, or is not written yet, keeps its seed, too")
  func nothingAsked() throws {
    #expect(try run("backprop", drawing: 7).output.contains("seed 7\n"))
    try checkout.write(solution.replacing("let ", with: "lett "), for: kata)
    #expect(try run("backprop", drawing: 8).output.contains("seed 7\n"))
    try checkout.write(wrong, for: kata)
    #expect(try run("backprop", drawing: 9).output.contains("seed 7\n"))
  }

  @Test("a pass that fresh values do not confirm is none, and the screen says so")
  func unconfirmed() throws {
    try checkout.write(wrong, for: kata)
    _ = try run("backprop", drawing: 7)
    // Which values it is asked, an attempt can tell from a file that the test writes in between.
    let mark = checkout.root.appending(path: "second")
    let lucky = solution.replacing("import KataKit\n", with: "import Foundation\nimport KataKit\n")
      .replacing(
        "Double(inputs.rows)",
        with: "(access(\"\(mark.path)\", F_OK) == 0 ? 1 : Double(inputs.rows))")
    try checkout.write(lucky, for: kata)
    var draws = 0
    let (output, _, code) = try checkout.run(["backprop"]) {
      $0.newSeed = {
        draws += 1
        _ = FileManager.default.createFile(atPath: mark.path, contents: nil)
        return 8
      }
    }
    #expect(code == .notPassed && draws == 1)
    let said = """
        It passes with the values of seed 7, which you have seen, and not with fresh
        ones:

        ✗ output layer
      """
    #expect(output.contains(said), "\(output)")
    #expect(output.contains("seed 8\n"))
    let again = try run("backprop", drawing: 9).output
    #expect(again.contains("seed 8\n") && !again.contains("It passes"))
  }

  @Test("--seed overrides, and leaves the one that is kept")
  func overridden() throws {
    try checkout.write(wrong, for: kata)
    _ = try run("backprop", drawing: 7)
    #expect(try run("backprop", "--seed", "3", drawing: 8).output.contains("seed 3\n"))
    try checkout.write(solution, for: kata)
    #expect(try run("backprop", "--seed", "3", drawing: 8).code == .passed)
    try checkout.write(wrong, for: kata)
    #expect(try run("backprop", drawing: 8).output.contains("seed 7\n"))
  }

  @Test("what is kept and is no seed is none")
  func damaged() throws {
    let kept = KeptSeed(of: kata, in: checkout.project)
    #expect(kept.value == nil)
    try kept.keep(12)
    #expect(kept.value == 12)
    let file = checkout.project.memory.appending(path: "seeds/backprop")
    try Data("twelve\n".utf8).write(to: file)
    #expect(kept.value == nil)
    try kept.forget()
    try kept.forget()
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }
}

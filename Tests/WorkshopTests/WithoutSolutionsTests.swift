import Foundation
import GradeCommand
import Grading
import TestSupport
import Testing

@testable import Workshop

@Suite("A checkout without solutions")
struct WithoutSolutionsTests {
  let checkout: Checkout
  let kata: Kata

  init() throws {
    let bench = try Bench()
    (checkout, kata) = (bench.checkout, bench.kata)
  }

  private func takeSolutionsAway() throws {
    try FileManager.default.removeItem(at: checkout.root.appending(path: "solutions"))
  }

  private func git(_ words: String...) throws {
    let names = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"]
    let end = try ChildProcess.run(
      ["/usr/bin/env", "git", "-C", checkout.root.path] + names + words,
      limits: .init(silence: .seconds(60), kept: 1 << 16))
    #expect(end.end == .exited(0), "\(String(decoding: end.standardError, as: UTF8.self))")
  }

  @Test("every command but solution works, and that says what is missing and where")
  func commands() throws {
    let solution = try checkout.solution(kata)
    let stub = try Stub.text(of: kata, in: checkout.project)
    try git("init", "-q")
    try git("add", "katas")
    try git("commit", "-q", "-m", "stubs")
    try takeSolutionsAway()
    // Somebody who commits an attempt has not made it the stub.
    try checkout.write(solution, for: kata)
    try git("commit", "-q", "-a", "-m", "mine")
    for words in [
      [], ["list"], ["show", "backprop"], ["hint", "backprop"], ["backprop"], ["all"],
      ["history"], ["recall"], ["reset", "backprop"], ["restore", "backprop", "--list"],
      ["restore", "backprop"], ["reset", "--all"],
    ] {
      let run = try checkout.run(words)
      #expect(run.code == .passed && run.notes == "", "\(words) \(run.notes)")
    }
    #expect(try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) == stub)
    let run = try checkout.run("solution", "backprop")
    #expect(run.code == .harnessFailed && run.output == "")
    #expect(
      run.notes == """
        grade: there is no solutions/backprop/Backprop.swift; this checkout was handed out without \
        its solution.

        """)
  }

  @Test("where nobody knows the stub, that is said and the attempt stays")
  func noStub() throws {
    try takeSolutionsAway()
    try checkout.write("// mine", for: kata)
    let run = try checkout.run("reset", "backprop")
    #expect(run.code == .harnessFailed)
    #expect(run.notes.hasPrefix("grade: the stub of katas/backprop/Backprop.swift is not known"))
    #expect(try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) == "// mine")
    #expect(try checkout.run().code == .passed)
    #expect(try checkout.run("backprop").code == .notPassed)
  }
}

import BackwardAnswers
import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing
import Workshop

@Suite("A trap or a hang is told where it is, and costs the other checks nothing")
struct TrapTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  // MARK: Traps

  @Test(
    "a trap says its message and the learner's line",
    arguments: [
      ("let empty: [Int] = []; print(empty[inputs.rows])", "Index out of range"),
      (
        "let none: Int? = inputs.rows > 99 ? 1 : nil; print(none!)",
        "Unexpectedly found nil while unwrapping an Optional value"
      ),
      ("fatalError(\"x\")", "x"),
      ("print(Int.max + inputs.rows)", "arithmetic overflow"),
      ("print(UInt8(inputs.rows - 99))", "Negative value is not representable"),
      ("print([Double](repeating: 0, count: 8_000_000_000).count)", "failed to allocate"),
    ])
  func trap(statement: String, message: String) throws {
    let report = try bench.grade("\(statement)\nreturn []")
    #expect(report.verdict == .crashed)
    let first = try #require(report.checks.first)
    #expect(first.status == .crashed)
    #expect(first.message?.contains(message) == true, "\(first)")
    if message != "failed to allocate" { #expect(first.line == 5, "\(first)") }
    #expect(first.file == "katas/backprop/Backprop.swift")
    #expect(report.checks.count == BackpropSuite.checkNames.count, "the other checks still ran")
  }

  @Test("a shape error names the operation and both shapes")
  func shapeError() throws {
    let report = try bench.grade(
      "return [DenseGradient(weights: inputs.matmul(Matrix(rows: 9, columns: 8)), biases: inputs)]")
    #expect(report.verdict == .crashed)
    #expect(report.checks[0].message?.hasPrefix("matmul: ") == true)
    #expect(report.checks[0].line == 5)
  }

  @Test("unbounded recursion is called by its name")
  func recursion() throws {
    let report = try bench.grade(
      "return [DenseGradient(weights: inputs * Double(deep(inputs.rows)), biases: inputs)]",
      also: "func deep(_ n: Int) -> Int { n > 0 ? 1 + deep(n + 1) : 0 }")
    #expect(report.verdict == .crashed)
    #expect(
      report.checks[0].message == "the stack ran out: deep(_:) calls itself without end",
      "\(report.checks[0])")
    #expect(report.checks[0].line == 8)
  }

  @Test("a trap in one check leaves the others their say")
  func oneTrap() throws {
    let report = try bench.grade(
      "if inputs.rows == 1 { fatalError(\"one row\") }\n\(Bench.solution)")
    #expect(report.verdict == .crashed)
    let trapped = report.checks.filter { $0.status == .crashed }.map(\.name)
    #expect(trapped == ["single row", "single number", "single row and layer"])
    #expect(report.checks.count { $0.status == .passed } == BackpropSuite.checkNames.count - 3)
  }

  // MARK: Time

  @Test("an infinite loop is stopped, and its line is told")
  func infiniteLoop() throws {
    let report = try bench.grade(
      "var z = inputs\nwhile z.rows > 0 {\nz = z.matmul(z.transposed.matmul(z)) * 0\n}\nreturn []")
    #expect(report.verdict == .timedOut)
    #expect(
      report.checks[0].message
        == "still running in Backprop.gradients(of:inputs:targets:)")
    // Where the compiler gave the interrupted instruction no line, the function must do.
    #expect(report.checks.compactMap(\.line).allSatisfy { (6...8).contains($0) }, "\(report)")
    #expect(report.checks.count == BackpropSuite.checkNames.count)
  }

  @Test(
    "what waits for ever is stopped",
    arguments: [
      "sleep(3600)", "let lock = NSLock(); lock.lock(); lock.lock()",
      "DispatchQueue.main.sync {}", "DispatchSemaphore(value: 0).wait()",
    ])
  func waiting(statement: String) throws {
    let report = try bench.grade(
      "\(statement)\nreturn []", imports: "import Foundation\nimport Dispatch")
    #expect([.timedOut, .crashed].contains(report.verdict), "\(report)")
  }

  @Test("an endless loop in one check costs the others nothing")
  func oneLoop() throws {
    let report = try bench.grade(
      "while inputs.rows == 1 && inputs.columns > 1 && layers.count > 1 {}\n\(Bench.solution)")
    #expect(report.checks.filter { $0.status != .passed }.map(\.name) == ["single row"])
    #expect(report.verdict == .timedOut)
  }

  @Test("a background thread that spins on does not keep the grader")
  func spinningThread() throws {
    let report = try bench.grade(
      "Thread.detachNewThread { while true {} }\n\(Bench.solution)", imports: "import Foundation")
    #expect(report.verdict == .passed || report.verdict == .timedOut)
    #expect(report.seconds < 30)
  }
}

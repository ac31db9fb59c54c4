import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing
import Workshop

@Suite("No way out passes, and nothing is left behind")
struct EscapeTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  // MARK: Ways out

  @Test(
    "ending the process is not passing",
    arguments: [
      "exit(0)", "_exit(0)", "abort()", "kill(getpid(), SIGKILL)", "kill(0, SIGKILL)",
      "raise(SIGTERM)",
    ])
  func leaving(statement: String) throws {
    let report = try bench.grade("\(statement)\nreturn []", imports: "import Foundation")
    #expect(report.verdict == .crashed, "\(report.checks)")
    #expect(report.checks.dropLast().allSatisfy { $0.status == .crashed })
  }

  // MARK: Pipes

  @Test("a hundred megabytes of prints on both streams neither hang nor hide the verdict")
  func prints() throws {
    var heard = 0
    try bench.checkout.write(
      """
      import Foundation
      import KataKit
      struct Backprop: BackpropKata {
        func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
          let chunk = [UInt8](repeating: 65, count: 1 << 20)
          if inputs.rows == 1 {
            for _ in 0..<100 { write(1, chunk, chunk.count); write(2, chunk, chunk.count) }
          }
      \(Bench.solution)
        }
      }
      """, for: bench.kata)
    let report = try bench.gradeFile(bench.checkout.project.attempt(bench.kata)) {
      heard += $0.map { $0.prints.utf8.count }.reduce(0, +)
    }
    #expect(report.verdict == .passed, "\(report)")
    #expect(heard > 1 << 16 && heard < 1 << 20)
  }

  @Test("what an attempt writes on the grader's own pipe is nobody's answer")
  func forgery() throws {
    let report = try bench.grade(
      """
      for fd in 3..<256 as Range<Int32> { write(fd, [7, 0, 255] as [UInt8], 3) }
      \(Bench.solution)
      """, imports: "import Foundation")
    #expect(report.verdict == .crashed, "\(report)")
    #expect(report.checks.first?.message == "it wrote to the grader's pipe")
  }

  @Test("closing every descriptor is not passing")
  func closing() throws {
    let report = try bench.grade(
      "for fd in 0..<1024 as Range<Int32> { close(fd) }\n\(Bench.solution)",
      imports: "import Foundation")
    #expect(report.verdict == .crashed, "\(report)")
  }

  @Test("standard input is empty, not a wait")
  func standardInput() throws {
    #expect(try bench.grade("while readLine() != nil {}\n\(Bench.solution)").verdict == .passed)
  }

  // MARK: Processes

  @Test("a grandchild that outlives the attempt is ended with it")
  func grandchild() throws {
    let report = try bench.grade(
      """
      var pid: pid_t = 0
      var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("86417"), nil]
      posix_spawn(&pid, "/bin/sleep", nil, nil, &arguments, environ)
      \(Bench.solution)
      """, imports: "@preconcurrency import Foundation")
    #expect(report.verdict == .passed, "\(report)")
    #expect(try eventually { try processes(mentioning: "sleep\u{0}86417").isEmpty })
  }

  // MARK: Answers

  @Test(
    "answers that are no answers fail a check, and say so",
    arguments: [
      ("[]", "nothing is returned"),
      (
        "layers.map { _ in DenseGradient(weights: Matrix(rows: 0, columns: 0), biases: Matrix(rows: 0, columns: 0)) }",
        "0×0"
      ),
      (
        "layers.map { DenseGradient(weights: $0.weights.transposed, biases: $0.biases) }",
        "expected"
      ),
      ("layers.map { DenseGradient(weights: $0.weights * .nan, biases: $0.biases) }", "NaN"),
      ("layers.map { DenseGradient(weights: $0.weights * .infinity, biases: $0.biases) }", "∞"),
      (
        "layers.map { _ in DenseGradient(weights: Matrix(rows: 1_000_000, columns: 8), biases: inputs) }",
        "1000000×8"
      ),
      (
        "layers.map { _ in DenseGradient(weights: Matrix(rows: 1 << 61, columns: 0), biases: inputs) }",
        "2305843009213693952×0"
      ),
      (
        "[DenseGradient](repeating: DenseGradient(weights: inputs, biases: inputs), count: 100_000)",
        "200000 parts"
      ),
    ])
  func noAnswers(answer: String, word: String) throws {
    let report = try bench.grade("return \(answer)")
    #expect(report.verdict == .failed, "\(report)")
    let said = report.checks.compactMap(\.message) + report.checks.compactMap(\.pattern)
    #expect(said.contains { $0.contains(word) }, "\(said)")
    #expect(said.allSatisfy { $0.count < 300 })
  }

  @Test("different answers to the same call are found out")
  func unrepeatable() throws {
    let report = try bench.grade(
      """
      var generator = SystemRandomNumberGenerator()
      let noise = Double(generator.next() % 1000) * 1e-12
      \(Bench.solution.replacing("return gradients", with: "gradients[0].weights *= 1 + noise\nreturn gradients"))
      """)
    #expect(report.verdict == .failed)
    #expect(report.checks.last?.message?.contains("the second of two equal calls differs") == true)
  }
}

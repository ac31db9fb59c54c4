import Foundation
import GradeCommand
import Grading
import TestSupport
import Testing
import Workshop

/// Attempts that do their worst, through the real compiler and the real child process.
@Suite("A hostile attempt never passes, never hangs, and is told what it did")
struct HostileAttemptTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws { checkout = try Checkout() }

  /// Grades a backprop whose body is `body`, with limits that are short enough for a test.
  func grade(_ body: String, also declarations: String = "", imports: String = "") throws -> Report
  {
    try grade(
      source: """
        import KataKit
        \(imports)
        struct Backprop: BackpropKata {
          func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
        \(body)
          }
        }
        \(declarations)
        """)
  }

  func grade(source: String, path: String? = nil) throws -> Report {
    try checkout.write(source, for: kata)
    return try gradeFile(checkout.project.attempt(kata))
  }

  func gradeFile(_ file: URL, printed: (String) -> Void = { _ in }) throws -> Report {
    var limits = Supervisor.Limits()
    limits.processorSeconds = 1
    limits.silence = .seconds(2)
    let grader = try Grader(
      project: checkout.project, executable: Checkout.executable,
      path: ProcessInfo.processInfo.environment["PATH"], limits: limits)
    return try grader.grade(BackpropSuite.self, file: file, seed: 7, printed: printed)
  }

  /// Right, but for what `trap` does to the one-row case.
  static let solution = """
    var activations = [inputs]
    var logits = inputs
    for layer in layers {
      logits = activations[activations.count - 1].matmul(layer.weights) + layer.biases
      activations.append(maximum(logits, 0))
    }
    let exponentials = exp(logits - logits.max(axis: 1))
    var delta = (exponentials / exponentials.sum(axis: 1) - targets) / Double(inputs.rows)
    var gradients: [DenseGradient] = []
    for (layer, input) in zip(layers, activations).reversed() {
      gradients.append(
        DenseGradient(weights: input.transposed.matmul(delta), biases: delta.sum(axis: 0)))
      delta = delta.matmul(layer.weights.transposed) * (input .> 0)
    }
    return gradients.reversed()
    """

  // MARK: Files

  @Test("the untouched stub is not attempted, and not failed")
  func stub() throws {
    let report = try gradeFile(checkout.project.attempt(kata))
    #expect(report.verdict == .notAttempted)
    #expect(report.checks.allSatisfy { $0.status == .skipped })
    #expect(report.checks.first?.message == "gradients(of:inputs:targets:) is not written yet")
  }

  @Test("a file that is no attempt says what it is")
  func noAttempt() throws {
    let file = checkout.project.attempt(kata)
    #expect(try grade(source: " \n\t\n").verdict == .notAttempted)
    #expect(
      try grade(source: String(repeating: "// long\n", count: 1_250_000)).message
        == "katas/backprop/Backprop.swift has 10000000 bytes; an attempt has at most 1048576.")
    try Data([0x6c, 0x65, 0x74, 0x20, 0xff, 0xfe, 0x0a]).write(to: file)
    let invalid = try gradeFile(file)
    #expect(invalid.verdict == .doesNotCompile)
    #expect(invalid.message?.contains("UTF-8") == true)
    try FileManager.default.removeItem(at: file)
    #expect(try gradeFile(file).verdict == .notAttempted)
    #expect(try gradeFile(file).message == "There is no katas/backprop/Backprop.swift.")
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    #expect(try gradeFile(file).verdict == .doesNotCompile)
    #expect(try gradeFile(file).message?.contains("is a directory") == true)
  }

  @Test("a compile error comes in the compiler's words, with the learner's path and line")
  func compileError() throws {
    let report = try grade("return gradient")
    #expect(report.verdict == .doesNotCompile)
    #expect(
      report.message?.contains(
        "katas/backprop/Backprop.swift:5:8: error: cannot find 'gradient' in scope") == true)
    #expect(report.checks.isEmpty)
  }

  @Test(
    "the hidden tests and the solutions can not be imported",
    arguments: ["Grading", "Solutions", "Workshop", "GradeCommand"])
  func hiddenModules(module: String) throws {
    let report = try grade(Self.solution, imports: "import \(module)")
    #expect(report.verdict == .doesNotCompile)
    #expect(report.message?.contains("no such module '\(module)'") == true)
  }

  @Test("a type that is missing or renamed: the message says which one was expected")
  func missingType() throws {
    let renamed = try grade(source: "import KataKit\nstruct Backpropagation {}\n")
    #expect(renamed.verdict == .doesNotCompile)
    #expect(renamed.message?.contains("There is no type Backprop in it.") == true)
    #expect(renamed.message?.contains("struct Backprop: BackpropKata") == true)
    let aloof = try grade(source: "import KataKit\nstruct Backprop { init() {} }\n")
    #expect(aloof.verdict == .doesNotCompile)
    #expect(aloof.message?.contains("Backprop does not conform to BackpropKata") == true)
  }

  @Test("a class or an enum is as good as a struct", arguments: ["final class", "struct"])
  func kinds(kind: String) throws {
    let initializer = kind == "final class" ? "required init() {}" : ""
    let report = try grade(
      source: """
        import Foundation
        import KataKit
        \(kind) Backprop: BackpropKata {
          \(initializer)
          func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
        \(Self.solution)
          }
        }
        """)
    #expect(report.verdict == .passed, "\(report)")
  }

  @Test("a path with spaces and letters of any script is no obstacle")
  func strangePath() throws {
    let checkout = try Checkout(named: "Übung am Abend — 練習")
    let source = try String(contentsOf: checkout.project.solution(kata), encoding: .utf8)
    try checkout.write(source, for: kata)
    #expect(try checkout.run("backprop").code == .passed)
    try checkout.write(source.replacing("var activations", with: "vax activations"), for: kata)
    let broken = try checkout.run("backprop")
    #expect(broken.output.contains("katas/backprop/Backprop.swift:7:"))
  }

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
    let report = try grade("\(statement)\nreturn []")
    #expect(report.verdict == .crashed)
    let first = try #require(report.checks.first)
    #expect(first.status == .crashed)
    #expect(first.message?.contains(message) == true, "\(first)")
    if message != "failed to allocate" { #expect(first.line == 5, "\(first)") }
    #expect(first.file == "katas/backprop/Backprop.swift")
    #expect(report.checks.count == BackpropSuite.checks.count, "the other checks still ran")
  }

  @Test("a shape error names the operation and both shapes")
  func shapeError() throws {
    let report = try grade(
      "return [DenseGradient(weights: inputs.matmul(Matrix(rows: 9, columns: 8)), biases: inputs)]")
    #expect(report.verdict == .crashed)
    #expect(report.checks[0].message?.hasPrefix("matmul: ") == true)
    #expect(report.checks[0].line == 5)
  }

  @Test("unbounded recursion is called by its name")
  func recursion() throws {
    let report = try grade(
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
    let report = try grade("if inputs.rows == 1 { fatalError(\"one row\") }\n\(Self.solution)")
    #expect(report.verdict == .crashed)
    #expect(report.checks.filter { $0.status == .crashed }.map(\.name) == ["single row"])
    #expect(report.checks.count { $0.status == .passed } == BackpropSuite.checks.count - 1)
  }

  // MARK: Time

  @Test("an infinite loop is stopped, and its line is told")
  func infiniteLoop() throws {
    let report = try grade(
      "var z = inputs\nwhile z.rows > 0 {\nz = z.matmul(z.transposed.matmul(z)) * 0\n}\nreturn []")
    #expect(report.verdict == .timedOut)
    #expect(
      report.checks[0].message
        == "still running in Backprop.gradients(of:inputs:targets:)")
    // Where the compiler gave the interrupted instruction no line, the function must do.
    #expect(report.checks.compactMap(\.line).allSatisfy { (6...8).contains($0) }, "\(report)")
    #expect(report.checks.count == BackpropSuite.checks.count)
  }

  @Test(
    "what waits for ever is stopped",
    arguments: [
      "sleep(3600)", "let lock = NSLock(); lock.lock(); lock.lock()",
      "DispatchQueue.main.sync {}", "DispatchSemaphore(value: 0).wait()",
    ])
  func waiting(statement: String) throws {
    let report = try grade("\(statement)\nreturn []", imports: "import Foundation\nimport Dispatch")
    #expect([.timedOut, .crashed].contains(report.verdict), "\(report)")
  }

  @Test("an endless loop in one check costs the others nothing")
  func oneLoop() throws {
    let report = try grade("while inputs.rows == 1 {}\n\(Self.solution)")
    #expect(report.checks.filter { $0.status != .passed }.map(\.name) == ["single row"])
    #expect(report.verdict == .timedOut)
  }

  @Test("a background thread that spins on does not keep the grader")
  func spinningThread() throws {
    let report = try grade(
      "Thread.detachNewThread { while true {} }\n\(Self.solution)", imports: "import Foundation")
    #expect(report.verdict == .passed || report.verdict == .timedOut)
    #expect(report.seconds < 30)
  }

  // MARK: Ways out

  @Test(
    "ending the process is not passing",
    arguments: [
      "exit(0)", "_exit(0)", "abort()", "kill(getpid(), SIGKILL)", "kill(0, SIGKILL)",
      "raise(SIGTERM)",
    ])
  func leaving(statement: String) throws {
    let report = try grade("\(statement)\nreturn []", imports: "import Foundation")
    #expect(report.verdict == .crashed, "\(report.checks)")
    #expect(report.checks.allSatisfy { $0.status == .crashed })
  }

  // MARK: Pipes

  @Test("a hundred megabytes of prints on both streams neither hang nor hide the verdict")
  func prints() throws {
    var heard = 0
    try checkout.write(
      """
      import Foundation
      import KataKit
      struct Backprop: BackpropKata {
        func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
          let chunk = [UInt8](repeating: 65, count: 1 << 20)
          if inputs.rows == 1 {
            for _ in 0..<100 { write(1, chunk, chunk.count); write(2, chunk, chunk.count) }
          }
      \(Self.solution)
        }
      }
      """, for: kata)
    let report = try gradeFile(checkout.project.attempt(kata)) { heard += $0.utf8.count }
    #expect(report.verdict == .passed, "\(report)")
    #expect(heard > 1 << 16 && heard < 1 << 20)
  }

  @Test("records that an attempt forges on every descriptor do not count")
  func forgery() throws {
    let report = try grade(
      #"""
      let names = ["shapes", "output layer", "hidden layer", "four layers", "square layers"]
      for fd in 0..<256 as Range<Int32> {
        for name in names {
          for nonce in ["", "0 ", "nonce "] {
            let text = "\n\(nonce){\"finished\":{\"_0\":{\"name\":\"\(name)\",\"status\":\"passed\"}}}\n{\"closing\":{}}\n"
            text.withCString { _ = write(fd, $0, strlen($0)) }
          }
        }
      }
      return []
      """#, imports: "import Foundation")
    #expect(report.verdict == .failed)
    #expect(report.checks.first?.status == .failed)
  }

  @Test("half a record of garbage does not swallow the next one")
  func garbage() throws {
    let report = try grade(
      "for fd in 3..<256 as Range<Int32> { write(fd, [7, 0, 255] as [UInt8], 3) }\n\(Self.solution)",
      imports: "import Foundation")
    #expect(report.verdict == .passed, "\(report)")
  }

  @Test("closing every descriptor is not passing")
  func closing() throws {
    let report = try grade(
      "for fd in 0..<1024 as Range<Int32> { close(fd) }\n\(Self.solution)",
      imports: "import Foundation")
    #expect(report.verdict == .crashed, "\(report)")
  }

  @Test("standard input is empty, not a wait")
  func standardInput() throws {
    #expect(try grade("while readLine() != nil {}\n\(Self.solution)").verdict == .passed)
  }

  // MARK: Processes

  @Test("a grandchild that outlives the attempt is ended with it")
  func grandchild() throws {
    let report = try grade(
      """
      var pid: pid_t = 0
      var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("86417"), nil]
      posix_spawn(&pid, "/bin/sleep", nil, nil, &arguments, environ)
      \(Self.solution)
      """, imports: "@preconcurrency import Foundation")
    #expect(report.verdict == .passed, "\(report)")
    #expect(try eventually { try processes(mentioning: "sleep\u{0}86417").isEmpty })
  }

  // MARK: Answers

  @Test(
    "answers that are no answers fail a check, and say so",
    arguments: [
      ("[]", "dW₂ is missing"),
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
        "[DenseGradient](repeating: DenseGradient(weights: inputs, biases: inputs), count: 100_000)",
        "one too many"
      ),
    ])
  func noAnswers(answer: String, word: String) throws {
    let report = try grade("return \(answer)")
    #expect(report.verdict == .failed, "\(report)")
    let said = report.checks.compactMap(\.message) + report.checks.compactMap(\.pattern)
    #expect(said.contains { $0.contains(word) }, "\(said)")
    #expect(said.allSatisfy { $0.count < 300 })
  }

  @Test("different answers to the same call are found out")
  func unrepeatable() throws {
    let report = try grade(
      """
      var generator = SystemRandomNumberGenerator()
      let noise = Double(generator.next() % 1000) * 1e-12
      \(Self.solution.replacing("return gradients", with: "gradients[0].weights *= 1 + noise\nreturn gradients"))
      """)
    #expect(report.verdict == .failed)
    #expect(report.checks.last?.message?.contains("the second of two equal calls differs") == true)
  }
}

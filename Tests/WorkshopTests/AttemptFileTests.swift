import Foundation
import GradeCommand
import Grading
import Practice
import TestSupport
import Testing

@testable import Workshop

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@Suite("Whatever is in the file is told for what it is")
struct AttemptFileTests {
  let bench: Bench

  init() throws { bench = try Bench() }

  @Test("the untouched stub is not attempted, and not failed")
  func stub() throws {
    let report = try bench.gradeFile(bench.checkout.project.attempt(bench.kata))
    #expect(report.verdict == .notAttempted)
    #expect(report.checks.allSatisfy { $0.status == .skipped })
    #expect(report.checks.first?.message == "gradients(of:inputs:targets:) is not written yet")
  }

  @Test("a file that is no attempt says what it is")
  func noAttempt() throws {
    let file = bench.checkout.project.attempt(bench.kata)
    #expect(try bench.grade(source: " \n\t\n").verdict == .notAttempted)
    #expect(
      try bench.grade(source: String(repeating: "// long\n", count: 1_250_000)).message
        == "katas/backprop/Backprop.swift has 10000000 bytes; an attempt has at most 1048576.")
    try Data([0x6c, 0x65, 0x74, 0x20, 0xff, 0xfe, 0x0a]).write(to: file)
    let invalid = try bench.gradeFile(file)
    #expect(invalid.verdict == .doesNotCompile)
    #expect(invalid.message?.contains("UTF-8") == true)
    try FileManager.default.removeItem(at: file)
    #expect(try bench.gradeFile(file).verdict == .notAttempted)
    #expect(
      try bench.gradeFile(file).message
        == "There is no katas/backprop/Backprop.swift. For a blank stub: swift run grade reset backprop"
    )
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    #expect(try bench.gradeFile(file).verdict == .doesNotCompile)
    #expect(try bench.gradeFile(file).message?.contains("is a directory") == true)
  }

  @Test("a pipe is no attempt, and is not waited for")
  func pipe() throws {
    let file = bench.checkout.project.attempt(bench.kata)
    try FileManager.default.removeItem(at: file)
    #expect(mkfifo(file.path, 0o644) == 0)
    #expect(
      try bench.gradeFile(file).message
        == "katas/backprop/Backprop.swift is a pipe or a device, not a Swift file.")
    #expect(try bench.gradeFile(URL(filePath: "/dev/zero")).verdict == .doesNotCompile)
  }

  @Test("ten thousand errors are a few, a count, and a matter of seconds")
  func manyErrors() throws {
    let errors = (0..<10_000).map { "let v\($0): Int = \"s\"\n" }.joined()
    let message = try #require(try bench.grade(Bench.solution, also: errors).message)
    #expect(message.contains("cannot convert value of type 'String'"))
    #expect(message.contains(#/\n  the same in lines \d+, \d+, \d+ and at least \d+ more$/#))
    #expect(message.utf8.count < 10_000)
  }

  @Test("two thousand warnings are no error")
  func manyWarnings() throws {
    let lines = (0..<2000).map { "  let v\($0) = 1\n" }.joined()
    #expect(try bench.grade(Bench.solution, also: "func f() {\n\(lines)}").verdict == .passed)
  }

  @Test("an error that quotes the name of the module is the attempt's own")
  func moduleInString() throws {
    let report = try bench.grade(
      Bench.solution, also: "let e: Int = \"KataKit.swiftmodule\"")
    #expect(report.verdict == .doesNotCompile)
  }

  @Test("a compiler that is another one is told from an attempt that is wrong")
  func otherCompiler() throws {
    let module = bench.checkout.root.appending(path: "KataKit.swiftmodule")
    try Data(
      contentsOf: Checkout.executable.deletingLastPathComponent()
        .appending(path: "Modules/KataKit.swiftmodule")
    ).prefix(5000).write(to: module)
    let compiler = try Compiler(
      toolchain: Toolchain(path: ProcessInfo.processInfo.environment["PATH"]),
      module: module.path, cache: AttemptCache(preferred: bench.checkout.project.cache))
    let error = #expect(throws: HarnessError.self) {
      try compiler.compile(
        Array("import KataKit\n".utf8), fileName: "A.swift", path: "A.swift", color: true)
    }
    guard case .otherCompiler = error else {
      Issue.record("\(error as Any)")
      return
    }
  }

  #if canImport(Glibc)
    @Test("what every library has its own copy of is there")
    func unshared() throws {
      let report = try bench.grade(
        "atexit {}\nat_quick_exit {}\n_ = pthread_atfork(nil, nil, nil)\n"
          + "var status = stat()\n_ = stat(\"/\", &status)\n" + Bench.solution,
        imports: "import Glibc")
      #expect(report.verdict == .passed, "\(report)")
    }
  #endif

  @Test("where the cache cannot be written, a temporary directory does")
  func fullCache() throws {
    try bench.checkout.write(
      "import KataKit\n// \(UUID())\n" + bench.checkout.solution(bench.kata), for: bench.kata)
    let cache = bench.checkout.project.cache
    try FileManager.default.createDirectory(
      at: bench.checkout.project.memory, withIntermediateDirectories: true)
    // Nobody can make a directory there, and root is not told so by access().
    try FileManager.default.createSymbolicLink(
      atPath: cache.path, withDestinationPath: "/proc/self/task")
    #expect(try bench.gradeFile(bench.checkout.project.attempt(bench.kata)).verdict == .passed)
  }

  @Test("a compile error comes in the compiler's words, with the learner's path and line")
  func compileError() throws {
    let report = try bench.grade("return gradient")
    #expect(report.verdict == .doesNotCompile)
    #expect(
      report.message?.contains(
        "katas/backprop/Backprop.swift:5:8: error: cannot find 'gradient' in scope") == true)
    #expect(report.checks.isEmpty)
  }

  @Test(
    "the hidden tests and the solutions cannot be imported",
    arguments: ["Grading", "Solutions", "Workshop", "GradeCommand"])
  func hiddenModules(module: String) throws {
    let report = try bench.grade(Bench.solution, imports: "import \(module)")
    #expect(report.verdict == .doesNotCompile)
    #expect(report.message?.contains("no such module '\(module)'") == true)
  }

  @Test("a type that is missing or renamed: the message says which one was expected")
  func missingType() throws {
    let renamed = try bench.grade(source: "import KataKit\nstruct Backpropagation {}\n")
    #expect(renamed.verdict == .doesNotCompile)
    #expect(renamed.message?.contains("There is no type Backprop in it.") == true)
    #expect(renamed.message?.contains("struct Backprop: BackpropKata") == true)
    let aloof = try bench.grade(source: "import KataKit\nstruct Backprop { init() {} }\n")
    #expect(aloof.verdict == .doesNotCompile)
    #expect(aloof.message?.contains("Backprop does not conform to BackpropKata") == true)
  }

  @Test("a class or an enum is as good as a struct", arguments: ["final class", "struct"])
  func kinds(kind: String) throws {
    let initializer = kind == "final class" ? "required init() {}" : ""
    let report = try bench.grade(
      source: """
        import Foundation
        import KataKit
        \(kind) Backprop: BackpropKata {
          \(initializer)
          func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient] {
        \(Bench.solution)
          }
        }
        """)
    #expect(report.verdict == .passed, "\(report)")
  }

  @Test("a path with spaces and letters of any script is no obstacle")
  func strangePath() throws {
    let checkout = try Checkout(named: "Übung am Abend — 練習")
    let source = try checkout.solution(bench.kata)
    try checkout.write(source, for: bench.kata)
    #expect(try checkout.run("backprop").code == .passed)
    try checkout.write(
      source.replacing("var activations", with: "vax activations"), for: bench.kata)
    let broken = try checkout.run("backprop")
    #expect(broken.output.contains("katas/backprop/Backprop.swift:7:"))
  }
}

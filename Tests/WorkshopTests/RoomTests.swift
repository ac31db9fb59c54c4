import Exam
import Foundation
import Grading
import KataKit
import NeuronAnswers
import Practice
import TestSupport
import Testing

@testable import Workshop

@Suite("The attempt answers, the grader judges")
struct RoomTests {
  let checkout: Checkout
  let kata = ReLUDerivativeSuite.kata

  init() throws { checkout = try Checkout() }

  /// Grades a relu-derivative whose `slope` and members are given, and which is right otherwise.
  private func grade(
    slope: String = "z .> 0", members: String = "", also declarations: String = ""
  ) throws -> Report {
    try grade(
      source: """
        import KataKit
        #if canImport(Glibc)
          @preconcurrency import Glibc
        #else
          import Darwin
        #endif
        final class ReLUDerivative: ReLUDerivativeKata {
          \(members.isEmpty ? "init() {}" : members)
          func value(at z: Matrix) -> Matrix { maximum(z, 0) }
          func slope(at z: Matrix) -> Matrix { \(slope) }
          func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * (z .> 0) }
        }
        \(declarations)
        """)
  }

  private func grade(source: String) throws -> Report {
    try checkout.write(source, for: kata)
    var limits = RoomLimits()
    limits.processorSeconds = 1
    limits.secondsInAll = 4
    limits.silence = .seconds(1)
    let grader = try Grader(
      project: checkout.project, executable: Checkout.executable,
      path: ProcessInfo.processInfo.environment["PATH"], limits: limits)
    return try grader.grade(
      ReLUDerivativeSuite.self, file: checkout.project.attempt(kata), seed: 1)
  }

  @Test("a right answer passes, by the names of all checks")
  func right() throws {
    let report = try grade()
    #expect(report.verdict == .passed, "\(report)")
    #expect(report.checks.map(\.name) == ReLUDerivativeSuite.checkNames)
  }

  // MARK: What is not there

  @Test("no answer key is linked into the room")
  func symbols() throws {
    let symbols = try Data(contentsOf: Checkout.room)
    let tracks = try FileManager.default.contentsOfDirectory(
      atPath: Checkout.source.appending(path: "Sources/AnswerKey").path
    ).map { "\($0)Answers" }
    #expect(tracks.contains("NeuronAnswers"))
    for module in ["Grading", "Numerics", "AnswerKey", "Workshop", "GradeCommand"] + tracks {
      // A module's symbols have its name behind its length.
      #expect(symbols.range(of: Data("$s\(module.utf8.count)\(module)".utf8)) == nil)
    }
    #expect(symbols.range(of: Data("$s4Exam".utf8)) != nil)
  }

  @Test("a type of the answer key cannot be found by its name")
  func byName() throws {
    let report = try grade(
      slope: "z * (_typeByName(\"13NeuronAnswers19ReLUDerivativeSuiteO\") == nil ? 0 : 1)")
    #expect(report.verdict == .failed, "\(report)")
  }

  // MARK: What is remembered

  private func isToldToRemember(_ report: Report) -> Bool {
    report.verdict == .failed
      && report.checks.contains { $0.pattern?.contains("something is remembered") == true }
  }

  @Test("wrong at the first call of every instance")
  func firstCall() throws {
    let report = try grade(
      slope: "if ready { return z .> 0 }; ready = true; return z * 0",
      members: "init() {}; var ready = false")
    #expect(isToldToRemember(report), "\(report)")
  }

  @Test("wrong from the thirteenth call on")
  func thirteenthCall() throws {
    let report = try grade(
      slope: "calls += 1; return calls > 12 ? z * 0 + 1 : z .> 0",
      also: "nonisolated(unsafe) var calls = 0")
    #expect(isToldToRemember(report), "\(report)")
  }

  @Test("a mask kept from the last value of the same shape")
  func lastValue() throws {
    let report = try grade(
      source: """
        import KataKit
        private final class Kept { var mask: Matrix? }
        struct ReLUDerivative: ReLUDerivativeKata {
          private let kept = Kept()
          func value(at z: Matrix) -> Matrix {
            kept.mask = z .> 0
            return maximum(z, 0)
          }
          func slope(at z: Matrix) -> Matrix { z .> 0 }
          func backward(upstream: Matrix, z: Matrix) -> Matrix {
            guard let mask = kept.mask, mask.shape == z.shape else { return upstream * (z .> 0) }
            return upstream * mask
          }
        }
        """)
    #expect(isToldToRemember(report), "\(report)")
  }

  @Test("inputs that are overwritten are not what the truth was taken from")
  func overwritten() throws {
    let report = try grade(
      slope: """
        z.elements.withUnsafeBufferPointer { elements in
          guard let start = elements.baseAddress else { return }
          UnsafeMutablePointer(mutating: start).update(repeating: -1, count: elements.count)
        }
        return z * 0
        """)
    #expect(report.verdict == .failed, "\(report)")
  }

  // MARK: Making the type

  @Test("a trap where the type is made is told with its line, and nothing follows it")
  func trapInInit() throws {
    let report = try grade(
      members: "let table: Int\ninit() { table = [1][ReLUDerivative.index] }\nstatic let index = 3")
    #expect(report.verdict == .crashed, "\(report)")
    #expect(report.checks.count == 1)
    #expect(report.checks[0].line == 9, "\(report)")
    #expect(report.checks[0].message?.contains("Index out of range") == true)
  }

  @Test("todo() where the type is made is not attempted")
  func todoInInit() throws {
    #expect(try grade(members: "init() { todo() }").verdict == .notAttempted)
  }

  @Test("an endless loop where the type is made is stopped")
  func loopInInit() throws {
    let report = try grade(members: "init() { while true {} }")
    #expect(report.verdict == .timedOut, "\(report)")
    #expect(report.checks.count == 1)
  }

  // MARK: Time

  @Test(
    "nothing that an attempt does to signals, timers or groups keeps the grader",
    arguments: [
      "var all = sigset_t(); sigfillset(&all); pthread_sigmask(SIG_BLOCK, &all, nil); while true {}",
      "signal(SIGPROF, SIG_IGN); signal(SIGIO, SIG_IGN); while true {}",
      "setpgid(0, getpgid(getppid())); sleep(100); return z",
      "while true { for fd in Int32(5)..<100 where fd != 64 { write(fd, \"x\", 1) }; usleep(100_000) }",
    ])
  func hostages(slope: String) throws {
    let report = try grade(slope: slope)
    #expect([.timedOut, .crashed].contains(report.verdict), "\(report)")
    #expect(report.seconds < 25)
  }

  @Test("a forked copy of the room answers nobody's question twice")
  func forked() throws {
    let report = try grade(
      slope: "if !hasForked { hasForked = true; _ = copied() }; return z .>= 0.1",
      also: """
        @_silgen_name("fork") func copied() -> Int32
        nonisolated(unsafe) var hasForked = false
        """)
    #expect(report.verdict != .passed, "\(report)")
    #expect(report.checks.map(\.name) == ReLUDerivativeSuite.checkNames)
    #expect(report.seconds < 25)
  }

  @Test("where the compiled attempt is deleted by the attempt, the rest is asked all the same")
  func deleted() throws {
    let report = try grade(
      slope: """
        if z.rows == 1, z.columns > 1 {
          for number in 0..<1 as Range<Int> { _ = number }
          system("rm -rf \(checkout.project.cache.path)/*.so")
          fatalError("one row")
        }
        return z .> 0
        """.replacing("system(", with: "_ = shell("),
      also: "@_silgen_name(\"system\") func shell(_ command: UnsafePointer<CChar>) -> Int32")
    #expect(report.checks.filter { $0.status == .crashed }.map(\.name) == ["single row"])
    #expect(report.checks.count { $0.status == .passed } == report.checks.count - 1, "\(report)")
  }

  @Test("what is printed belongs to the question in which it is printed")
  func prints() throws {
    try checkout.write(
      """
      import KataKit
      struct ReLUDerivative: ReLUDerivativeKata {
        func value(at z: Matrix) -> Matrix { maximum(z, 0) }
        func slope(at z: Matrix) -> Matrix {
          print(z.shape)
          return z .> 0
        }
        func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * (z .> 0) }
      }
      """, for: kata)
    let grader = try Grader(
      project: checkout.project, executable: Checkout.executable,
      path: ProcessInfo.processInfo.environment["PATH"])
    var records: [QuestionRecord] = []
    _ = try grader.grade(
      ReLUDerivativeSuite.self, file: checkout.project.attempt(kata), seed: 1,
      asked: { records = $0 })
    let row = try #require(records.first { $0.check == "single row" })
    #expect(row.prints == "1×13\n")
    #expect(row.answer?.values("slope").first?.shape == Shape(rows: 1, columns: 13))
    #expect(row.truth.values("slope") == row.answer?.values("slope"))
    #expect(records.filter { $0.check == "value" }.allSatisfy { $0.prints.isEmpty })
  }

  // MARK: The room itself

  @Test("a room that is older than what it is linked from is told, not believed")
  func stale() throws {
    let folder = checkout.root.appending(path: "build")
    let modules = folder.appending(path: "Modules")
    let manager = FileManager.default
    try manager.createDirectory(at: modules, withIntermediateDirectories: true)
    for (name, age) in [("room", 60.0), ("Modules/Exam.swiftmodule", 0)] {
      let url = folder.appending(path: name)
      try Data().write(to: url)
      try manager.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: url.path)
    }
    #expect(throws: HarnessError.self) {
      try RoomBuild.check(room: folder.appending(path: "room").path, modules: modules.path)
    }
    #expect(throws: HarnessError.self) {
      try RoomBuild.check(room: folder.appending(path: "none").path, modules: modules.path)
    }
  }
}

import Exam
import Foundation
import Grading
import KataKit
import NeuronAnswers
import Practice
import TestSupport
import Testing

@testable import Workshop

/// An attempt at relu-derivative that does its worst in every call of `slope`.
@Suite("An attempt has so much time in all, whatever it does with it", .serialized)
struct TimeTests {
  let checkout: Checkout
  let kata = ReLUDerivativeSuite.kata

  init() throws { checkout = try Checkout() }

  private func grade(slope: String, also declarations: String = "") throws -> Report {
    try checkout.write(
      """
      @preconcurrency import Foundation
      import KataKit
      @_silgen_name("fork") func copied() -> Int32
      func burn(_ seconds: Double) {
        let end = clock() + Int(seconds * Double(CLOCKS_PER_SEC))
        while clock() < end {}
      }
      \(declarations)
      final class ReLUDerivative: ReLUDerivativeKata {
        func value(at z: Matrix) -> Matrix { maximum(z, 0) }
        func slope(at z: Matrix) -> Matrix {
          \(slope)
          return z .> 0
        }
        func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * (z .> 0) }
      }
      """, for: kata)
    var limits = RoomLimits()
    limits.processorSeconds = 1
    limits.silence = .seconds(1)
    limits.secondsInAll = 2
    limits.closing = .milliseconds(300)
    let grader = try Grader(
      project: checkout.project, executable: Checkout.executable,
      path: ProcessInfo.processInfo.environment["PATH"], limits: limits)
    return try grader.grade(
      ReLUDerivativeSuite.self, file: checkout.project.attempt(kata), seed: 1)
  }

  private func isCutShort(_ report: Report) -> Bool {
    report.checks.count == ReLUDerivativeSuite.checkNames.count
      && report.checks.contains { $0.message == "after 2 seconds in all" }
  }

  @Test("work and sleep that each question has time for, all of them together have not")
  func sums() throws {
    for (slope, verdict) in [
      ("burn(0.4); fatalError(\"x\")", Verdict.crashed),
      ("usleep(400_000); fatalError(\"x\")", .crashed),
      ("usleep(400_000)", .timedOut),
    ] {
      let report = try grade(slope: slope)
      #expect(report.verdict == verdict, "\(slope): \(report)")
      #expect(isCutShort(report), "\(slope): \(report)")
    }
  }

  @Test("who sleeps nine tenths of the time is idle, and his false backtrace makes him no busier")
  func trickle() throws {
    for slope in [
      "while z.rows > 0 { burn(0.002); usleep(18_000) }",
      """
      if copied() == 0 {
        close(creat("swift-backtrace", 0o700))
        if let comm = fopen("/proc/self/comm", "w") { fputs("swift-backtrace", comm); fclose(comm) }
        while true { burn(0.002); usleep(18_000) }
      }
      sleep(1000)
      """,
    ] {
      let report = try grade(slope: slope)
      #expect(report.verdict == .timedOut, "\(report)")
      #expect(report.checks[0].message == "waiting for something that does not come")
    }
  }

  @Test("who keeps himself waiting, by processes that he starts, has no more time than others")
  func company() throws {
    let start = ContinuousClock.now
    let report = try grade(
      slope: """
        if !isCopied {
          isCopied = true
          for _ in 0..<64 { if copied() == 0 { if setsid() > 0 { while true {} } } }
        }
        burn(0.3)
        """, also: "nonisolated(unsafe) var isCopied = false")
    #expect(report.verdict == .timedOut, "\(report)")
    // They leave it a thirtieth of two processors.
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test("messages about other questions end the room, and give nobody time")
  func otherNumbers() throws {
    let report = try grade(
      slope: """
        let frame: [UInt8] = [13, 0, 0, 0] + [UInt8](repeating: 0, count: 13)
        for _ in 0..<1000 {
          for fd in 3..<256 as Range<Int32> { write(fd, frame, frame.count) }
          usleep(100_000)
        }
        """)
    #expect(report.verdict == .crashed, "\(report)")
    #expect(report.checks[0].message == "it wrote to the grader's pipe")
  }

  #if os(Linux)
    @Test(
      "nobody inside can signal, trace or limit the keeper or the grader",
      // None of these would do anything if it were let through.
      arguments: [
        "kill(keeper, 0)", "kill(grader, 0)", "kill(-keeper, 0)", "kill(-1, 0)",
        "sigqueue(grader, 0, sigval())", "limited(keeper, 0, nil, nil)",
        "traced(0x4206, Int(grader), 0, 0)",
      ])
    func fence(call: String) throws {
      let report = try grade(
        slope: """
          let words = String(
            decoding: FileManager.default.contents(atPath: "/proc/\\(getppid())/stat") ?? Data(),
            as: UTF8.self
          ).split(separator: " ")
          let keeper = getppid()
          let grader = Int32(words[3])!
          errno = 0
          guard \(call) == -1, errno == EPERM, keeper > 1, grader > 1 else { return z * 0 }
          """,
        also: """
          @_silgen_name("ptrace")
          func traced(_: Int, _: Int, _: Int, _: Int) -> Int
          @_silgen_name("prlimit")
          func limited(_: Int32, _: Int32, _: OpaquePointer?, _: OpaquePointer?) -> Int32
          """)
      #expect(report.verdict == .passed, "\(report)")
    }
  #endif

  @Test("what a room leaves behind is removed, and if that takes long, it is the attempt's time")
  func litter() throws {
    let report = try grade(
      slope: """
        for _ in 0..<600 { if mkdir("d", 0o700) != 0 || chdir("d") != 0 { break } }
        _exit(1)
        """)
    #expect(report.verdict == .crashed, "\(report)")
    let cache = try FileManager.default.contentsOfDirectory(atPath: checkout.project.cache.path)
    #expect(!cache.contains { $0.hasPrefix("scratch") }, "\(cache)")
  }

  @Test("what takes longer to remove is nobody's, and removed by the gradings that follow")
  func stubbornLitter() throws {
    let manager = FileManager.default
    let cache = checkout.project.cache
    let scratch = cache.appending(path: "scratch-nested")
    let depths = String(repeating: "d/", count: 1000)
    try manager.createDirectory(
      at: scratch.appending(path: depths), withIntermediateDirectories: true)
    Litter.remove(scratch.path, patience: .zero)
    let left = try manager.contentsOfDirectory(atPath: cache.path)
    #expect(left == ["litter-scratch-nested"])
    var rounds = 0
    // On a loaded machine one second may not be enough.
    while rounds < 20, try manager.contentsOfDirectory(atPath: cache.path).contains(left[0]) {
      rounds += 1
      _ = try grade(slope: "_ = \(rounds)")
    }
    #expect((1..<20).contains(rounds))
  }

  @Test("a library that an attempt writes over is loaded again as it was")
  func overwrittenLibrary() throws {
    let cache = checkout.project.cache.path
    let report = try grade(
      slope: """
        if z.rows == 1, z.columns > 1 {
          for name in try! FileManager.default.contentsOfDirectory(atPath: "\(cache)") {
            guard name.hasSuffix(".so") else { continue }
            unlink("\(cache)/\\(name)")
            try! Data("no library".utf8).write(to: URL(filePath: "\(cache)/\\(name)"))
          }
          fatalError("one row")
        }
        """)
    #expect(report.checks.filter { $0.status == .crashed }.map(\.name) == ["single row"])
    #expect(report.checks.count { $0.status == .passed } == report.checks.count - 1, "\(report)")
  }

  @Test("a loop that never ends with a single row costs the checks about other things nothing")
  func kin() throws {
    let report = try grade(slope: "while z.rows == 1 {}")
    let endless = report.checks.filter { $0.status == .timedOut }.map(\.name)
    #expect(endless.count == 2 && endless.first == "single row", "\(report)")
    let others = report.checks.filter {
      !$0.name.hasPrefix("single") && $0.name != CheckResult.repetition
    }
    #expect(others.allSatisfy { $0.status == .passed }, "\(report)")
  }
}

@Suite("A message that would take long to read is none")
struct LongMessageTests {
  @Test("a list of a million values")
  func values() throws {
    let body = try Wire.frame([Bool](repeating: true, count: 1 << 20)).dropFirst(4)
    #expect(throws: DecodingError.self) { try Wire.message([Bool].self, in: body) }
  }

  @Test("a matrix of more rows than anybody can go through, without a number in any")
  func rows() throws {
    let body = try Wire.frame(Matrix(rows: 1 << 61, columns: 0)).dropFirst(4)
    #expect(throws: DecodingError.self) { try Wire.message(Matrix.self, in: body) }
    let empty = try Wire.frame(Matrix(rows: 1000, columns: 0)).dropFirst(4)
    #expect(try Wire.message(Matrix.self, in: empty).rows == 1000)
  }
}

import Foundation
import GradeCommand
import Grading
import NeuronAnswers
import TestSupport
import Testing
import Workshop

@Suite("grade lldb puts one question to an attempt, in one process without limits")
struct LLDBTests {
  let checkout: Checkout
  let kata = ReLUDerivativeSuite.kata

  init() throws { checkout = try Checkout() }

  private var question: String { checkout.root.appending(path: ".katas/question").path }

  /// A toolchain that is the real one but for its lldb.
  private func toolchain(lldb script: String) throws -> String {
    let root = try Toolchain(path: ProcessInfo.processInfo.environment["PATH"]).root
    let fake = checkout.root.appending(path: "toolchain")
    let manager = FileManager.default
    try manager.createDirectory(
      at: fake.appending(path: "bin"), withIntermediateDirectories: true)
    for part in ["lib", "bin/swift-frontend", "bin/ld.lld"] {
      try manager.createSymbolicLink(
        at: fake.appending(path: part), withDestinationURL: URL(filePath: "\(root)/\(part)"))
    }
    for (name, text) in [("swiftc", "exit 1"), ("lldb", script)] {
      let file = fake.appending(path: "bin/\(name)")
      try "#!/bin/sh\n\(text)\n".write(to: file, atomically: true, encoding: .utf8)
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    return fake.appending(path: "bin").path
  }

  @Test("the room that reads the question from the file runs the attempt, and ends")
  func room() throws {
    let solution = try checkout.solution(kata)
    let body = solution.replacing("// solution:begin", with: "print(\"stopped here\")\nreturn")
    try checkout.write(body, for: kata)
    let run = try checkout.run("lldb", kata.name, "--prepare", "--seed", "7")
    #expect(run.code == .passed, "\(run.notes)")
    #expect(run.notes.hasPrefix("The question of "))
    let process = Process()
    process.executableURL = Checkout.room
    process.arguments = [question]
    let output = Foundation.Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(text.contains("stopped here\n"))
  }

  @Test("a breakpoint in the learner's file is one in what is compiled")
  func path() throws {
    try checkout.write(try checkout.solution(kata), for: kata)
    // Started in the checkout, as people do: paths inside are relative to it then.
    let run = try GradeProcess(["lldb", kata.name, "--prepare"], in: checkout).finish()
    #expect(run.status == 0, "\(run.text)")
    let cache = checkout.project.cache
    let libraries = try FileManager.default.contentsOfDirectory(atPath: cache.path)
      .filter { $0.hasSuffix(".so") }
    let folder = checkout.project.attempt(kata).deletingLastPathComponent().path
    // What was graded to find the check is no business of the debugger.
    let mapped = try libraries.filter { name in
      let library = try Data(contentsOf: cache.appending(path: name))
      return library.range(of: Data("\(folder)\0".utf8)) != nil
        && library.range(of: Data("/scratch-".utf8)) == nil
    }
    #expect(mapped.count == 1, "\(libraries)")
  }

  @Test("lldb takes the place of the grader, and stops in the learner's functions")
  func command() throws {
    try checkout.write(try checkout.solution(kata), for: kata)
    var command: [String] = []
    let check = try #require(ReLUDerivativeSuite.checkNames.dropFirst().first)
    let bin = try toolchain(lldb: "echo lldb version 1")
    let run = try checkout.run(["lldb", kata.name, check], path: bin) {
      $0.become = {
        command = $0
        return 0
      }
    }
    #expect(run.notes.hasPrefix("The question of \(check), seed 42, is in .katas/question."))
    #expect(command.first == "\(bin)/lldb")
    #expect(command.suffix(3) == ["--", Checkout.room.path, question])
    let stop = try #require(command.first { $0.contains("--file \(kata.type).swift ") })
    let library = try #require(stop.firstMatch(of: #/--shlib (\w+\.so) /#)?.output.1)
    #expect(
      FileManager.default.fileExists(
        atPath: checkout.project.cache.appending(path: String(library)).path))
  }

  @Test("where lldb cannot run, it says why and what to install")
  func noDebugger() throws {
    let bin = try toolchain(lldb: "echo 'no libpython3.10.so.1.0' >&2; exit 127")
    let run = try checkout.run(["lldb", kata.name], path: bin)
    #expect(run.code == .harnessFailed)
    #expect(
      run.notes.hasPrefix("grade: lldb cannot run: no libpython3.10.so.1.0\nswift.org/install"))
  }

  @Test("a check that is not there: the nearest one, and 64")
  func unknownCheck() throws {
    let check = try #require(ReLUDerivativeSuite.checkNames.first)
    let run = try checkout.run("lldb", kata.name, "\(check)x")
    #expect(run.code == .wrongUsage)
    #expect(run.notes == "grade: \(kata.name) has no check '\(check)x'; did you mean '\(check)'?\n")
  }

  @Test("an attempt that does not compile is not debugged")
  func broken() throws {
    try checkout.write("import KataKit\nlet x: Int = \"\"\n", for: kata)
    let run = try checkout.run("lldb", kata.name, "--prepare")
    #expect(run.code == .notPassed)
    #expect(run.notes.contains("error: cannot convert value"))
  }
}

import BackwardAnswers
import Foundation
import Grading
import TestSupport
import Testing

@testable import GradeCommand
@testable import Workshop

/// A file in the place of the directory stops even root.
@Suite("Where .katas cannot be written")
struct UnwritableMemoryTests {
  let checkout: Checkout
  let kata = BackpropSuite.kata

  init() throws {
    checkout = try Checkout()
    try Data().write(to: checkout.project.memory)
  }

  private var attempt: String {
    get throws { try String(contentsOf: checkout.project.attempt(kata), encoding: .utf8) }
  }

  @Test("an attempt that cannot be kept is not replaced", arguments: ["reset", "debug", "drill"])
  func notReplaced(command: String) throws {
    try checkout.write("precious", for: kata)
    let run = try checkout.run(command, "backprop")
    #expect(run.code == .harnessFailed)
    #expect(run.notes.contains("grade: cannot write .katas"), "\(run.notes)")
    #expect(run.output == "")
    #expect(try attempt == "precious")
  }

  @Test("there is nothing to keep of a stub: a drill begins, and a reset is done")
  func stub() throws {
    let stub = try attempt
    #expect(try checkout.run("reset", "backprop").code == .passed)
    let drill = try GradeProcess(["drill", "backprop"], in: checkout)
    #expect(try eventually { try drill.text.contains("The clock starts at your first save.") })
    #expect(try checkout.run("drill", "backprop").notes.contains("another drill is running"))
    drill.send(SIGTERM)
    let end = try drill.finish()
    #expect(end.isSignal && end.text.contains("grade: not in the journal: "), "\(end.text)")
    #expect(try attempt == stub)
  }

  @Test("no program with bugs takes the place of an attempt that it cannot be told from")
  func unmarked() throws {
    try FileManager.default.removeItem(at: checkout.project.memory)
    try FileManager.default.createDirectory(
      at: checkout.project.memory, withIntermediateDirectories: false)
    try Data().write(to: checkout.project.memory.appending(path: "debugging"))
    try checkout.write("precious", for: kata)
    let run = try checkout.run("debug", "backprop")
    #expect(run.code == .harnessFailed)
    #expect(try attempt == "precious")
  }

  @Test("the page is written elsewhere, and where is said")
  func page() throws {
    let run = try checkout.run("report")
    #expect(run.code == .passed)
    #expect(run.notes.contains("grade: cannot write .katas/report.html: "), "\(run.notes)")
    #expect(run.notes.contains("it is in another place"))
    let file = URL(filePath: String(run.output.dropLast()))
    #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix("<!doctype html>"))
  }

  @Test("a class is graded, with the seed to ask the same questions again")
  func wholeClass() throws {
    let folder = checkout.root.appending(path: "class/ada")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try checkout.solution(kata).write(
      to: folder.appending(path: "Backprop.swift"), atomically: false, encoding: .utf8)
    let end = try GradeProcess(["class", "class"], in: checkout).finish()
    #expect(end.status == 0, "\(end.text)")
    #expect(end.text.contains("to ask the same questions again, add --seed "), "\(end.text)")
    #expect(end.text.contains("Passed"))
  }
}

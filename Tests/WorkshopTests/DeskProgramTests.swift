import Foundation
import Grading
import LossAnswers
import TestSupport
import Testing

@testable import Workshop

@Suite("A program with bugs is never taken for the learner's own")
struct DeskProgramTests {
  let checkout: Checkout
  let kata = OneHotSuite.kata
  let noon = Date(timeIntervalSince1970: 1_800_000_000)

  init() throws { checkout = try Checkout() }

  private var desk: Desk { Desk(project: checkout.project) }
  private var attempt: String { get throws { try checkout.project.attempt(kata).pageText() } }

  @Test("put away, the attempt is back as it was, and the program is kept apart")
  func attemptIsBack() throws {
    try checkout.write("// mine", for: kata)
    let kept = try desk.lay(program: "// buggy", for: kata, at: noon)
    #expect(kept != nil)
    #expect(try attempt == "// buggy")
    #expect(desk.hasProgram(kata))
    #expect(try !desk.isBegun(kata))
    try checkout.write("// half mended", for: kata)
    try desk.putProgramAway(kata, at: noon + 1)
    #expect(try attempt == "// mine")
    #expect(!desk.hasProgram(kata))
    #expect(try desk.isBegun(kata))
    #expect(try desk.keptAttempts(of: kata).map(\.file) == [kept])
    let programs = try FileManager.default.contentsOfDirectory(
      at: checkout.project.programs(kata), includingPropertiesForKeys: nil)
    #expect(try programs.map { try $0.pageText() } == ["// half mended"])
  }

  @Test("where nothing was begun, the stub is back")
  func stubIsBack() throws {
    let stub = try attempt
    #expect(try desk.lay(program: "// buggy", for: kata, at: noon) == nil)
    try desk.putProgramAway(kata, at: noon)
    #expect(try attempt == stub)
    #expect(try desk.keptAttempts(of: kata).isEmpty)
  }

  @Test("whatever takes its place, no program is kept as an attempt, and the attempt is not lost")
  func replaced() throws {
    try checkout.write("// mine", for: kata)
    _ = try desk.lay(program: "// one", for: kata, at: noon)
    _ = try desk.lay(program: "// two", for: kata, at: noon + 1)
    #expect(try attempt == "// two")
    #expect(try desk.layFreshStub(kata, at: noon + 2) == nil)
    #expect(!desk.hasProgram(kata))
    let kept = try desk.keptAttempts(of: kata)
    #expect(try Set(kept.map { try $0.file.pageText() }) == ["// mine"])
    _ = try desk.lay(program: "// three", for: kata, at: noon + 3)
    #expect(try desk.restore(kept[0], of: kata, at: noon + 4) == nil)
    #expect(try attempt == "// mine")
    #expect(try desk.keptAttempts(of: kata) == kept)
  }
}

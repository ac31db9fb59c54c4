import AnswerKey
import Exam
import Foundation
import Numerics
import TestSupport
import Testing
import Variants

@testable import Grading
@testable import Workshop

@Suite("The room answers what the same code answers in this process, to the last bit")
struct SameBitsTests {
  @Test("every question, to every solution", arguments: Catalogue.curriculum.katas.map(\.name))
  func solutions(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    try compare(suite)
  }

  private func compare<S: Grading.Suite>(_ suite: S.Type) throws {
    let project = Project(root: Checkout.source)
    let file = project.solution(S.kata)
    let grader = try Grader(
      project: project, executable: Checkout.executable,
      path: ProcessInfo.processInfo.environment["PATH"])
    let type = "\(S.kata.type).swift"
    let product = try grader.compiler.compile(
      [UInt8](Data(contentsOf: file)), fileName: type, path: file.path, color: false)
    guard case .library(let library) = product else {
      Issue.record("\(product)")
      return
    }
    let place = RoomPlace(
      executable: Checkout.room.path, library: { _ in library }, path: file.path,
      cache: grader.compiler.cache, adoptsOrphans: false)
    var room = RoomExaminee<S>(place, limits: RoomLimits(), meanwhile: {})
    defer { room.close() }
    var insider = Insider<S>(try #require(CorrectAnswers.solution(type: S.kata.type)))
    #expect(try room.start(forgetting: false) == nil)
    #expect(insider.start(forgetting: false) == nil)
    let paper = Paper<S>(seed: 3)
    #expect(!paper.questions.isEmpty)
    for question in paper.questions {
      let drawn = paper.drawn(question, seed: 3)
      guard
        case .answer(let parts, _) = try room.reply(to: drawn.script, on: drawn.fixture),
        case .answer(let expected, _) = insider.reply(to: drawn.script, on: drawn.fixture)
      else {
        Issue.record("no answer to \(question.id(seed: 3))")
        continue
      }
      #expect(parts.isIdentical(to: expected), "\(question.id(seed: 3))")
    }
  }
}

import AnswerKey
import Foundation
import Grading
import TestSupport
import Testing

@testable import Workshop

@Test("a solution fits on a whiteboard", arguments: Catalogue.curriculum.katas)
func whiteboard(kata: Kata) throws {
  let page = Stub.withoutMarkers(try Project(root: Checkout.source).solutionText(kata))
  let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    .filter { !$0.contains("// bug") }
  #expect(lines.count < (kata.name == "mlp" ? 125 : 46))
}

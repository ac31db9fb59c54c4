import AnswerKey
import Exam
import KataKit
import Testing

@testable import Grading

@Suite("Every question has siblings: the same sizes, other values")
struct SiblingTests {
  /// Constants, of which there is no other.
  private static let constants: Set<String> = []

  @Test("all but the constants that are listed", arguments: Catalogue.curriculum.katas.map(\.name))
  func siblings(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let found = (0..<5 as Range<UInt64>).reduce(into: Set<String>()) {
      $0.formUnion(oddCases(of: suite, seed: $1))
    }
    let listed = Self.constants.filter { $0.hasPrefix("\(kata): ") }
    #expect(found == listed)
  }

  /// The cases without a sibling, or with one of other shapes.
  private func oddCases<S: Grading.Suite>(of suite: S.Type, seed: UInt64) -> Set<String> {
    let paper = Paper<S>(seed: seed)
    return Set(
      paper.questions.filter { question in
        guard let sibling = paper.sibling(of: question) else { return true }
        let drawn = paper.drawn(question, seed: seed)
        return shapes(sibling.trueParts) != shapes(drawn.trueParts)
          || sibling.trueParts.isIdentical(to: drawn.trueParts) && question.asksForNumbers(drawn)
      }.map { "\(S.kata.name): \($0.probe.name)" })
  }

  private func shapes(_ parts: [Part]) -> [String] { parts.map { "\($0.name) \($0.value.shape)" } }
}

extension Question {
  /// Whether an answer depends on the values at all: verdicts and counts may be the same for all.
  fileprivate func asksForNumbers(_ drawn: Drawn<S>) -> Bool {
    drawn.trueParts.contains { $0.value.elements.contains { $0 != $0.rounded() } }
  }
}

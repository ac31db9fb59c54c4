import AnswerKey
import Exam
import KataKit
import Testing

@testable import Grading

@Suite("Every question has siblings: the same sizes, other values")
struct SiblingTests {
  /// Constants, of which there is no other; and large samples, which are asked for once.
  private static let without: Set<String> = [
    "dropout: 10 000 at p = 0.25", "dropout: 10 000 at p = 0.5", "dropout: 10 000 at p = 0.65",
    "gradient-check: cube",
    "binary-cross-entropy: 0 where right", "binary-cross-entropy: 1 where right",
    "he-init: 300 × 101", "he-init: 60 × 200", "he-init: few inputs", "perceptron: OR gate",
    "xavier-init: 300 × 101", "xavier-init: 60 × 200",
    "xavier-init: few inputs", "xavier-init: many small layers", "he-init: many small layers",
    "mini-batches: thousands of rows",
  ]

  @Test("all but those that are listed", arguments: Catalogue.curriculum.katas.map(\.name))
  func siblings(kata: String) throws {
    let suite = try #require(Catalogue.curriculum.suite(named: kata))
    let found = try (0..<5 as Range<UInt64>).reduce(into: Set<String>()) {
      $0.formUnion(try oddCases(of: suite, seed: $1))
    }
    let listed = Self.without.filter { $0.hasPrefix("\(kata): ") }
    #expect(found == listed)
  }

  /// The cases without a sibling, or with one of other shapes or with the same values.
  private func oddCases<S: Grading.Suite>(of suite: S.Type, seed: UInt64) throws -> Set<String> {
    let paper = Paper<S>(seed: seed)
    return Set(
      try paper.questions.filter { question in
        guard let sibling = paper.sibling(of: question) else { return true }
        let drawn = paper.drawn(question, seed: seed)
        let isSame = try Wire.frame(sibling.fixture) == Wire.frame(drawn.fixture)
        return isSame || shapes(sibling.trueParts) != shapes(drawn.trueParts)
      }.map { "\(S.kata.name): \($0.probe.name)" })
  }

  private func shapes(_ parts: [Part]) -> [String] { parts.map { "\($0.name) \($0.value.shape)" } }
}

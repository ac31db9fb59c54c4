import AnswerKey
import Grading
import Testing

@testable import GradeCommand

@Suite("From the shell to a verdict")
struct KeystrokeTests {
  private let completion = Completion(catalogue: .curriculum) { [] }

  /// What a shell makes of the word before a tab: as far as all candidates agree.
  private func completed(_ typed: String) -> String {
    let words = completion.candidates(for: [typed]).map(\.word)
    return words.dropFirst().reduce(words.first ?? typed) { $0.commonPrefix(with: $1) }
  }

  /// The fewest keys that grade a kata: letters, tabs, and the return at the end.
  private func keys(for name: String) -> Int? {
    var fewest = ["": "grade ".count]
    for count in 0..<name.count {
      guard let keys = fewest[String(name.prefix(count))] else { continue }
      for text in [String(name.prefix(count + 1)), completed(String(name.prefix(count)))]
      where text.count > count && name.hasPrefix(text) {
        fewest[text] = min(fewest[text] ?? .max, keys + 1)
      }
    }
    return fewest[name].map { $0 + 1 }
  }

  @Test("at most 14 keys, of any kata", arguments: Catalogue.curriculum.katas.map(\.name))
  func atMost(name: String) throws {
    let keys = try #require(self.keys(for: name))
    #expect(keys <= 14)
  }

  @Test("the keys are counted as one would")
  func counted() {
    // "grade bac", tab, return; "grade lear", tab, "f", tab, return; "grade ad", tab, "w", return.
    #expect(keys(for: "backprop") == 11)
    #expect(keys(for: "learning-rate-finder") == 14)
    #expect(keys(for: "adamw") == 11)
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

import AnswerKey
import Foundation
import Grading
import Testing

/// Turns of phrase that read as if translated, and spellings that are not this project's.
@Suite("What a learner reads is in American English")
struct PhrasesTests {
  /// Regular expressions, without regard to case.
  private static let phrases = [
    "can not", "is begun", "where .* would hold", "itself learns", "knows? of another",
    "asked (on its own|by itself)", "one an ", "one a (feature|layer|row|parameter|sweep|step)\\b",
    "(gradient|derivative|slope) by (the|every|zₖ)? ?(logit|probabilit|prediction|parameter|weight)",
    "goes by the", "isation\\b", "(al|im|ar|rd)is(e|ed|es|ing|er|ers)\\b", "centred", "neighbour",
    "behaviour", "colour", "learnt", "towards", "upwards", "for ever\\b",
    "\\bcentre", "afterwards", "practis", "judgement", "\\bany more\\b", "way round\\b",
  ]

  @Test("and no phrase that was mended comes back", arguments: phrases)
  func phrase(_ phrase: String) throws {
    let expression = try Regex(phrase).ignoresCase()
    var pages = 0
    for page in try Self.pages() {
      pages += 1
      let text = try String(contentsOf: page, encoding: .utf8)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      where line.contains(expression) {
        Issue.record(
          "\(page.pathComponents.suffix(2).joined(separator: "/")):\(number + 1): \(line)")
      }
    }
    #expect(pages > 100)
    let sentences = try Self.sentences()
    #expect(sentences.count > 1000)
    for sentence in sentences where sentence.contains(expression) { Issue.record("\(sentence)") }
  }

  /// What is said of every known mistake.
  private static func sentences() throws -> [String] {
    let list = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/identifiers.txt")
    return try String(contentsOf: list, encoding: .utf8).split(separator: "\n").compactMap {
      let words = $0.split(separator: "\t").map(String.init)
      guard words.count == 2 else { return nil }
      return Catalogue.curriculum.sentence(ofMistake: words[1], in: words[0])
    }
  }

  private static func pages() throws -> [URL] {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let katas = root.appending(path: "katas")
    return try FileManager.default.subpathsOfDirectory(atPath: katas.path)
      .filter { $0.hasSuffix(".md") }.map { katas.appending(path: $0) }
      + ["README.md", "CONTRIBUTING.md"].map { root.appending(path: $0) }
  }
}

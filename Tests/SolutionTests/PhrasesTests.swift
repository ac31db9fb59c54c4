import Foundation
import Testing

/// Turns of phrase that read as if translated, and spellings that are not this project's.
@Suite("The pages of the katas are in American English")
struct PhrasesTests {
  /// Regular expressions, without regard to case.
  private static let phrases = [
    "can not", "is begun", "where .* would hold", "itself learns", "knows? of another",
    "asked (on its own|by itself)", "one an ", "one a (feature|layer|row|parameter|sweep|step)\\b",
    "(gradient|derivative|slope) by (the|every|zₖ)? ?(logit|probabilit|prediction|parameter|weight)",
    "goes by the", "isation\\b", "(al|im|ar|rd)is(e|ed|es|ing|er|ers)\\b", "centred", "neighbour",
    "behaviour", "colour", "learnt", "towards", "upwards", "for ever\\b",
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
  }

  private static func pages() throws -> [URL] {
    let katas = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "katas")
    return try FileManager.default.subpathsOfDirectory(atPath: katas.path)
      .filter { $0.hasSuffix(".md") }.map { katas.appending(path: $0) }
  }
}

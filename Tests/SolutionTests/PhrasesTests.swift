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
    "goes by the", "for ever\\b", "\\bany more\\b", "way round\\b", "README of the package",
  ]

  private static let spellings = [
    "isation", "(al|im|ar|rd)is(e|ed|es|ing|er|ers)\\b", "centre", "neighbour", "behaviour",
    "colour", "favour", "learnt", "towards", "upwards", "afterwards", "practis", "judgement",
    "labelled\\b", "cancell(ed|ing)", "grey", "artefact",
  ]

  @Test("and no phrase that was mended comes back", arguments: phrases + spellings)
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

  @Test("and names are spelled as sentences are, but for identifiers that are published")
  func spelling() throws {
    let wrong = try Self.spellings.map { try Regex($0).ignoresCase() }
    let published = Set(try Self.identifiers().map { "\"\($0.mistake)\"" })
    var files = 0
    for file in try Self.files(in: "Sources", ending: ".swift") {
      files += 1
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      for line in lines where wrong.contains(where: line.contains) {
        let rest = line.replacing(#/"[a-z0-9-]+"/#) {
          published.contains(String($0.output)) ? "" : $0.output
        }
        for spelling in wrong where rest.contains(spelling) {
          Issue.record("\(file.lastPathComponent): \(line)")
        }
      }
    }
    #expect(files > 300)
  }

  /// What is said of every known mistake, the names of all checks, and what is said of a kata.
  private static func sentences() throws -> [String] {
    let ofMistakes = try identifiers().compactMap {
      Catalogue.curriculum.sentence(ofMistake: $0.mistake, in: $0.kata)
    }
    return ofMistakes
      + Catalogue.curriculum.suites.flatMap { suite in
        suite.checkNames + [suite.kata.title] + suite.kata.additions.map(\.sentence)
      }
  }

  private static func identifiers() throws -> [(kata: String, mistake: String)] {
    let list = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/identifiers.txt")
    return try String(contentsOf: list, encoding: .utf8).split(separator: "\n").compactMap {
      let words = $0.split(separator: "\t").map(String.init)
      return words.count == 2 ? (words[0], words[1]) : nil
    }
  }

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func files(in folder: String, ending suffix: String) throws -> [URL] {
    let folder = root.appending(path: folder)
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(suffix) }.map { folder.appending(path: $0) }
  }

  private static func pages() throws -> [URL] {
    try files(in: "katas", ending: ".md")
      + ["README.md", "CONTRIBUTING.md"].map { root.appending(path: $0) }
  }
}

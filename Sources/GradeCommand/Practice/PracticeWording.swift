import Grading
import Workshop

/// What watching, drills and mock interviews say.
enum PracticeWording {
  static let hintKey = "h hint"
  static let statementKey = "s statement"
  static let allKey = "a all"
  static let pressForAll = "a: all"
  static let grading = "grading…"
  static let watchKeys = [hintKey, statementKey, allKey, "r reset", "n next", "q quit"]
  static let firstLook = "Grading what is there…"
  static let nothingElse = "No other kata is left to pass."
  static let resetQuestion = "Reset to a blank stub? Your attempt is kept. y/n"
  static let noHints = "This kata has no hints."

  static func graded(at time: String) -> String { "graded \(time)" }

  static func missing(_ file: String) -> String { "\(file) is gone; waiting for it" }

  static func pageKeys(hasMore: Bool) -> String {
    hasMore ? "space: more · any other key: back" : "any key: back"
  }

  static func empty(_ file: String) -> String { "\(file) is empty; waiting for it" }

  static func printed(_ text: String) -> String { text.lines.map { "  \($0)\n" }.joined() }

  static func laid(kept: String?) -> String {
    kept.map { "Reset to a blank stub; your attempt is kept as \($0)" } ?? "Reset to a blank stub."
  }

  static func hint(_ level: Int, of count: Int, _ text: String) -> String {
    "Hint \(level) of \(count). \(text)\n"
  }
}

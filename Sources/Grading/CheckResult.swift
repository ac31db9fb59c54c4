/// What became of one check.
package struct CheckResult: Codable, Equatable, Sendable {
  package enum Status: String, Codable, Sendable {
    case passed, failed, crashed, skipped
    case timedOut = "timed-out"
  }

  /// The name of the check that asks the same twice.
  package static let repetition = "same answer twice"

  package var name: String
  package var status: Status
  /// What was found: the evidence where it failed, the precision where it passed.
  package var message: String?
  /// The pattern that wrong numbers follow, as a sentence.
  package var pattern: String?
  /// Where in the attempt it happened, as far as is known.
  package var file: String?
  package var line: Int?
  package init(
    name: String, status: Status, message: String? = nil, pattern: String? = nil,
    file: String? = nil, line: Int? = nil
  ) {
    self.name = name
    self.status = status
    self.message = message
    self.pattern = pattern
    self.file = file
    self.line = line
  }
}

/// A known mistake that reproduces the attempt's own numbers.
package struct NamedMistake: Codable, Equatable, Sendable {
  package let id: String
  package let sentence: String
  /// Where several explanations fit equally: the number of the one that this belongs to, from 1.
  package let alternative: Int?

  package init(id: String, sentence: String, alternative: Int? = nil) {
    self.id = id
    self.sentence = sentence
    self.alternative = alternative
  }
}

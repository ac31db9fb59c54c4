/// How the answers of an attempt differ from the truth, where no known mistake explains them.
package struct Difference: Codable, Equatable, Sendable {
  /// The whole of it, as a person reads it.
  package let sentence: String
  /// The first block that is wrong, in the order of computation.
  package let block: String
  /// What its numbers are: "n = 5 times what is expected".
  package let relation: String?
  /// Where in the block; nil where all of it is wrong.
  package let place: String?
  /// The blocks that are right, in their order.
  package let right: [String]

  /// Whether more is known than where it begins.
  package var isExplained: Bool { relation != nil || place != nil }
}

/// A bug that stands in a solution as comments above the lines that it replaces.
package struct PlantedBug: Equatable, Sendable {
  /// The mistake of the kata's catalogue that it is.
  package let id: String
  /// The lines that it replaces, counted from 0 in the solution without its bugs.
  package let lines: Range<Int>
  /// What stands in their place, indented as the comment was; fewer where some are left out.
  package let replacement: [String]
  /// The line of its first comment, from 1.
  let comment: Int
}

/// Why a comment that plants a bug cannot be understood.
package enum BugCommentError: Equatable, Sendable {
  /// It has no identifier, or no colon behind it.
  case unclosed
  /// It stands where the learner writes nothing.
  case outsideRegion
  /// Its region ends before as many lines as it replaces.
  case nothingToReplace
  /// The kata has another one of this name.
  case twice(String)
  /// The catalogue of the kata knows no such mistake.
  case unknown(String)
}

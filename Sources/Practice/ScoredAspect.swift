/// One of the four things that interviewers score.
package enum ScoredAspect: String, CaseIterable, Sendable {
  case understanding, skill, rationale, communication

  /// From 1, weak, to 4, strong.
  package static let ratings = 1...4
}

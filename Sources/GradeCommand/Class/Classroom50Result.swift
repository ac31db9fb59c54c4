#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// One student's result as the runner of Classroom 50 reads it from `result.json`.
package struct Classroom50Result: Codable, Equatable, Sendable {
  package struct Test: Codable, Equatable, Sendable {
    package let name: String
    package let passed: Bool
    package let score: Int
    package let most: Int
    /// The runner keeps what it does not know.
    package let message: String

    enum CodingKeys: String, CodingKey {
      case passed, score, message
      case name = "test-name"
      case most = "max-score"
    }
  }

  package var schema = "classroom50/result/v1"
  package let classroom: String
  package let assignment: String
  package let assignmentType: String
  package let owner: String
  package let submission: String
  package let commit: String
  package let release: String
  package let review: String
  package let datetime: String
  package let score: Int
  package let most: Int
  package let tests: [Test]

  enum CodingKeys: String, CodingKey {
    case schema, classroom, assignment, owner, submission, commit, release, review, datetime, score
    case tests
    case assignmentType = "assignment_type"
    case most = "max-score"
  }

  /// - Parameter environment: of the runner, which says whose submission it is; outside of it the fields
  ///   say so.
  package init(
    _ rows: [ClassResult.Row], student: String, environment: [String: String], now: Date
  ) {
    func said(_ names: String..., or otherwise: String) -> String {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? otherwise
    }
    classroom = said("CLASSROOM", or: "local")
    assignment = said("ASSIGNMENT", or: "local")
    assignmentType = said("ASSIGNMENT_TYPE", or: "individual")
    owner = said("OWNER", "USERNAME", or: student)
    submission = said("SUBMISSION_TAG", or: "submit/local")
    commit = said("COMMIT_URL", or: "local")
    release = said("RELEASE_URL", or: "local")
    review = said("REVIEW_URL", "COMMIT_URL", or: "local")
    datetime = now.formatted(.iso8601)
    tests = rows.map { row in
      let most = Int(row.maxPoints.rounded())
      // The form has whole points only; a part of one is none.
      let score = row.verdict == .passed ? most : min(most, Int(row.points.rounded(.down)))
      return Test(
        name: row.kata, passed: row.verdict == .passed, score: score, most: most,
        message: row.sentence)
    }
    score = tests.map(\.score).reduce(0, +)
    most = tests.map(\.most).reduce(0, +)
  }
}

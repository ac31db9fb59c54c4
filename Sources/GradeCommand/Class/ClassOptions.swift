import Workshop

/// How the result of a class is written.
package enum ClassFormat: String, CaseIterable, Sendable {
  case text, csv, json, junit, html, gradescope, classroom50, exercism, github

  /// The file that the form is read from, where it has one student's result and not a class's.
  var fileName: String? {
    switch self {
    case .text, .csv, .json, .junit, .html, .github: nil
    case .gradescope, .exercism: "results.json"
    case .classroom50: "result.json"
    }
  }
}

package struct ClassOptions: Equatable, Sendable {
  /// The folder of submissions.
  var directory: String
  /// Whose all of it is, if it is one student's.
  var student: String?
  var points = Points()
  /// The same for everybody, and kept for the next time, unless it is given.
  var seed: UInt64?
  var shard: Shard?
  /// As many as there are cores, unless said.
  var jobs: Int?
  /// Whether what is graded already is graded again.
  var gradesAgain = false
  var page = ClassPage()
}

/// What becomes of a result.
package struct ClassPage: Equatable, Sendable {
  var format = ClassFormat.text
  /// The file to write, or the folder where there is a file per student; standard output without.
  var output: String?
  var color = ColorChoice.auto
}

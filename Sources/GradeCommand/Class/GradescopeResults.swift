import Grading
import Workshop

/// One student's result as Gradescope reads it from `results.json`.
///
/// The fields are those of its autograder specification; those that may be left out and say nothing are.
package struct GradescopeResults: Codable, Equatable, Sendable {
  package struct Test: Codable, Equatable, Sendable {
    package let name: String
    package let number: String
    package let score: Double
    package let maxScore: Double
    package let status: String
    package let output: String
    package var outputFormat = "md"
    package let tags: [String]
    package var visibility = "visible"

    enum CodingKeys: String, CodingKey {
      case name, number, score, status, output, tags, visibility
      case maxScore = "max_score"
      case outputFormat = "output_format"
    }
  }

  package struct Standing: Codable, Equatable, Sendable {
    package let name: String
    package let value: Double
  }

  package let score: Double
  package let executionTime: Int
  package let output: String
  package var outputFormat = "md"
  package var visibility = "visible"
  /// What the attempt printed is nobody else's.
  package var stdoutVisibility = "hidden"
  package let tests: [Test]
  package let leaderboard: [Standing]

  enum CodingKeys: String, CodingKey {
    case score, output, visibility, tests, leaderboard
    case executionTime = "execution_time"
    case outputFormat = "output_format"
    case stdoutVisibility = "stdout_visibility"
  }

  /// Students read all of it, so it does not say the seed.
  package init(_ rows: [ClassResult.Row]) {
    let passed = rows.count { $0.verdict == .passed }
    score = rows.total(of: \.points)
    executionTime = Int(rows.map(\.seconds).reduce(0, +).rounded(.up))
    output = "\(passed) of \(Figures.count(rows.count, "kata")) passed."
    tests = rows.enumerated().map { index, row in
      Test(
        name: row.kata, number: "\(index + 1)", score: row.points, maxScore: row.maxPoints,
        status: row.verdict == .passed ? "passed" : "failed", output: Self.output(of: row),
        tags: row.mistakes.map(\.id))
    }
    leaderboard = [
      Standing(name: "Points", value: score), Standing(name: "Katas passed", value: Double(passed)),
    ]
  }

  /// The sentence, and the checks below it.
  private static func output(of row: ClassResult.Row) -> String {
    let checks = row.checks.map { check in
      let name = escape(check.name)
      return switch check.status {
      case .passed: "- ✓ \(name)"
      case .skipped: "- · \(name), not asked"
      case .failed, .crashed, .timedOut:
        "- ✗ \(name)" + (check.message.map { ": \(escape($0))" } ?? "")
      }
    }
    return (["\(escape(row.sentence))"] + (checks.isEmpty ? [] : [""] + checks))
      .joined(separator: "\n")
  }

  /// Text that Markdown would take for markup, as it is.
  private static func escape(_ text: String) -> String {
    String(
      text.withoutControls.flatMap { character -> String in
        if character.isNewline { return " " }
        return "\\`*_{}[]<>#|&~".contains(character) ? "\\\(character)" : "\(character)"
      })
  }
}

extension [ClassResult.Row] {
  /// A sum of hundredths, without the crumbs of binary fractions.
  package func total(of points: KeyPath<ClassResult.Row, Double>) -> Double {
    (map { $0[keyPath: points] }.reduce(0, +) * 100).rounded() / 100
  }
}

import Grading

extension JUnit {
  /// The result of a class: a suite per student and kata, a case per check.
  static func document(_ result: ClassResult) -> String {
    document(
      suites: result.rows.map { row in
        Suite(
          name: "\(row.student)/\(row.kata)", kata: row.kata, verdict: row.verdict.rawValue,
          isPassed: row.verdict == .passed, reason: row.sentence, checks: row.checks,
          sentence: row.verdict == .passed ? "" : row.sentence, seconds: row.seconds,
          properties: [
            ("student", row.student), ("kata", row.kata), ("verdict", row.verdict.rawValue),
            ("points", Points.text(row.points)), ("max-points", Points.text(row.maxPoints)),
            ("mistakes", row.mistakes.map(\.id).joined(separator: " ")),
            ("file", row.file ?? ""), ("seed", "\(result.seed)"),
          ])
      })
  }
}

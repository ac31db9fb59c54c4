import Grading

extension JUnit {
  /// The result of a class: a suite per student and kata, a case per check.
  static func document(_ result: ClassResult) -> String {
    document(
      suites: result.rows.map { row in
        Suite(
          name: "\(row.student)/\(row.kata)", kata: row.kata,
          checks: row.checks.isEmpty
            ? [
              CheckResult(
                name: row.verdict.rawValue,
                status: row.verdict == .passed ? .passed : .failed, message: row.sentence)
            ] : row.checks,
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

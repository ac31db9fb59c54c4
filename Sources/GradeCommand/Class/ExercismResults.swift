import Grading

/// One attempt as the website of exercism reads it from `results.json`, version 2.
package struct ExercismResults: Codable, Equatable, Sendable {
  /// Longer messages are cut there.
  private static let longest = 65_535

  package struct Test: Codable, Equatable, Sendable {
    package let name: String
    package let status: String
    package let message: String?
    /// What puts this question to the attempt.
    package let testCode: String

    enum CodingKeys: String, CodingKey {
      case name, status, message
      case testCode = "test_code"
    }
  }

  package var version = 2
  package let status: String
  package let message: String?
  package let tests: [Test]

  package init(_ row: ClassResult.Row) {
    tests = row.checks.map { check in
      let status =
        switch check.status {
        case .passed: "pass"
        case .failed: "fail"
        case .crashed, .timedOut, .skipped: "error"
        }
      let isFirst = check == row.checks.leading
      // Whatever does not pass has to say something.
      let message = [check.message ?? status, isFirst ? row.sentence : nil].compactMap(\.self)
      return Test(
        name: check.name, status: status,
        message: check.status == .passed ? nil : Self.cut(message.joined(separator: "\n")),
        testCode: "swift run grade \(row.kata) --show \"\(check.name)\"")
    }
    switch row.verdict {
    case .passed: (status, message) = ("pass", nil)
    case _ where tests.contains { $0.status != "error" }: (status, message) = ("fail", nil)
    default: (status, message) = ("error", Self.cut(row.sentence))
    }
  }

  private static func cut(_ text: String) -> String {
    String(decoding: text.utf8.prefix(longest), as: UTF8.self)
  }
}

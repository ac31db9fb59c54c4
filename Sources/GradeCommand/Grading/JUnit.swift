import Grading
import Practice
import Workshop

/// Reports as JUnit XML, for continuous integration: a suite a kata, a case a check.
enum JUnit {
  static func document(_ reports: [Report]) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      + reports.map(suite).joined() + "</testsuites>\n"
  }

  private static func suite(_ report: Report) -> String {
    // An attempt that never came to its checks is one failed case.
    let checks =
      report.checks.isEmpty
      ? [CheckResult(name: report.verdict.rawValue, status: .failed, message: report.message)]
      : report.checks
    let failures = checks.count { [.failed, .crashed, .timedOut].contains($0.status) }
    let skipped = checks.count { $0.status == .skipped }
    let mistakes =
      report.mistakes.isEmpty
      ? report.difference?.sentence ?? ""
      : report.mistakes.map(\.sentence).joined(separator: " ")
    let cases = checks.map { check in
      let name = "    <testcase classname=\"\(escape(report.kata))\" name=\"\(escape(check.name))\""
      let message = escape([check.message ?? "", mistakes].joined(separator: " "))
      return switch check.status {
      case .passed: "\(name)/>\n"
      case .skipped: "\(name)><skipped/></testcase>\n"
      case .failed: "\(name)><failure message=\"\(message)\"/></testcase>\n"
      case .crashed, .timedOut: "\(name)><error message=\"\(message)\"/></testcase>\n"
      }
    }
    return "  <testsuite name=\"\(escape(report.kata))\" tests=\"\(checks.count)\" "
      + "failures=\"\(failures)\" skipped=\"\(skipped)\" time=\"\(report.seconds)\">\n"
      + cases.joined() + "  </testsuite>\n"
  }

  private static func escape(_ text: String) -> String {
    String(
      text.flatMap { character -> String in
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "\n": "&#10;"
        // What XML 1.0 cannot hold at all.
        case _ where character.unicodeScalars.contains { $0.value < 0x20 && $0.value != 9 }: "?"
        default: String(character)
        }
      })
  }
}

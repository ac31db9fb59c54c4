import Grading
import Practice
import Workshop

/// Reports as JUnit XML, for continuous integration: a suite a kata, a case a check.
enum JUnit {
  struct Suite {
    let name: String
    let kata: String
    let checks: [CheckResult]
    /// What is said of every check that did not pass.
    let sentence: String
    let seconds: Double
    var properties: [(name: String, value: String)] = []
  }

  static func document(_ reports: [Report]) -> String { document(suites: reports.map(suite)) }

  static func document(suites: [Suite]) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      + suites.map(text).joined() + "</testsuites>\n"
  }

  private static func suite(_ report: Report) -> Suite {
    // An attempt that never came to its checks is one failed case.
    let checks =
      report.checks.isEmpty
      ? [CheckResult(name: report.verdict.rawValue, status: .failed, message: report.message)]
      : report.checks
    let mistakes =
      report.mistakes.isEmpty
      ? report.difference?.sentence ?? ""
      : report.mistakes.map(\.sentence).joined(separator: " ")
    return Suite(
      name: report.kata, kata: report.kata, checks: checks, sentence: mistakes,
      seconds: report.seconds)
  }

  private static func text(_ suite: Suite) -> String {
    let failures = suite.checks.count { [.failed, .crashed, .timedOut].contains($0.status) }
    let skipped = suite.checks.count { $0.status == .skipped }
    let cases = suite.checks.map { check in
      let name = "    <testcase classname=\"\(escape(suite.kata))\" name=\"\(escape(check.name))\""
      let message = escape([check.message ?? "", suite.sentence].joined(separator: " "))
      return switch check.status {
      case .passed: "\(name)/>\n"
      case .skipped: "\(name)><skipped/></testcase>\n"
      case .failed: "\(name)><failure message=\"\(message)\"/></testcase>\n"
      case .crashed, .timedOut: "\(name)><error message=\"\(message)\"/></testcase>\n"
      }
    }
    let properties = suite.properties.map {
      "      <property name=\"\(escape($0.name))\" value=\"\(escape($0.value))\"/>\n"
    }
    return "  <testsuite name=\"\(escape(suite.name))\" tests=\"\(suite.checks.count)\" "
      + "failures=\"\(failures)\" skipped=\"\(skipped)\" time=\"\(suite.seconds)\">\n"
      + (properties.isEmpty
        ? "" : "    <properties>\n" + properties.joined() + "    </properties>\n")
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

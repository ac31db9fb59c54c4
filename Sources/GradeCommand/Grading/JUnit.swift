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

    /// - Parameters:
    ///   - verdict: the case that failed where no check did, so that who has not passed is never green.
    ///   - reason: what there is to say of it.
    init(
      name: String, kata: String, verdict: String, isPassed: Bool, reason: String?,
      checks: [CheckResult], sentence: String, seconds: Double,
      properties: [(name: String, value: String)] = []
    ) {
      let isSaid = isPassed || checks.contains { ![.passed, .skipped].contains($0.status) }
      let outcome = CheckResult(name: verdict, status: .failed, message: reason)
      (self.name, self.kata, self.sentence, self.seconds) = (name, kata, sentence, seconds)
      self.checks = (isSaid ? [] : [outcome]) + checks
      self.properties = properties
    }
  }

  static func document(_ reports: [Report]) -> String { document(suites: reports.map(suite)) }

  static func document(suites: [Suite]) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      + suites.map(text).joined() + "</testsuites>\n"
  }

  private static func suite(_ report: Report) -> Suite {
    let mistakes =
      report.mistakes.isEmpty
      ? report.difference?.sentence ?? ""
      : report.mistakes.map(\.sentence).joined(separator: " ")
    return Suite(
      name: report.kata, kata: report.kata, verdict: report.verdict.rawValue,
      isPassed: report.verdict == .passed,
      reason: report.message ?? report.checks.leading?.message, checks: report.checks,
      sentence: mistakes, seconds: report.seconds)
  }

  private static func text(_ suite: Suite) -> String {
    let failures = suite.checks.count { $0.status == .failed }
    let errors = suite.checks.count { [.crashed, .timedOut].contains($0.status) }
    let skipped = suite.checks.count { $0.status == .skipped }
    let cases = suite.checks.map { check in
      let name = "    <testcase classname=\"\(escape(suite.kata))\" name=\"\(escape(check.name))\""
      let words = [check.message, suite.sentence == check.message ? nil : suite.sentence]
      let message = escape(words.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " "))
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
      + "failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\" time=\"\(suite.seconds)\">\n"
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
        case _ where character.unicodeScalars.contains(where: isOutsideOfXML): "?"
        default: String(character)
        }
      })
  }

  private static func isOutsideOfXML(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 && scalar != "\t" || 0xFFFE...0xFFFF ~= scalar.value
  }
}

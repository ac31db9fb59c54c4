import Grading
import Practice
import Workshop

/// The reports of `grade all`, one line each.
struct Summary {
  let reports: [Report]
  let style: Style

  var text: String {
    guard !reports.isEmpty else {
      return "Nothing is begun yet. 'swift run grade list' shows the katas.\n"
    }
    let lines = reports.map { report in
      let (symbol, tone): (String, Style.Tone) =
        report.verdict == .passed ? ("✓", .good) : ("✗", .bad)
      return "  \(style.paint(symbol, tone)) \(report.kata.padded(to: 24)) "
        + style.wrap(outcome(of: report), indent: 29)
    }
    let passed = reports.count { $0.verdict == .passed }
    return lines.joined(separator: "\n") + "\n\n  \(passed) of \(reports.count) passed.\n"
  }

  private func outcome(of report: Report) -> String {
    switch report.verdict {
    case .passed: "passed, \(report.checks.count) checks"
    case .failed:
      report.mistakes.first?.sentence
        ?? report.checks.first { $0.status == .failed }?.message ?? "failed"
    case .notAttempted: "not attempted"
    case .doesNotCompile: "does not compile"
    case .crashed:
      "stops: \(report.checks.first { $0.status == .crashed }?.message ?? "crashed")"
    case .timedOut: "does not come to an end"
    }
  }
}

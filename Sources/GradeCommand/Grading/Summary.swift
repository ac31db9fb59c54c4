import Grading
import Practice
import Workshop

/// The reports of `grade all`, one line each.
struct Summary {
  let reports: [Report]
  let style: Style

  var text: String {
    guard !reports.isEmpty else {
      return "Nothing has been started yet. 'swift run grade list' shows the katas.\n"
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
    let leading = report.checks.leading
    let evidence = leading.flatMap { check in check.message.map { "\(check.name): \($0)" } }
    switch report.verdict {
    case .passed: return "passed, \(report.checks.count) checks"
    case .failed:
      let sentences =
        report.mistakes.filter { ($0.alternative ?? 1) == 1 }.map(\.sentence)
        + [report.difference?.sentence].compactMap(\.self)
      var rest = report.checks
      rest.removeAll { $0 == leading }
      let counted = CheckList.counted(rest).map { "(\($0))" }
      return ([evidence.map { "\($0)." } ?? "failed"] + sentences + [counted].compactMap(\.self))
        .joined(separator: " ")
    case .notAttempted: return "not attempted"
    case .doesNotCompile:
      return "does not compile\(report.message.flatMap(firstError).map { ": \($0)" } ?? "")"
    case .crashed: return "stops: \(evidence ?? "crashed")"
    case .timedOut: return "does not come to an end\(evidence.map { ": \($0)" } ?? "")"
    }
  }

  /// "cannot find 'x' in scope", of the compiler's words.
  private func firstError(_ words: String) -> String? {
    words.split(separator: "error: ").dropFirst().first?.lines.first
      .map { String($0).replacing(#/\u{1B}\[[0-9;]*m/#, with: "") }
  }
}

extension Substring {
  fileprivate var lines: [Substring] { split(separator: "\n") }
}

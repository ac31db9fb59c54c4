import Grading
import Practice
import Workshop

/// What is seen of a program by somebody who does not know what is wrong with it.
struct Symptom: Equatable {
  /// As an interviewer would say it.
  let sentence: String
  /// The first number or shape that is wrong.
  var evidence: String?
  /// The first there is: a screen has room for one.
  var picture: Picture?

  init(_ report: Report) {
    switch report.verdict {
    case .passed: sentence = "It runs, and everything is right."
    case .notAttempted: sentence = report.message ?? "There is nothing to run."
    case .doesNotCompile:
      sentence = "It does not compile."
      evidence = report.message
    case .crashed: sentence = "It stops instead of returning an answer\(Self.line(in: report))."
    case .timedOut: sentence = "It does not come to an end\(Self.line(in: report))."
    case .failed:
      let wrong = report.checks.first { $0.status == .failed }
      picture = report.pictures?.first
      evidence = wrong?.message
      sentence = picture.flatMap(Self.course) ?? Self.sentence(of: wrong)
    }
  }

  private static func line(in report: Report) -> String {
    report.checks.first { $0.line != nil && $0.status != .passed }?.line.map { " (line \($0))" }
      ?? ""
  }

  private static func sentence(of check: CheckResult?) -> String {
    guard let check, let message = check.message else { return "It runs, and fails." }
    if check.name == CheckResult.repetition {
      return "It runs, and does not give the same answer to the same question."
    }
    if message.contains(#/ is \d+×\d+, expected \d+×|missing|one too many/#) {
      return "It runs, and what it returns has the wrong shape."
    }
    return message.contains("NaN")
      ? "It runs, and some numbers are NaN." : "It runs, and the numbers are wrong."
  }

  /// What a curve goes by, which its title says where it is no step: "loss, epoch by epoch".
  private static func step(of title: String) -> Substring {
    title.firstMatch(of: #/(\w+) by \1\b/#)?.1 ?? "step"
  }

  /// What the curve of a loss looks like, where it does not look like that on the right one, too.
  private static func course(_ picture: Picture) -> String? {
    guard case .curve(let title, let series) = picture, title.hasPrefix("loss"),
      series.map(\.name) == ["yours", "expected"]
    else { return nil }
    let (own, expected) = (series[0].values, series[1].values)
    guard let first = own.first, let last = own.last, let start = expected.first,
      let goal = expected.last
    else { return "It trains, and the loss is not a number from the start." }
    if own.count < expected.count {
      return "It trains, and the loss is not a number from \(step(of: title)) \(own.count + 1) on."
    }
    if own == expected { return "It trains as it should, and something else is wrong." }
    let (from, to) = (Numbers.brief(first, digits: 3), Numbers.brief(last, digits: 3))
    if last > 1.5 * first, goal <= 1.5 * start {
      return "It trains, and the loss rises: from \(from) to \(to)."
    }
    if last > 0.8 * first, goal <= 0.8 * start {
      return "It trains, and the loss does not fall: from \(from) to \(to)."
    }
    if last <= 0.8 * first, last > 2 * abs(goal) {
      return "It trains, and the loss stays too high: from \(from) to \(to)."
    }
    return "It trains, but not as it should: the loss goes from \(from) to \(to)."
  }
}

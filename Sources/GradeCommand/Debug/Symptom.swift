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
      evidence = wrong?.message
      if let picture = report.pictures?.first, Self.looksRight(picture) {
        sentence = "It trains almost as it should, and something is wrong."
      } else {
        picture = report.pictures?.first
        sentence = picture.flatMap(Self.course) ?? Self.sentence(of: wrong)
      }
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
    return message.contains(#/ (is|says) NaN(,|$)/#)
      ? "It runs, and some numbers are NaN." : "It runs, and the numbers are wrong."
  }

  /// What a curve goes by, which its title says where it is no step: "loss, epoch by epoch".
  private static func step(of title: String) -> Substring {
    title.firstMatch(of: #/(\w+) by \1\b/#)?.1 ?? "step"
  }

  /// The curves of a loss, yours and the expected one.
  private static func losses(
    _ picture: Picture
  ) -> (title: String, own: [Double], expected: [Double])? {
    guard case .curve(let title, let series) = picture, title.hasPrefix("loss"),
      series.map(\.name) == ["yours", "expected"]
    else { return nil }
    return (title, series[0].values, series[1].values)
  }

  /// Of all that a loss falls by, two curves may differ by so much and look alike.
  private static let likeness = 0.1

  /// Whether the loss goes as it should, as far as one can see, so that its picture says nothing.
  private static func looksRight(_ picture: Picture) -> Bool {
    guard let (_, own, expected) = losses(picture), own.count == expected.count,
      let high = expected.max(), let low = expected.min()
    else { return false }
    return zip(own, expected).allSatisfy { abs($0 - $1) <= likeness * (high - low) }
  }

  /// What the curve of a loss looks like, where it does not look like that on the right one, too.
  private static func course(_ picture: Picture) -> String? {
    guard let (title, own, expected) = losses(picture) else { return nil }
    guard let first = own.first, let last = own.last, let start = expected.first,
      let goal = expected.last
    else { return "It trains, and the loss is not a number from the start." }
    if own.count < expected.count {
      return "It trains, and the loss is not a number from \(step(of: title)) \(own.count + 1) on."
    }
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

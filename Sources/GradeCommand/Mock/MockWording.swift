import Grading
import Practice
import Workshop

/// What a mock interview says beyond what its drills say.
enum MockWording {
  static let heading = "interview"
  static let giveUpQuestion =
    "Give up this kata? The next one follows; your file stays as it is. y/n"

  static let giveUpBugsQuestion =
    "Give up these bugs? The next kata follows, and your own attempt comes back at the end. y/n"

  static func tooShort(_ minutes: Int, shortest kata: Kata) -> String {
    "no kata takes \(DrillWording.count(minutes, "minute")) or less; "
      + "the shortest, \(kata.name), takes \(kata.minutes)"
  }

  static func noRoom(_ minutes: Int) -> String {
    "no program with bugs is for \(DrillWording.count(minutes, "minute")) or less"
  }

  static let nothingToAsk = "there is no kata to ask"
  static let nothingToResume =
    "no mock interview is unfinished; 'swift run grade mock' starts one"

  static func clock(_ elapsed: Double, of minutes: Int, number: Int, count: Int) -> [String] {
    [
      "\(number) of \(count)",
      "interview \(DrillWording.time(elapsed)) of \(DrillWording.time(Double(minutes) * 60))",
    ]
  }

  static func notice(_ result: DrillResult) -> String {
    "\(result.record.kata): \(outcome(result)). Next one; its clock runs."
  }

  static let sayFirst =
    "Say out loud what comes in, what goes out, their shapes, and your plan; then write."

  static let sayWhatIsSeen =
    "Say out loud what you see, what could cause it, and how to tell; then mend it."

  /// What is to be rated, and the keys; nothing once all is.
  static func rating(_ rating: SelfRating, asks: Bool, _ style: Style) -> [String] {
    guard asks, let aspect = rating.aspect else { return [] }
    return style.wrap(question(about: aspect), indent: 0).lines.map { style.paint($0, .strong) }
      + style.flow(ratingKeys, separator: "  ").map { style.paint($0, .faint) }
  }

  private static let ratingKeys = ["1 weak", "2 mixed", "3 good", "4 strong", "q quit"]

  private static func question(about aspect: ScoredAspect) -> String {
    switch aspect {
    case .understanding:
      "Understanding: did you say what was asked, with the shapes, before you wrote?"
    case .skill: "Skill: did you write it fluently, and find your own mistakes?"
    case .rationale: "Rationale: did you say why it is right, and what you decided against?"
    case .communication:
      "Communication: could someone have followed you without seeing your screen?"
    }
  }

  static func timeIsUp(_ minutes: Int) -> String {
    "Time is up: \(DrillWording.count(minutes, "minute"))."
  }

  /// How every kata went, and which to drill again.
  static func scorecard(
    _ results: [DrillResult], notReached: [String], seconds: Double, minutes: Int, seed: UInt64,
    ratings: [ScoredAspect: Int], style: Style
  ) -> String {
    let entries =
      results.map { entry($0, style) }
      + notReached.map { "  \(style.paint("·", .faint)) \($0)\n      not reached\n" }
    let passed = results.count { $0.record.outcome == .passed }
    let again =
      results.filter(isWeak).map {
        "\($0.record.isDebugging ? "debug" : "drill") \($0.record.kata)"
      }
      + notReached.map { "drill \($0)" }
    var text =
      style.heading("mock interview", DrillWording.count(minutes, "minute"), right: "seed \(seed)")
      + "\n\n" + entries.joined() + "\n  "
      + style.wrap(
        "\(passed) of \(results.count + notReached.count) passed in \(DrillWording.time(seconds)) "
          + "of \(DrillWording.time(Double(minutes) * 60)).", indent: 2) + "\n"
    if !again.isEmpty {
      text +=
        "\n  Drill again:\n"
        + again.map { "    swift run grade \($0)\n" }.joined()
    }
    if !ratings.isEmpty {
      let rated = ScoredAspect.allCases.compactMap { aspect in
        ratings[aspect].map { "\(aspect) \($0)" }
      }
      text += "\n  " + style.wrap("Your rating: \(rated.joined(separator: ", "))", indent: 2) + "\n"
    }
    return text
  }

  private static func entry(_ result: DrillResult, _ style: Style) -> String {
    let record = result.record
    let symbol = record.outcome == .passed ? style.paint("✓", .good) : style.paint("✗", .bad)
    let facts = [
      outcome(result),
      record.outcome == .passed
        ? "\(DrillWording.count(record.runs, "run")) until green"
        : DrillWording.count(record.runs, "run"),
      record.hints == 0 ? "no hints" : DrillWording.count(record.hints, "hint"),
    ].joined(separator: ", ")
    var text = "  \(symbol) \(record.isDebugging ? "debug " : "")\(record.kata)\n"
    text += "      \(style.wrap(facts, indent: 6))\n"
    if let hunt = result.hunt {
      return text
        + hunt.order.map { DebugWording.entry($0, of: hunt, indent: 6, style) }.joined()
    }
    let (label, ids) =
      record.isDebugging ? ("bugs: ", record.bugs) : ("made: ", record.mistakes)
    if !ids.isEmpty {
      text += "      \(style.wrap(label + ids.joined(separator: ", "), indent: 6))\n"
    }
    return text
  }

  private static func outcome(_ result: DrillResult) -> String {
    let time =
      "\(DrillWording.time(result.seconds)) of "
      + DrillWording.time(Double(result.record.minutes) * 60)
    return result.record.outcome == .passed ? "passed in \(time)" : "not passed, \(time)"
  }

  /// Whether it is worth another drill: not passed, not in time, or not alone.
  private static func isWeak(_ result: DrillResult) -> Bool {
    !result.isInTime || result.record.hints > 0
  }
}

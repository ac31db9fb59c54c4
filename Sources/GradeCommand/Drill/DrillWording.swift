import Grading
import Practice
import Workshop

/// What a drill says: before it, at every moment of it, and of what came of it.
enum DrillWording {
  /// All checks of a program with bugs are a hint.
  static func keys(isDebugging: Bool, _ offersEditor: Bool) -> [String] {
    [PracticeWording.hintKey, PracticeWording.statementKey]
      + (isDebugging ? [] : [PracticeWording.allKey])
      + (offersEditor ? ["e edit"] : []) + ["q give up"]
  }
  static let clockWaits = "the clock starts at your first key or save"
  static let clockWaitsForSave = "The clock starts at your first save."
  static let clockRuns = "The clock runs."
  static let giveUpQuestion = "Give up? The drill ends here; your file stays as it is. y/n"
  static let isRunning = "another drill is running in this checkout; finish it or give it up first"
  static let resumeQuestion =
    "Resume it? y: its clock kept running. n: it ends here, and your file is kept. q: neither"

  /// What brings back the attempt that a blank stub replaced.
  static func earlier(_ kata: String) -> String { "swift run grade restore \(kata)" }

  static func notStarted(_ kata: String) -> String {
    "The clock had not started. Your attempt before: \(earlier(kata))"
  }

  static func isOver(_ unfinished: String) -> String { "unfinished until now: \(unfinished)" }

  static let noEditor = "no editor is named by VISUAL or EDITOR; open the file yourself"

  static func nothingToResume(_ kata: String?) -> String {
    let whose = kata.map { " of \($0)" } ?? ""
    let start = "swift run grade drill \(kata ?? "<kata>")"
    return "no drill\(whose) is unfinished; '\(start)' starts one"
  }

  static func timeIsUp(_ minutes: Int) -> String {
    "Time is up: \(count(minutes, "minute")). Go on if you like; it will not count as in time."
  }

  static func introduction(
    _ kata: Kata, minutes: Int, best: Double?, path: String, kept: String?,
    heading: String = "drill", style: Style
  ) -> String {
    style.heading(kata.name, kata.title, right: heading) + "\n\n"
      + table(
        [
          ("Target", count(minutes, "minute")), ("Best", best.map(time) ?? "none yet"),
          ("Write", path), ("Read", "swift run grade show \(kata.name)"),
        ] + (kept.map { [("Kept", $0)] } ?? []), style)
  }

  static func clock(_ elapsed: Double, of minutes: Int, best: Double?) -> [String] {
    ["\(time(elapsed)) of \(time(Double(minutes) * 60))"]
      + (best.map { ["best \(time($0))"] } ?? [])
  }

  static func result(_ result: DrillResult, style: Style) -> String {
    if let hunt = result.hunt { return DebugWording.result(result, hunt, style: style) }
    let record = result.record
    let isPassed = record.outcome == .passed
    var rows = figures(result)
    let verdict =
      isPassed ? style.paint("Passed.", .good) : style.paint("Given up.", .bad)
    let next =
      isPassed
      ? "swift run grade solution \(record.kata)" : "swift run grade drill \(record.kata)"
    var steps = [(isPassed ? "Compare" : "Again", next)]
    if !isPassed, result.hasEarlier { steps.append(("Earlier", earlier(record.kata))) }
    if isPassed, let question = result.followUp {
      rows.append(("Question", question))
      steps.insert(("Answer", "swift run grade recall --kata \(record.kata)"), at: 0)
    }
    return style.heading(record.kata, result.title, right: "drill") + "\n\n  \(verdict)\n\n"
      + table(rows, style) + "\n" + style.paint(table(steps, style), .faint)
  }

  /// The time, the runs, the hints and the best time.
  static func figures(_ result: DrillResult) -> [(String, String)] {
    let record = result.record
    let target = Double(record.minutes) * 60
    let isPassed = record.outcome == .passed
    var rows = [("Time", time(result.seconds) + " of \(time(target))")]
    if isPassed {
      rows[0].1 +=
        result.isInTime ? ", in time" : ", \(time(result.seconds - target)) over"
    }
    rows += [
      ("Runs", isPassed ? "\(record.runs) until green" : "\(record.runs)"),
      ("Hints", record.hints == 0 ? "none" : "\(record.hints)"),
    ]
    if isPassed { rows.append(("Best", comparison(result))) }
    return rows
  }

  private static func comparison(_ result: DrillResult) -> String {
    guard let best = result.best else { return "this one, the first" }
    return result.seconds < best
      ? "this one; it was \(time(best))"
      : "\(time(best)); this one \(time(result.seconds - best)) over"
  }

  /// "4:07", "1:02:45".
  static func time(_ seconds: Double) -> String {
    let whole = Int(seconds)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  static func table(_ rows: [(String, String)], _ style: Style) -> String {
    let column = max(9, (rows.map(\.0.count).max() ?? 0) + 2)
    return rows.map {
      "  \("\($0.0):".padded(to: column))\(style.wrap($0.1, indent: column + 2))\n"
    }.joined()
  }
}

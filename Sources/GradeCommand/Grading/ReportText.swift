import Grading
import Practice
import Workshop

/// A report as a person reads it.
struct ReportText {
  let report: Report
  let kata: Kata
  let style: Style
  /// The attempt as the learner knows it.
  let path: String
  /// The kata to go on with after a pass.
  var next: String?
  /// What an interviewer would ask after a pass.
  var followUp: String?
  /// Whether the attempt is not the one under `katas/`.
  var isElsewhere = false
  /// How many of the checks are shown.
  var extent = CheckList.Extent.first(more: "--all")
  var layout = Layout.page

  enum Layout {
    /// The sentence is last, where the eye is after a command.
    case page
    /// The sentence is above what there is to look at, as a screen is read from its top, and what its
    /// status says is left out.
    case board
  }

  var text: String {
    var paragraphs = [style.heading(kata.name, kata.title, right: "seed \(report.seed)")]
    paragraphs += [unconfirmed].compactMap(\.self)
    if report.verdict != .notAttempted {
      let list = CheckList(checks: report.checks, style: style, extent: extent)
      paragraphs += [list.text].compactMap(\.self)
    }
    let pictures = (report.pictures ?? []).map(PictureText(style: style).text)
    switch layout {
    case .page: paragraphs += pictures + explanation + [footer]
    case .board where report.verdict == .passed || report.verdict == .notAttempted:
      paragraphs += explanation + pictures + [footer]
    case .board: paragraphs += explanation + pictures
    }
    return paragraphs.joined(separator: "\n\n") + "\n"
  }

  // MARK: What it comes to

  /// Said of a pass that fresh values do not confirm.
  private var unconfirmed: String? {
    guard let before = report.seedBefore, report.verdict != .passed else { return nil }
    return paragraph(
      "It passes with the values of seed \(before), which you have seen, and not with fresh ones:")
  }

  private var explanation: [String] {
    switch report.verdict {
    case .passed:
      let passed = paragraph(
        style.paint("Passed.", .good)
          + " All \(report.checks.count) checks\(confirmed), \(seconds).")
      return [passed] + (followUp.map { [paragraph("They will ask now: \($0)", .strong)] } ?? [])
    case .notAttempted:
      return [paragraph(report.message ?? unwritten)]
    case .doesNotCompile:
      let message = report.message ?? ""
      guard message.contains("\n") else { return [paragraph(message)] }
      let words = message.trimmed.lines.map(compilerLine).joined(separator: "\n")
      let parts = [words, paragraph("It does not compile yet.\(advice(on: message))")]
      return layout == .board ? parts.reversed() : parts
    case .failed: return failure
    case .crashed:
      return [
        paragraph(
          "It stops instead of returning an answer\(firstLine).")
      ]
    case .timedOut:
      return [
        paragraph(
          "It does not come to an end\(firstLine). Look at the loop or the wait there.")
      ]
    }
  }

  /// A line of the compiler's, broken between words unless it quotes the attempt.
  private func compilerLine(_ line: String) -> String {
    let isQuoting = line.uncolored.prefixMatch(of: #/ *\d* *\|/#) != nil
    guard !isQuoting, line.columns > style.width else { return line }
    let start = line.prefix { $0 == " " }
    return start + style.wrap(line, indent: 2, start: start.count)
  }

  /// What the compiler's words leave unsaid.
  private func advice(on words: String) -> String {
    if words.contains("value of type 'Never'"), words.contains("todo()") {
      return " todo() stands for a whole body; write a value where one of several is still open."
    }
    if words.contains("cannot find type 'Matrix' in scope")
      || words.contains("cannot find type '\(kata.requirement)' in scope")
    {
      return " The first line of the file has to be: import KataKit"
    }
    let added = kata.additions.filter { addition in
      ["function", "initializer"].contains { words.contains("requires \($0) '\(addition.method)'") }
    }
    guard added.isEmpty else {
      return " The kata has grown: " + added.map(\.sentence).joined(separator: " ")
        + " The rest of your attempt stays as it is."
    }
    return farTip(in: words).map { " First, \($0)." } ?? ""
  }

  /// The first tip, where so much follows it that it may have left the screen.
  private func farTip(in words: String) -> Substring? {
    let lines = words.uncolored.trimmed.lines.map { $0.drop(while: \.isWhitespace) }
    let mark = "tip: "
    guard layout != .board, let place = lines.firstIndex(where: { $0.hasPrefix(mark) }),
      lines.count - place > 12
    else { return nil }
    return lines[place].dropFirst(mark.count)
  }

  private var failure: [String] {
    let failing = report.checks.first { $0.status == .failed }
    var paragraphs: [String] = []
    let explanations = Dictionary(grouping: report.mistakes) { $0.alternative ?? 0 }
    if explanations.count > 1 {
      let texts = explanations.sorted { $0.key < $1.key }.map { _, mistakes in
        mistakes.map { "    \(style.wrap($0.sentence, indent: 4))" }.joined(separator: "\n")
      }
      paragraphs.append(
        "  Two explanations give exactly these numbers. Either\n"
          + texts.joined(separator: "\n  or\n"))
    } else if !report.mistakes.isEmpty {
      paragraphs.append(
        report.mistakes.map { paragraph($0.sentence, .strong) }.joined(separator: "\n"))
    }
    if paragraphs.isEmpty {
      paragraphs = [unnamed]
    } else if let pattern = failing?.pattern {
      paragraphs[paragraphs.count - 1] += "\n" + paragraph(pattern)
    }
    // Where nothing fails, the list of checks begins with it.
    if let missing = report.checks.first(where: \.isUnwritten), missing != report.checks.leading {
      paragraphs.append(paragraph("\(missing.unwritten)."))
    }
    return paragraphs
  }

  /// What there is to say where no known mistake explains the failures: where it begins.
  private var unnamed: String {
    let wrong = report.checks.filter { ![.passed, .skipped].contains($0.status) }
    // Numbers that change from call to call mean nothing else.
    let unsteady = report.checks.unsteady
    guard let first = unsteady ?? wrong.first
    else { return paragraph("The rest is still to be written.") }
    let message = first.message ?? first.name
    if first.status != .failed {
      return paragraph("It stops instead of returning an answer\(firstLine).", .strong)
    }
    if let pattern = unsteady?.pattern { return paragraph(pattern, .strong) }
    if first.isShape {
      let pattern =
        (report.difference?.sentence ?? first.pattern).map { "\n" + paragraph($0) } ?? ""
      return paragraph("\(message).", .strong) + pattern
    }
    // A mistake is told by all the answers of a kata, and some are still to be written.
    let isHalfWritten = report.checks.contains { $0.status == .skipped && $0.isUnwritten }
    let known =
      isHalfWritten
      ? "Which mistake that is can be told once the rest is written."
      : "No known mistake gives these numbers."
    let difference = report.difference
    if let difference, difference.isExplained {
      return paragraph(difference.sentence, .strong) + "\n" + paragraph(known)
    }
    let further = difference.map { " \($0.sentence)" } ?? ""
    guard let pattern = first.pattern else {
      guard extent == .all else { return paragraph(known + further) }
      return isHalfWritten
        ? paragraph("It first goes wrong here: \(message).\(further) \(known)")
        : paragraph("\(known) They first go wrong here: \(message).\(further)")
    }
    return paragraph(pattern, .strong) + "\n" + paragraph(known + further)
  }

  private var confirmed: String {
    report.seedBefore.map { ", with seed \($0) and with fresh values" } ?? ""
  }

  private var seconds: String {
    let milliseconds = Int((report.seconds * 1000).rounded())
    return milliseconds < 1000 ? "\(milliseconds) ms" : "\(Double(milliseconds / 100) / 10) s"
  }

  private var unwritten: String {
    if let reached = report.checks.first(where: { $0.message == CheckResult.todoReached }) {
      return "\(reached.unwritten)."
    }
    return "Not attempted: \(report.checks.compactMap(\.message).first ?? "the stub is untouched")."
  }

  private var firstLine: String {
    report.checks.first { $0.line != nil && ![.passed, .skipped].contains($0.status) }?.line.map {
      " (line \($0))"
    }
      ?? ""
  }

  // MARK: Where to go from here

  private var footer: String {
    let command = "swift run grade"
    switch report.verdict {
    case .passed:
      func line(_ name: String, _ text: String) -> String {
        "  \(name.padded(to: 8)) \(style.wrap(text, indent: 11))"
      }
      let pass = isElsewhere ? " --give-up" : ""
      var lines = [line("Compare:", "\(command) solution \(kata.name)\(pass)")]
      if followUp != nil {
        lines.insert(line("Answer:", "\(command) recall --kata \(kata.name)"), at: 0)
      }
      if let next { lines.append(line("Next:", "\(command) show \(next)")) }
      return style.paint(lines.joined(separator: "\n"), .faint)
    case .notAttempted:
      let lines = [
        "  Read:    \(command) show \(kata.name)", "  Write:   \(path)",
        "  Grade:   \(command) \(kata.name)\(isElsewhere ? " --attempt \(path)" : "")",
      ]
      return style.paint(lines.joined(separator: "\n"), .faint)
    default:
      let (file, hint) = ("  \(path)", "\(command) hint \(kata.name)")
      let isOneLine = file.count + 7 + hint.count <= style.width
      return style.paint(file + (isOneLine ? "   ·   " : "\n  ") + hint, .faint)
    }
  }

  private func paragraph(_ text: String, _ tone: Style.Tone? = nil) -> String {
    let wrapped = style.wrap(text, indent: 2)
    return "  " + (tone.map { style.paint(wrapped, $0) } ?? wrapped)
  }
}

extension CheckResult {
  /// Whether it is about a shape, and no number was looked at.
  fileprivate var isShape: Bool {
    name == "shapes" || (message?.contains(#/ is \d+×\d+, expected \d+×/#) ?? false)
  }

  fileprivate var isUnwritten: Bool {
    guard let message, status == .skipped else { return false }
    return message.hasSuffix("is not written yet") || message == Self.todoReached
  }

  /// What is still to be written, and where that is known.
  fileprivate var unwritten: String {
    message == Self.todoReached ? "Line \(line ?? 0): \(Self.todoReached)" : message ?? name
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

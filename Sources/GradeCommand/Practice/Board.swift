import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One kata on the desk: its last verdict, and what is laid over that for a while.
struct Board {
  let kata: Kata
  /// The attempt as the learner knows it.
  let path: String
  var style: Style
  /// The terminal that is drawn on; nil where lines are said one after the other.
  private(set) var window: WindowSize?
  /// Where times of day are told.
  let timeZone: TimeZone
  /// Whether anybody can press a key.
  let hasKeys: Bool

  /// What stands there before the first verdict.
  var introduction = ""
  /// The kata to go on with after a pass.
  var next: String?
  /// What an interviewer would ask after a pass.
  var followUp: String?
  /// Words a verdict where not all of it may be told.
  var veil: ((Report, Style) -> String)?
  private(set) var report: Report?
  private(set) var prints = ""
  private(set) var gradedAt: Date?
  /// Why there is nothing to grade, of the file by its name.
  private var absence: ((String) -> String)?
  var isGrading = false
  /// Shown in the status until something else happens.
  var notice: String?
  /// Whether every check is listed, and not the first that fails.
  var listsAll = false
  /// A question that only y or n answers.
  var question: String?
  private var page: Page?
  /// The line that the screen begins with.
  private var first = 0

  /// A text that is read and then put away.
  private struct Page {
    let text: String
    var first = 0
  }

  init(
    _ kata: Kata, path: String, style: Style, window: WindowSize?, hasKeys: Bool = true,
    timeZone: TimeZone = .current
  ) {
    self.kata = kata
    self.path = path
    self.style = style
    self.window = window
    self.timeZone = timeZone
    self.hasKeys = hasKeys
    fit()
  }

  /// The same desk with another kata on it.
  func with(_ kata: Kata, path: String) -> Board {
    Board(
      kata, path: path, style: style, window: window, hasKeys: hasKeys, timeZone: timeZone)
  }

  private mutating func fit() {
    if let window {
      style = style.with(width: min(window.columns, Style.widest))
    }
  }

  // MARK: What happens

  /// Takes in what is the same in every kind of practice.
  ///
  /// - Returns: what there is to say of it where nothing is drawn.
  mutating func absorb(_ happening: Happening, at time: Date) -> String? {
    switch happening {
    case .saved, .found:
      absence = nil
      notice = nil
    case .disappeared: return wait(PracticeWording.missing)
    case .emptied: return wait(PracticeWording.empty)
    case .resized(let size):
      window = size
      fit()
    case .graded(let report, let prints):
      self.report = report
      self.prints = prints.withoutControls
      first = 0
      gradedAt = time
      isGrading = false
      return reportText
    case .statement(let text):
      return show(window == nil ? text : PageText(style: style).text(of: text))
    case .hint(_, let text): return show(text)
    case .trouble(let sentence):
      notice = sentence
      return sentence
    case .attempt, .key, .tick, .laid, .closed: break
    }
    return nil
  }

  private mutating func wait(_ sentence: @escaping (String) -> String) -> String {
    absence = sentence
    isGrading = false
    return sentence(path)
  }

  private mutating func show(_ text: String) -> String {
    if window != nil { page = Page(text: text) }
    return text
  }

  /// Takes the keys that move the screen.
  ///
  /// - Returns: false for another key.
  mutating func scroll(_ key: Character) -> Bool {
    guard ["j", "k"].contains(key), let window else { return false }
    let rows = window.rows / 2
    let most = max(0, style.fold(body).count - window.rows / 2)
    first = min(max(0, first + (key == "j" ? rows : -rows)), most)
    return true
  }

  /// Turns the page or puts it away.
  ///
  /// - Returns: false when no page was open, and the key means something else.
  mutating func turnPage(_ key: Character) -> Bool {
    guard var open = page else { return false }
    open.first += pageRows
    page = [" ", "\n", "j"].contains(key) && open.first < pageLines(open).count ? open : nil
    return true
  }

  var isReading: Bool { page != nil }

  // MARK: What is seen

  func screen(status: [String], keys: [String]) -> Screen? {
    guard let window else { return nil }
    if let page {
      let lines = pageLines(page)[page.first...].prefix(pageRows)
      let hasMore = page.first + pageRows < pageLines(page).count
      return Screen(
        body: lines.joined(separator: "\n"),
        status: [style.paint(PracticeWording.pageKeys(hasMore: hasMore), .faint)],
        window: window, style: style)
    }
    return Screen(
      body: body, status: foot(status: status, keys: keys), window: window, style: style,
      from: first)
  }

  private func foot(status: [String], keys: [String]) -> [String] {
    if let question {
      return style.wrap(question, indent: 0).lines.map { style.paint($0, .strong) }
    }
    let said = notice.map { style.wrap($0, indent: 0).lines } ?? []
    let whole =
      style.flow(status, separator: " · ")
      .flatMap { $0.count > style.width ? style.wrap($0, indent: 0).lines : [$0] }
    // The keys stand on the last line of the status where they fit there whole.
    let keys = style.flow(keys, separator: "  ")
    var fitting = whole
    if let last = fitting.last, let first = keys.first, keys.count == 1,
      last.count + 3 + first.count <= style.width
    {
      fitting[fitting.count - 1] = "\(last) · \(first)"
    } else {
      fitting += keys
    }
    return said + fitting.map { style.paint($0, .faint) }
  }

  private var body: String {
    guard report != nil else { return introduction }
    return reportText + (prints.isEmpty ? "" : "\n" + PracticeWording.printed(prints))
  }

  private var reportText: String {
    guard let report else { return "" }
    if let veil { return veil(report, style) }
    return ReportText(
      report: report, kata: kata, style: style, path: path,
      next: report.verdict == .passed ? next : nil,
      followUp: report.verdict == .passed ? followUp : nil,
      extent: listsAll ? .all : .first(more: hasKeys ? PracticeWording.pressForAll : "--all"),
      layout: window == nil ? .page : .board
    ).text
  }

  /// The file, and how fresh the verdict is.
  var state: [String] {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if isGrading { return [name, PracticeWording.grading] }
    if let absence { return [absence(name)] }
    return [name] + (gradedAt.map { [PracticeWording.graded(at: timeOfDay($0))] } ?? [])
  }

  private func timeOfDay(_ time: Date) -> String {
    Date.ISO8601FormatStyle(timeZone: timeZone).time(includingFractionalSeconds: false)
      .format(time)
  }

  private var pageRows: Int { max(1, (window?.rows ?? 24) - 2) }

  private func pageLines(_ page: Page) -> [String] {
    page.text.lines.flatMap { line -> [String] in
      guard line.columns > style.width else { return [line] }
      let indent = line.prefix { $0 == " " }.count
      return style.fold(
        String(repeating: " ", count: indent) + style.wrap(line, indent: indent))
    }
  }
}

extension String {
  /// Its lines; the newline at its end begins none.
  var lines: [String] {
    guard !isEmpty else { return [] }
    let text = hasSuffix("\n") ? dropLast() : self[...]
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

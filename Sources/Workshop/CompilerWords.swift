/// What the compiler says of an attempt, cut to what somebody reads.
///
/// Its paragraphs are separated by blank lines. One begins with "path:line:column: error: …", where the
/// path is that of the attempt or, in a note, the interface of KataKit.
struct CompilerWords {
  /// Errors that are told whole; the rest is counted.
  static let errorsShown = 5
  private static let warningsShown = 5
  private static let linesShown = 40
  private static let columnsShown = 400

  /// Whether the compiler was stopped before it had said everything.
  let isCut: Bool
  private let paragraphs: [String]

  init(_ words: String, isCut: Bool) {
    self.isCut = isCut
    paragraphs = words.split(separator: "\n\n").map(String.init)
  }

  var hasErrors: Bool { paragraphs.contains { Self.kind(of: Self.heading(of: $0)) == .error } }

  /// Whether it is the module that attempts import that the compiler cannot read.
  ///
  /// That is said of the import itself or of no place at all. The name alone proves nothing: an attempt
  /// may have it in a string.
  func isAbout(module: String, source: [UInt8]) -> Bool {
    let lines = source.split(separator: 10, omittingEmptySubsequences: false)
    return paragraphs.contains { paragraph in
      let heading = Self.heading(of: paragraph)
      guard Self.kind(of: heading) == .error, heading.hasSuffix(": \(module)") else { return false }
      guard let line = Self.line(of: heading) else { return true }
      guard lines.indices.contains(line - 1) else { return false }
      return String(decoding: lines[line - 1], as: UTF8.self).contains(#/\bimport\s+KataKit\b/#)
    }
  }

  /// The first errors, whole, with the notes that belong to them, and how many more there are.
  ///
  /// Notes on other people's code, of which there may be a hundred, are left out; those on the
  /// requirement that a kata's protocol makes are not. Where the compiler stumbles over Python, what to
  /// write stands under its words, and what it says further of that line is left out. What it says of
  /// several lines is said once, with the numbers of the others.
  func text(about file: String, source: [UInt8] = []) -> String {
    var kept: [String] = []
    var (errors, warnings) = (0, 0)
    var isShown = true
    let hasErrors = hasErrors
    var tips = Tips(source)
    var repetitions = Repetitions()
    for paragraph in paragraphs {
      let heading = Self.heading(of: paragraph)
      var tip: String?
      switch Self.kind(of: heading) {
      case .error:
        if paragraph.contains(file) {
          tip = tips.next(for: heading)
          guard tip != nil || !tips.isAnswered(Self.line(of: heading)),
            repetitions.isNew(heading, line: Self.line(of: heading), at: kept.count)
          else {
            isShown = false
            continue
          }
        }
        errors += 1
        isShown = errors <= Self.errorsShown
      case .warning:
        // Beside an error, a variable that is never used is nobody's trouble.
        warnings += 1
        isShown = !hasErrors && warnings <= Self.warningsShown
      case .note, nil: break
      }
      if heading.hasSuffix("has been explicitly marked unavailable here") { continue }
      if isShown, paragraph.contains(file) || paragraph.contains("KataKit.") {
        // The last paragraph ends in a newline.
        var words = Self.cut(CompilerSnippet(paragraph).text)
        if let tip { words += (words.hasSuffix("\n") ? "\n" : "\n\n") + "  tip: \(tip)" }
        kept.append(words)
      }
    }
    if kept.isEmpty { kept = paragraphs.prefix(Self.errorsShown).map(Self.cut) }
    for (place, sentence) in repetitions.sentences(isCut: isCut) where kept.indices.contains(place)
    {
      kept[place] += (kept[place].hasSuffix("\n") ? "" : "\n") + sentence
    }
    if errors > Self.errorsShown {
      let more = errors - Self.errorsShown
      kept.append(
        "and \(isCut ? "at least " : "")\(more) more error\(more == 1 && !isCut ? "" : "s")")
    }
    return kept.joined(separator: "\n\n")
  }

  /// The further lines of which an error says what it has said before.
  private struct Repetitions {
    private static let linesShown = 3
    private var known: [String: (place: Int, line: Int?, others: [Int])] = [:]

    /// - Parameter place: where it goes among what is kept.
    mutating func isNew(_ heading: String, line: Int?, at place: Int) -> Bool {
      let message = heading.firstMatch(of: #/: error: (.*)/#).map { String($0.output.1) } ?? heading
      guard var before = known[message] else {
        known[message] = (place, line, [])
        return true
      }
      if let line, line != before.line, !before.others.contains(line) { before.others.append(line) }
      known[message] = before
      return false
    }

    /// "  the same in lines 9 and 12", by what it belongs to.
    func sentences(isCut: Bool) -> [(place: Int, text: String)] {
      known.values.filter { !$0.others.isEmpty }.map { repeated in
        let lines = repeated.others.prefix(Self.linesShown).map(String.init)
        let more = repeated.others.count - lines.count
        let least = isCut ? "at least " : ""
        let last = more > 0 ? "\(least)\(more) more" : lines[lines.count - 1]
        let first = (more > 0 ? lines : lines.dropLast()).joined(separator: ", ")
        let list = first.isEmpty ? last : "\(first) and \(last)"
        return (
          repeated.place, "  the same in line\(repeated.others.count == 1 ? "" : "s") \(list)"
        )
      }
    }
  }

  /// What to write instead, each said once.
  private struct Tips {
    private let source: String
    private let lines: [Substring]
    private var answered: Set<Int> = []
    private var said: Set<String> = []

    init(_ source: [UInt8]) {
      self.source = String(decoding: source, as: UTF8.self)
      lines = self.source.split(separator: "\n", omittingEmptySubsequences: false)
    }

    func isAnswered(_ line: Int?) -> Bool { line.map(answered.contains) ?? false }

    mutating func next(for heading: String) -> String? {
      guard let match = heading.firstMatch(of: #/:(\d+):(\d+): error: (.*)/#),
        let line = Int(match.output.1), let column = Int(match.output.2),
        lines.indices.contains(line - 1), column > 0
      else { return nil }
      let tip = CompilerTip(
        message: String(match.output.3), line: String(lines[line - 1].prefix(columnsShown)),
        column: column, source: source)
      guard let text = tip.text, said.insert(text).inserted else { return nil }
      answered.insert(line)
      return text
    }
  }

  private enum Kind: String { case error, warning, note }

  /// The first line, without color.
  private static func heading(of paragraph: String) -> String {
    let lines = paragraph.split(separator: "\n", maxSplits: 1)
    return CompilerSnippet.withoutColor(String(lines.first ?? ""))
  }

  private static func kind(of heading: String) -> Kind? {
    let words = heading.prefixMatch(of: #/\S.*?: (error|warning|note): /#)?.output.1
    return words.flatMap { Kind(rawValue: String($0)) }
  }

  /// The line in the attempt; nil where the compiler names no place.
  private static func line(of heading: String) -> Int? {
    heading.firstMatch(of: #/:(\d+):\d+: (?:error|warning): /#).flatMap { Int($0.output.1) }
      .flatMap { $0 > 0 && !heading.hasPrefix("<unknown>") ? $0 : nil }
  }

  /// A line of a megabyte is quoted whole by the compiler.
  private static func cut(_ paragraph: String) -> String {
    let lines = paragraph.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(linesShown).map { line in
      guard line.utf8.count > columnsShown else { return String(line) }
      return String(line.prefix(columnsShown)) + (line.contains("\u{1B}") ? "\u{1B}[0m…" : "…")
    }
    return (shown + (lines.count > linesShown ? ["…"] : [])).joined(separator: "\n")
  }
}

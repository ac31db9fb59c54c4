/// How things look in a terminal; with `Screen` the only place that knows an escape sequence.
struct Style: Sendable {
  /// Lines longer than this are hard to read, however wide the terminal.
  static let widest = 100

  let isColored: Bool
  let width: Int
  /// Whether pictures are drawn with ASCII letters only.
  var isPlain = false

  /// Whether there is no room for a column of names beside what is said of them.
  var isNarrow: Bool { width < 60 }

  enum Tone: String {
    case good = "32"
    case bad = "31"
    case strong = "1"
    case faint = "2"
    /// Lines of a picture that have to be told apart.
    case first = "36"
    case second = "33"
    case third = "35"
  }

  func with(width: Int) -> Style {
    Style(isColored: isColored, width: width, isPlain: isPlain)
  }

  func paint(_ text: String, _ tone: Tone) -> String {
    isColored ? "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// Breaks `text` between words so that no line is wider than the terminal; colors take no room.
  ///
  /// - Parameter indent: the columns before every line but the first, which starts at `start`.
  func wrap(_ text: String, indent: Int, start: Int? = nil) -> String {
    var lines: [String] = []
    var line = ""
    var column = start ?? indent
    for word in text.split(separator: " ") {
      if !line.isEmpty, column + line.columns + 1 + word.columns > width {
        lines.append(line)
        line = ""
        column = indent
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    lines.append(line)
    return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
  }

  /// "name · title" with `right` at the far end of the line.
  func heading(_ name: String, _ title: String, right: String) -> String {
    if name.count + title.count + 5 + right.count > width {
      let lines = wrap("\(name) · \(title)", indent: 2, start: 0)
      return paint(name, .strong) + lines.dropFirst(name.count) + "\n" + paint(right, .faint)
    }
    let gap = width - name.count - title.count - 3 - right.count
    return paint(name, .strong) + " · \(title)" + String(repeating: " ", count: gap)
      + paint(right, .faint)
  }
}

extension StringProtocol {
  var uncolored: String {
    contains("\u{1B}") ? String(self).replacing(#/\u{1B}\[[0-9;]*m/#, with: "") : String(self)
  }

  /// The columns that it takes on a screen, where colors take none.
  var columns: Int { contains("\u{1B}") ? uncolored.count : count }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

import Workshop

/// A whole screen: a body, and a status that stays at its foot.
///
/// With `Style` the only place that knows an escape sequence.
struct Screen: Equatable {
  /// No line is wider than the window, and there are no more than it has rows, but on the last screen.
  let lines: [String]

  /// - Parameters:
  ///   - status: its lines, already as narrow as the window.
  ///   - first: the line of the body to begin with, as far as there is more than fits; without one it
  ///     is the end that is seen.
  init(
    body: String, status: [String], window: WindowSize, style: Style, from first: Int? = nil
  ) {
    var body = style.fold(body)
    while body.last?.isEmpty == true { body.removeLast() }
    let foot = status.isEmpty ? [] : [""] + status
    let room = max(1, window.rows - foot.count)
    if body.count > room, let first {
      let start = min(max(0, first), body.count - room + 1)
      let end = min(start + room - 1, body.count)
      body =
        body[start..<end] + [style.paint(Self.rest(above: start, below: body.count - end), .faint)]
    } else if body.count > room {
      // The verdict is at the end; the heading says whose it is.
      let hidden = body.count - room + 1
      body = [body[0], style.paint("… \(hidden) lines", .faint)] + body.suffix(max(0, room - 2))
    }
    lines = (body + foot).suffix(window.rows).map { String($0) }
  }

  /// The last screen, which stays when the program has ended: all of it, however many rows there are.
  init(whole body: String, style: Style) {
    var lines = style.fold(body)
    while lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
  }

  private static func rest(above: Int, below: Int) -> String {
    let parts = [(above, "above: k"), (below, "below: j")].filter { $0.0 > 0 }
    return "… " + parts.map { "\(Figures.count($0.0, "line")) \($0.1)" }.joined(separator: ", ")
  }

  /// What draws it over whatever is there.
  var drawing: String {
    // A line is erased before it is written: erased after, it would lose the last column.
    "\u{1B}[H" + lines.map { "\u{1B}[2K\($0)" }.joined(separator: "\n") + "\u{1B}[J"
  }

  /// An empty screen.
  static let clear = "\u{1B}[2J\u{1B}[H"
}

extension Style {
  /// The lines of `text`, those that are wider than the terminal broken; colors take no room.
  func fold(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { source in
      var lines: [String] = []
      var (line, column) = ("", 0)
      var isSequence = false
      for character in source {
        if character == "\u{1B}" { isSequence = true }
        if isSequence {
          line.append(character)
          if character.isLetter { isSequence = false }
          continue
        }
        let shown = character == "\t" ? "    " : String(character)
        if column + shown.count > width {
          lines.append(line)
          (line, column) = ("", 0)
        }
        line += shown
        column += shown.count
      }
      return lines + [line]
    }
  }

  /// Pieces side by side, in as few lines as the width allows, none of them broken.
  func flow(_ pieces: [String], separator: String) -> [String] {
    var lines: [String] = []
    for piece in pieces {
      if let last = lines.last, last.count + separator.count + piece.count <= width {
        lines[lines.count - 1] = last + separator + piece
      } else {
        lines.append(piece)
      }
    }
    return lines
  }
}

extension String {
  /// Without what a terminal would obey instead of show.
  var withoutControls: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.filter {
          $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
        }
      ))
  }
}

import Grading

/// Pictures as letters draw them.
struct PictureText {
  let style: Style

  static let rows = 8
  static let indent = "  "

  func text(_ picture: Picture) -> String {
    switch picture {
    case .curve(let title, let series): curve(title, series)
    case .distribution(let title, let low, let high, let drawn, let expected):
      distribution(title, low, high, drawn, expected)
    case .plane(let title, let values, let boundary, let marks):
      plane(title, values, boundary, marks)
    case .bowl(let title, let values, let paths): bowl(title, values, paths)
    }
  }

  func framed(_ title: String, _ lines: [String], note: String? = nil) -> String {
    let foot = note.map { [Self.indent + style.wrap($0, indent: 2)] } ?? []
    return ([Self.indent + title] + lines.map { Self.indent + $0 } + foot)
      .joined(separator: "\n")
  }

  // MARK: Distributions

  private func distribution(
    _ title: String, _ low: Double, _ high: Double, _ drawn: [Double], _ expected: [Double]
  ) -> String {
    let drawn = drawn.prefix(style.width - 4)
    let bars = Array(style.isPlain ? " ......##" : " ▁▂▃▄▅▆▇█")
    // What should be there fills a third of the height at least; a bar that is higher is cut.
    let wanted = expected.filter(\.isFinite).max() ?? 0
    let highest = (drawn + expected).filter(\.isFinite).max() ?? 0
    let tallest = max(wanted > 0 ? min(highest, 3 * wanted) : highest, .leastNormalMagnitude)
    let wide = max(1, min(2, (style.width - 4) / max(1, drawn.count)))
    let lines = (0..<Self.rows).map { row -> String in
      let floor = Double(Self.rows - 1 - row)
      return zip(drawn, expected).map { share, target in
        let level = share.isFinite ? min(share / tallest, 1) * Double(Self.rows) : 0
        let mark = target / tallest * Double(Self.rows)
        let filled = min(max(level - floor, 0), 1)
        let isMark = target > 0 && min(mark.rounded(.down), Double(Self.rows - 1)) == floor
        let letter: Character =
          isMark ? (style.isPlain ? "o" : "•") : bars[Int((filled * 8).rounded())]
        let text = String(repeating: letter, count: wide)
        return isMark ? style.paint(text, Stroke.expected.tone) : text
      }.joined()
    }
    let left = Numbers.brief(low, digits: 2)
    let right = Numbers.brief(high, digits: 2)
    let axis = left + right.aligned(right: max(0, drawn.count * wide - left.count))
    let cut = highest > tallest ? "; bars higher than the picture are cut" : ""
    return framed(
      title, lines + [axis],
      note: "bars: drawn; "
        + style.paint(style.isPlain ? "o" : "•", Stroke.expected.tone) + ": as it should be\(cut)")
  }

  // MARK: The plane

  private func plane(
    _ title: String, _ values: [[Double]], _ boundary: Double, _ marks: [Picture.Mark]
  ) -> String {
    let columns = min(max(1, style.width - 4), values.map(\.count).max() ?? 0)
    var lines = stride(from: 0, to: values.count, by: 2).map { row -> [String] in
      let upper = values[row]
      let lower = row + 1 < values.count ? values[row + 1] : upper
      return zip(upper.fitted(columns), lower.fitted(columns)).map { above, below in
        switch (above > boundary, below > boundary) {
        case (true, true): style.isPlain ? "#" : "█"
        case (true, false): style.isPlain ? "\"" : "▀"
        case (false, true): style.isPlain ? "," : "▄"
        case (false, false): style.isPlain ? "." : "·"
        }
      }
    }
    put(marks.map { ($0, style.paint($0.isAbove ? "1" : "0", .strong)) }, on: &lines)
    let filled = style.isPlain ? "#" : "█"
    return framed(
      title, lines.map { $0.joined() },
      note: marks.isEmpty ? nil : "\(filled): it says 1; 0 and 1: the examples")
  }

  /// Sets letters on a picture, those that are outside left out.
  private func put(_ letters: [(mark: Picture.Mark, letter: String)], on lines: inout [[String]]) {
    for (mark, letter) in letters where (0...1).contains(mark.x) && (0...1).contains(mark.y) {
      let row = Int((mark.y * Double(lines.count - 1)).rounded())
      guard lines.indices.contains(row), !lines[row].isEmpty else { continue }
      let column = Int((mark.x * Double(lines[row].count - 1)).rounded())
      lines[row][column] = letter
    }
  }

  // MARK: The bowl

  private func bowl(_ title: String, _ values: [[Double]], _ paths: [Picture.Path]) -> String {
    let finite = values.joined().filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else {
      return framed(title, ["no finite value"])
    }
    let columns = max(1, style.width - 4)
    var lines = stride(from: 0, to: values.count, by: 2).map { row in
      values[row].fitted(columns).map { value -> String in
        let level = ((value - low) / (high - low)).squareRoot() * 8
        return level.isFinite && Int(level) % 2 == 1 ? style.paint("·", .faint) : " "
      }
    }
    let strokes = Stroke.all(paths.count)
    for (path, stroke) in zip(paths, strokes).reversed() {
      let letter = style.paint(stroke.point(isPlain: style.isPlain), stroke.tone)
      put(path.points.map { ($0, letter) }, on: &lines)
    }
    let legend = zip(paths, strokes).map { path, stroke in
      let outside = path.points.count { !(0...1).contains($0.x) || !(0...1).contains($0.y) }
      return style.paint(stroke.point(isPlain: style.isPlain), stroke.tone) + " \(path.name)"
        + (outside > 0 ? " (\(outside) of \(path.points.count) outside)" : "")
    }
    return framed(
      title, lines.map { $0.joined() },
      note: legend.joined(separator: ", ") + "; rings: equal steps of √loss")
  }
}

extension [Double] {
  /// As many of the values as there is room for, from the first to the last.
  fileprivate func fitted(_ most: Int) -> [Double] {
    guard count > most, most > 1 else { return Array(prefix(most)) }
    return (0..<most).map { self[$0 * (count - 1) / (most - 1)] }
  }
}

import Grading

/// Pictures as letters draw them.
struct PictureText {
  let style: Style

  private static let rows = 8
  private static let indent = "  "

  func text(_ picture: Picture) -> String {
    switch picture {
    case .curve(let title, let series): curve(title, series)
    case .distribution(let title, let low, let high, let drawn, let expected):
      distribution(title, low, high, drawn, expected)
    case .plane(let title, let values, let boundary): plane(title, values, boundary)
    }
  }

  private func framed(_ title: String, _ lines: [String], note: String? = nil) -> String {
    let foot = note.map { [style.paint(Self.indent + style.wrap($0, indent: 2), .faint)] } ?? []
    return ([Self.indent + title] + lines.map { Self.indent + $0 } + foot)
      .joined(separator: "\n")
  }

  // MARK: Curves

  private func curve(_ title: String, _ series: [Picture.Series]) -> String {
    let values = series.flatMap(\.values).filter(\.isFinite)
    guard let low = values.min(), let high = values.max() else {
      return framed(title, ["no finite value"])
    }
    let labels = [Numbers.brief(high, digits: 3), Numbers.brief(low, digits: 3)]
    let margin = labels.map(\.count).max() ?? 0
    let columns = max(10, min(60, style.width - margin - 5))
    var canvas = Canvas(columns: columns, rows: Self.rows)
    let steps = series.map(\.values.count).max() ?? 0
    for one in series { draw(one.values, of: steps, on: &canvas, low: low, high: high) }
    let lines = canvas.lines(isPlain: style.isPlain).enumerated().map { row, line in
      let label = row == 0 ? labels[0] : row == Self.rows - 1 ? labels[1] : ""
      return label.aligned(right: margin) + (style.isPlain ? " |" : " ┤") + line
    }
    let ends = series.map { one -> String in
      let (first, last) = (one.values.first ?? .nan, one.values.last ?? .nan)
      let length = one.values.count == steps ? "" : " (only \(one.values.count))"
      return "\(one.name) \(Numbers.brief(first, digits: 3)) → "
        + "\(Numbers.brief(last, digits: 3))\(length)"
    }
    return framed(
      title, lines, note: ends.joined(separator: ", ") + " over \(Figures.count(steps, "value"))")
  }

  /// - Parameter steps: what the whole width stands for.
  private func draw(
    _ values: [Double], of steps: Int, on canvas: inout Canvas, low: Double, high: Double
  ) {
    // Halved, so that the largest of all doubles have a difference, too.
    let range = high > low ? high / 2 - low / 2 : 1
    var last: Int?
    for x in 0..<canvas.width {
      let position = Double(x) / Double(canvas.width - 1) * Double(steps - 1)
      let step = Int(position.rounded())
      guard step < values.count else { return }
      let value = values[step]
      guard value.isFinite else {
        last = nil
        continue
      }
      let y = Int(((high / 2 - value / 2) / range * Double(canvas.height - 1)).rounded())
      canvas.join(x, from: last ?? y, to: y)
      last = y
    }
  }

  // MARK: Distributions

  private func distribution(
    _ title: String, _ low: Double, _ high: Double, _ drawn: [Double], _ expected: [Double]
  ) -> String {
    let drawn = drawn.prefix(style.width - 4)
    let bars = Array(style.isPlain ? " ......##" : " ▁▂▃▄▅▆▇█")
    let tallest = max((drawn + expected).filter(\.isFinite).max() ?? 0, .leastNormalMagnitude)
    let wide = max(1, min(2, (style.width - 4) / max(1, drawn.count)))
    let lines = (0..<Self.rows).map { row -> String in
      let floor = Double(Self.rows - 1 - row)
      return zip(drawn, expected).map { share, target in
        let level = share.isFinite ? share / tallest * Double(Self.rows) : 0
        let mark = target / tallest * Double(Self.rows)
        let filled = min(max(level - floor, 0), 1)
        let isMark = target > 0 && min(mark.rounded(.down), Double(Self.rows - 1)) == floor
        let letter: Character =
          isMark ? (style.isPlain ? "o" : "•") : bars[Int((filled * 8).rounded())]
        return String(repeating: letter, count: wide)
      }.joined()
    }
    let left = Numbers.brief(low, digits: 2)
    let right = Numbers.brief(high, digits: 2)
    let axis = left + right.aligned(right: max(0, drawn.count * wide - left.count))
    return framed(
      title, lines + [axis], note: "bars: drawn; \(style.isPlain ? "o" : "•"): as it should be")
  }

  // MARK: The plane

  private func plane(_ title: String, _ values: [[Double]], _ boundary: Double) -> String {
    let columns = max(1, style.width - 4)
    let lines = stride(from: 0, to: values.count, by: 2).map { row -> String in
      let upper = values[row]
      let lower = row + 1 < values.count ? values[row + 1] : upper
      return String(
        zip(upper, lower).prefix(columns).map { above, below in
          switch (above > boundary, below > boundary) {
          case (true, true): style.isPlain ? "#" : "█"
          case (true, false): style.isPlain ? "\"" : "▀"
          case (false, true): style.isPlain ? "," : "▄"
          case (false, false): style.isPlain ? "." : "·"
          }
        })
    }
    return framed(title, lines)
  }
}

import Grading

extension PictureText {
  func curve(_ title: String, _ series: [Picture.Series]) -> String {
    let values = series.flatMap(\.values).filter(\.isFinite)
    guard let low = values.min(), let high = values.max() else {
      return framed(title, ["no finite value"])
    }
    let labels = [Numbers.brief(high, digits: 3), Numbers.brief(low, digits: 3)]
    let margin = labels.map(\.count).max() ?? 0
    let columns = max(10, min(60, style.width - margin - 5))
    let steps = series.map(\.values.count).max() ?? 0
    let strokes = Stroke.all(series.count)
    let canvases = zip(series, strokes).map { one, stroke in
      var canvas = Canvas(columns: columns, rows: Self.rows)
      draw(one.values, of: steps, as: stroke, on: &canvas, low: low, high: high)
      return canvas
    }
    let lines = (0..<Self.rows).map { row -> String in
      let label = row == 0 ? labels[0] : row == Self.rows - 1 ? labels[1] : ""
      return label.aligned(right: margin) + (style.isPlain ? " |" : " ┤")
        + merged(canvases, strokes, row: row)
    }
    let last = "\(steps)"
    let axis =
      String(repeating: " ", count: margin + 2) + "1"
      + (steps > 1 ? last.aligned(right: columns - 1) : "")
    let ends = zip(series, strokes).map { one, stroke -> String in
      let (first, last) = (one.values.first ?? .nan, one.values.last ?? .nan)
      let length = one.values.count == steps ? "" : " (only \(one.values.count))"
      let sample =
        series.count > 1
        ? style.paint(stroke.sample(isPlain: style.isPlain), stroke.tone) + " " : ""
      return "\(sample)\(one.name) \(Numbers.brief(first, digits: 3)) → "
        + "\(Numbers.brief(last, digits: 3))\(length)"
    }
    return framed(title, lines + [axis], note: ends.joined(separator: ", "))
  }

  /// A line of all canvases one over the other, the first on top, each in its color.
  private func merged(_ canvases: [Canvas], _ strokes: [Stroke], row: Int) -> String {
    guard canvases.count > 1, let columns = canvases.first?.columns else {
      return canvases.first?.line(row, isPlain: style.isPlain) ?? ""
    }
    return (0..<columns).map { column in
      guard let top = canvases.firstIndex(where: { $0.mask(row, column) != 0 }) else {
        return Canvas.letter(0, isPlain: style.isPlain)
      }
      if style.isPlain { return strokes[top].point(isPlain: true) }
      let mask = canvases.reduce(0) { $0 | $1.mask(row, column) }
      return style.paint(Canvas.letter(mask, isPlain: false), strokes[top].tone)
    }.joined()
  }

  /// - Parameter steps: what the whole width stands for.
  private func draw(
    _ values: [Double], of steps: Int, as stroke: Stroke, on canvas: inout Canvas, low: Double,
    high: Double
  ) {
    // Halved, so that the largest of all doubles have a difference, too.
    let range = high > low ? high / 2 - low / 2 : 1
    var last: Int?
    for x in 0..<canvas.width {
      let position = Double(x) / Double(canvas.width - 1) * Double(steps - 1)
      guard Int(position.rounded()) < values.count else { return }
      let value = Self.value(of: values, at: position)
      guard value.isFinite else {
        last = nil
        continue
      }
      let y = Int(((high / 2 - value / 2) / range * Double(canvas.height - 1)).rounded())
      if stroke.isDrawn(at: x) { canvas.join(x, from: last ?? y, to: y) }
      last = y
    }
  }

  /// The value on the straight line between two steps.
  private static func value(of values: [Double], at position: Double) -> Double {
    let (below, above) = (Int(position), min(Int(position) + 1, values.count - 1))
    guard below < values.count else { return values.last ?? .nan }
    let share = position - Double(below)
    if share == 0 { return values[below] }
    return values[below] * (1 - share) + values[above] * share
  }
}

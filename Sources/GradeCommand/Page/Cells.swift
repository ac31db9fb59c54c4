/// A table of values as cells that are the darker the larger the value is, in a few steps of which each
/// is one path.
struct Cells {
  /// Rows from the top.
  let values: [[Double]]

  /// - Parameter style: the class of a level; what has level 0 is not drawn.
  func paths(on plot: Plot, style: (Int) -> String) -> [Markup] {
    var paths = [String](repeating: "", count: Scale.levels + 1)
    let scale = Scale(values.flatMap(\.self).extent)
    let levels = values.map { row in row.map(scale.level) }
    for (row, line) in levels.enumerated() {
      var start = 0
      while start < line.count {
        var end = start + 1
        while end < line.count, line[end] == line[start] { end += 1 }
        if line[start] > 0 {
          let top = plot.up(Double(values.count - row))
          let bottom = plot.up(Double(values.count - row - 1))
          paths[line[start]] +=
            "M\(Plot.written(plot.across(Double(start)))) \(Plot.written(top))"
            + "H\(Plot.written(plot.across(Double(end))))V\(Plot.written(bottom))"
            + "H\(Plot.written(plot.across(Double(start))))z"
        }
        start = end
      }
    }
    return paths.enumerated().filter { !$0.element.isEmpty }.map { level, path in
      Markup("path", ["class": style(level), "d": path])
    }
  }
}

/// The steps in which values are told apart.
struct Scale {
  static let levels = 6

  private let range: ClosedRange<Double>

  init(_ range: ClosedRange<Double>) { self.range = range }

  /// 0 for the smallest value to `levels` for the largest, and for what is not finite.
  func level(_ value: Double) -> Int {
    guard value.isFinite else { return Self.levels }
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite else { return range.upperBound > 0 ? Self.levels : 0 }
    let share = min(max((value - range.lowerBound) / length, 0), 1)
    return Int((share * Double(Self.levels)).rounded())
  }
}

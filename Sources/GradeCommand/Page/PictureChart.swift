import Grading

/// Pictures as a page draws them.
struct PictureChart {
  let picture: Picture

  private static let size = (width: 440.0, height: 190.0)
  /// A curve of more steps is drawn at so many of them.
  private static let mostPoints = 240

  var markup: Markup {
    switch picture {
    case .curve(let title, let series): Self.curve(title, series)
    case .distribution(let title, let low, let high, let drawn, let expected):
      Self.distribution(title, low, high, drawn, expected)
    case .plane(let title, let values, let boundary, let marks):
      Self.plane(title, values, boundary, marks)
    case .bowl(let title, let values, let paths): Self.bowl(title, values, paths)
    }
  }

  private static func framed(_ drawing: Markup, _ title: String, _ legend: [Markup]) -> Markup {
    Markup("figure", ["class": "chart"]) {
      drawing
      Markup("figcaption") {
        title
        for entry in legend {
          " · "
          entry
        }
      }
    }
  }

  /// A short line in the style of what it stands for, and its name.
  private static func key(_ name: String, _ style: String) -> Markup {
    Markup("span") {
      Markup(
        "svg",
        [
          "width": "22", "height": "8", "aria-hidden": "true",
          "style": "display:inline-block;vertical-align:middle;margin-right:.3em",
        ]
      ) { Markup("path", ["class": style, "d": "M0 4H22"]) }
      name
    }
  }

  private static func style(_ index: Int) -> String { "s\(index % 4)" }

  private static func curve(_ title: String, _ series: [Picture.Series]) -> Markup {
    let longest = series.map(\.values.count).max() ?? 0
    let plot = Plot(
      width: size.width, height: size.height, x: 0...Double(max(1, longest - 1)),
      y: series.flatMap(\.values).extent)
    let said = series.map { one in
      let (first, last) = (one.values.first ?? .nan, one.values.last ?? .nan)
      return "\(one.name): from \(Numbers.brief(first)) to \(Numbers.brief(last))"
    }
    let drawing = plot.drawing(title, said.joined(separator: "; ")) {
      plot.axes
      series.enumerated().reversed().map { index, one in
        let stride = max(1, (one.values.count + mostPoints - 1) / mostPoints)
        let points = one.values.enumerated().filter { step, _ in
          step % stride == 0 || step == one.values.count - 1
        }
        return plot.line(points.map { (Double($0.offset), $0.element) }, style(index))
      }
    }
    return framed(drawing, title, series.enumerated().map { key($1.name, style($0)) })
  }

  private static func distribution(
    _ title: String, _ low: Double, _ high: Double, _ drawn: [Double], _ expected: [Double]
  ) -> Markup {
    let top = (drawn + expected).extent.upperBound
    let plot = Plot(
      width: size.width, height: size.height, x: min(low, high)...max(low, high),
      y: 0...max(top, .leastNormalMagnitude))
    let width = (high - low) / Double(max(1, drawn.count))
    func center(_ bin: Int) -> Double { low + (Double(bin) + 0.5) * width }
    let drawing = plot.drawing(title, "Bars: drawn. Line: as it should be.") {
      plot.axes
      drawn.enumerated().filter { $0.element.isFinite && $0.element > 0 }.map { bin, share in
        let (left, right) = (
          plot.across(center(bin) - width / 2), plot.across(center(bin) + width / 2)
        )
        return Markup(
          "rect",
          [
            "class": "bar", "x": Plot.written(left), "y": Plot.written(plot.up(share)),
            "width": Plot.written(max(0.5, right - left - 0.5)),
            "height": Plot.written(plot.up(0) - plot.up(share)),
          ])
      }
      plot.line(expected.enumerated().map { (center($0.offset), $0.element) }, "s2")
    }
    return framed(drawing, title, [Markup(text: "bars: drawn"), key("as it should be", "s2")])
  }

  private static func plane(
    _ title: String, _ values: [[Double]], _ boundary: Double, _ marks: [Picture.Mark]
  ) -> Markup {
    let (rows, columns) = (values.count, values.map(\.count).max() ?? 0)
    let plot = Plot(
      width: 260, height: 260, x: 0...Double(max(1, columns)), y: 0...Double(max(1, rows)),
      margin: (left: 8, below: 8))
    let drawing = plot.drawing(title, "The shaded part is above the boundary.") {
      Cells(values: values.map { $0.map { $0 > boundary ? 1 : 0 } }).paths(on: plot) { _ in "class"
      }
      for mark in marks {
        let (x, y) = (
          plot.across(mark.x * Double(columns)), plot.up((1 - mark.y) * Double(rows))
        )
        Markup(
          "circle", ["class": "mark", "cx": Plot.written(x), "cy": Plot.written(y), "r": "8"])
        Plot.text(mark.isAbove ? "1" : "0", x: x, y: y + 3.5, anchor: "middle")
      }
    }
    return framed(drawing, title, [Markup(text: "shaded: the class 1")])
  }

  private static func bowl(
    _ title: String, _ values: [[Double]], _ paths: [Picture.Path]
  ) -> Markup {
    let (rows, columns) = (values.count, values.map(\.count).max() ?? 0)
    let plot = Plot(
      width: size.width, height: 260, x: 0...Double(max(1, columns)), y: 0...Double(max(1, rows)),
      margin: (left: 8, below: 8))
    let drawing = plot.drawing(
      title, "The darker, the higher. \(paths.map(\.name).joined(separator: ", "))."
    ) {
      Cells(values: values).paths(on: plot) { "e\($0)" }
      paths.enumerated().map { index, path in
        plot.line(
          path.points.map { ($0.x * Double(columns), (1 - $0.y) * Double(rows)) }, style(index))
      }
    }
    return framed(drawing, title, paths.enumerated().map { key($1.name, style($0)) })
  }
}

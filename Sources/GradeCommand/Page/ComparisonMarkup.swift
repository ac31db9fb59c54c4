import Grading

/// A part of an answer that is wrong, beside what it should have been: a table where its numbers can be read, else a
/// picture of the differences.
struct ComparisonMarkup {
  let comparison: FailedQuestion.Comparison

  /// A wider matrix is drawn, not written.
  private static let mostColumns = 8

  var markup: Markup {
    Markup("div") {
      Markup("p") {
        Markup("strong") { comparison.name }
        " \(comparison.shape)\(summary)"
      }
      Markup("div", ["class": "cells"]) { tables }
    }
  }

  private var summary: String {
    if let shape = comparison.wrongShape { return ": yours is \(shape)" }
    guard comparison.yours != nil else { return ": there is none" }
    let all = comparison.wrongCount
    let note = isCut ? "; a part is shown" : ""
    return ": \(Figures.count(all, "entry", plural: "entries")) wrong\(note)"
  }

  private var isCut: Bool {
    zip(comparison.rows, comparison.rows.dropFirst()).contains { $0 + 1 != $1 }
      || comparison.shape != "\(comparison.rows.count)×\(comparison.columns.count)"
  }

  private var difference: [[Double]]? {
    comparison.yours.map { yours in
      zip(yours, comparison.expected).map { zip($0, $1).map { $0 - $1 } }
    }
  }

  private var tables: [Markup] {
    guard !comparison.expected.isEmpty, !comparison.columns.isEmpty else { return [] }
    let parts: [(String, [[Double]])] =
      [
        comparison.yours.map { ("yours", $0) }, ("expected", comparison.expected),
        difference.map { ("difference", $0) },
      ].compactMap(\.self)
    return parts.map { title, values in
      comparison.columns.count <= Self.mostColumns ? table(title, values) : map(title, values)
    }
  }

  private func table(_ title: String, _ values: [[Double]]) -> Markup {
    let scale = Scale(0...(values.flatMap(\.self).map(abs).extent.upperBound))
    return Markup("table") {
      Markup("caption") { title }
      Markup("tr") {
        Markup("td")
        for column in comparison.columns { Markup("th", ["scope": "col"]) { "[\(column)]" } }
      }
      for (row, line) in values.enumerated() {
        Markup("tr") {
          Markup("th", ["scope": "row"]) { "[\(comparison.rows[row])]" }
          for (column, value) in line.enumerated() {
            cell(title, value, isWrong: comparison.isWrong[row][column], scale)
          }
        }
      }
    }
  }

  private func cell(
    _ title: String, _ value: Double, isWrong: Bool, _ scale: Scale
  ) -> Markup {
    guard title == "difference" else {
      return Markup("td", ["class": isWrong && title == "yours" ? "wrong" : nil]) {
        Numbers.brief(value, digits: 4)
      }
    }
    guard isWrong else { return Markup("td") { "·" } }
    let level = max(1, scale.level(abs(value)))
    return Markup("td", ["class": "l\(level)"]) { Numbers.brief(value, digits: 3) }
  }

  /// The larger the value, the darker; of the difference, its magnitude.
  private func map(_ title: String, _ values: [[Double]]) -> Markup {
    let isDifference = title == "difference"
    let cell = 11.0
    let (rows, columns) = (Double(comparison.rows.count), Double(comparison.columns.count))
    let plot = Plot(
      width: columns * cell + 16, height: rows * cell + 16, x: 0...columns, y: 0...rows,
      margin: (left: 8, below: 8))
    let range = values.flatMap(\.self).map { isDifference ? abs($0) : $0 }.extent
    let said = "From \(Numbers.brief(range.lowerBound)) to \(Numbers.brief(range.upperBound))."
    return Markup("figure") {
      plot.drawing("\(comparison.name), \(title)", said) {
        Cells(values: isDifference ? values.map { $0.map(abs) } : values)
          .paths(on: plot) { isDifference ? "l\($0)" : "e\($0)" }
        Markup(
          "rect",
          [
            "class": "frame", "x": "8", "y": "8", "width": Plot.written(columns * cell),
            "height": Plot.written(rows * cell),
          ])
      }
      Markup("figcaption") { isDifference ? "|difference|. \(said)" : "\(title). \(said)" }
    }
  }
}

import Grading
import KataKit

/// Matrices of one shape beside each other, each entry under its place, as wide as the screen and no
/// wider.
struct MatrixTable {
  struct Column {
    let title: String
    /// What stands at a place.
    let text: (_ row: Int, _ column: Int) -> String
    let tone: (_ row: Int, _ column: Int) -> Style.Tone?

    init(
      _ title: String, tone: @escaping (Int, Int) -> Style.Tone? = { _, _ in nil },
      text: @escaping (Int, Int) -> String
    ) {
      self.title = title
      self.tone = tone
      self.text = text
    }

    init(
      _ title: String, _ matrix: Matrix,
      tone: @escaping (Int, Int) -> Style.Tone? = { _, _ in nil }
    ) {
      self.init(title, tone: tone) { Numbers.brief(matrix[$0, $1], digits: 4) }
    }
  }

  let rows: Int
  let columns: Int
  let style: Style
  /// The places that have to be seen where not all can be.
  var wanted: [(row: Int, column: Int)] = []

  private static let mostRows = 10
  private static let gap = "   "
  private static let indent = "    "

  /// The tables of `parts`: beside each other where they fit, else one under the other.
  func lines(_ parts: [Column]) -> [String] {
    guard rows > 0, columns > 0 else { return [Self.indent + "empty, \(rows)×\(columns)"] }
    let shownRows = Self.chosen(rows, most: Self.mostRows, wanted: wanted.map(\.row))
    var most = columns
    while true {
      let shown = Self.chosen(columns, most: most, wanted: wanted.map(\.column))
      let blocks = parts.map { block($0, rows: shownRows, columns: shown) }
      let room = style.width - Self.indent.count
      if blocks.map(\.width).reduce(0, +) + Self.gap.count * (blocks.count - 1) <= room {
        return (0..<blocks[0].lines.count).map { line in
          Self.indent + blocks.map { $0.lines[line] }.joined(separator: Self.gap)
        }
      }
      if blocks.allSatisfy({ $0.width <= room }) || most <= 1 {
        return Array(blocks.map { $0.lines.map { Self.indent + $0 } }.joined(separator: [""]))
      }
      most -= 1
    }
  }

  /// Lines of equal width; colors take no room.
  private struct Block {
    let lines: [String]
    let width: Int
  }

  private func block(_ part: Column, rows: [Int?], columns: [Int?]) -> Block {
    let head = columns.map { $0.map { "[\($0)]" } ?? "…" }
    let cells = rows.map { row in
      columns.map { column in
        row.flatMap { row in column.map { part.text(row, $0) } } ?? "…"
      }
    }
    let widths = columns.indices.map { place in
      ([head[place]] + cells.map { $0[place] }).map(\.count).max() ?? 0
    }
    let labels = rows.map { $0.map { "[\($0)]" } ?? "…" }
    let margin = labels.map(\.count).max() ?? 0
    let width = max(part.title.count, margin + widths.reduce(0) { $0 + $1 + 2 })
    func line(_ label: String, _ texts: [String], _ tones: [Style.Tone?]) -> String {
      let body = texts.indices.map { place -> String in
        let text = texts[place].aligned(right: widths[place])
        return "  " + (tones[place].map { style.paint(text, $0) } ?? text)
      }
      let plain = margin + widths.reduce(0) { $0 + $1 + 2 }
      return style.paint(label.aligned(right: margin), .faint) + body.joined()
        + String(repeating: " ", count: width - plain)
    }
    let tones = rows.map { row in
      columns.map { column in row.flatMap { row in column.flatMap { part.tone(row, $0) } } }
    }
    return Block(
      lines: [
        part.title.padded(to: width), line("", head, head.map { _ in .faint }),
      ] + rows.indices.map { line(labels[$0], cells[$0], tones[$0]) }, width: width)
  }

  /// The places to show, those that are `wanted` before others; nil where some are left out.
  static func chosen(_ count: Int, most: Int, wanted: [Int]) -> [Int?] {
    guard count > most else { return Array(0..<count) }
    var places: Set<Int> = []
    for place in wanted + Array(0..<count) where places.count < max(1, most) {
      places.insert(place)
    }
    var shown: [Int?] = []
    var next = 0
    for place in places.sorted() {
      if place > next { shown.append(nil) }
      shown.append(place)
      next = place + 1
    }
    return next < count ? shown + [nil] : shown
  }
}

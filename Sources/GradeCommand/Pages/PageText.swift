/// A page of Markdown as it is read on a screen: headings, tables with their columns, and code in color.
struct PageText {
  let style: Style

  func text(of markdown: String) -> String {
    var lines: [String] = []
    var table: [[String]] = []
    for line in markdown.lines {
      if let cells = Self.cells(of: line) {
        table.append(cells)
        continue
      }
      lines += rows(of: table)
      table = []
      lines.append(painted(line))
    }
    return (lines + rows(of: table)).joined(separator: "\n") + "\n"
  }

  private func painted(_ line: String) -> String {
    if let heading = line.prefixMatch(of: #/#+ (.*)/#)?.output.1 {
      return style.paint(String(heading), .strong)
    }
    if let remark = line.wholeMatch(of: #/\*([^*]+)\*/#)?.output.1 {
      return style.paint(Self.bare(remark), .faint)
    }
    // Four spaces are code of their own.
    return line.hasPrefix("    ") ? line : inked(line)
  }

  /// `code` in a color, which says as much as its backticks.
  private func inked(_ text: String) -> String {
    style.isColored
      ? text.replacing(#/`([^`]+)`/#) { style.paint(String($0.output.1), .first) } : text
  }

  private static func bare(_ text: some StringProtocol) -> String {
    String(text).replacing("`", with: "")
  }

  // MARK: Tables

  private static func cells(of line: String) -> [String]? {
    guard line.hasPrefix("|"), line.hasSuffix("|") else { return nil }
    return line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
      String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
  }

  /// The header, and below it the rows, without the line of dashes between.
  private func rows(of table: [[String]]) -> [String] {
    let rows = table.filter { !$0.allSatisfy { $0.allSatisfy { "-:".contains($0) } } }
    guard let header = rows.first else { return [] }
    let widths = header.indices.map { column in
      rows.map { $0.indices.contains(column) ? inked($0[column]).columns : 0 }.max() ?? 0
    }
    return rows.enumerated().map { index, row in
      let start = 2 + widths.dropLast().reduce(0) { $0 + $1 + 2 }
      var line = "  "
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        let text = index == 0 ? style.paint(cell, .strong) : inked(cell)
        line += isLast ? style.wrap(text, indent: start) : text
        if !isLast { line += String(repeating: " ", count: widths[column] - text.columns + 2) }
      }
      return line
    }
  }
}

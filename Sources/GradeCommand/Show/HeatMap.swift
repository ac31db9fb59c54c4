import Grading
import KataKit

/// Where two matrices differ that are too large for a table: a letter an entry, the darker the larger.
struct HeatMap {
  let style: Style

  /// A matrix of no more entries is seen whole in its table.
  private static let smallest = 100
  private static let mostRows = 24

  /// Nothing where the matrices are small.
  func lines(_ yours: Matrix, _ expected: Matrix) -> [String] {
    guard expected.count > Self.smallest else { return [] }
    let letters = Array(style.isPlain ? " .:*#" : " ░▒▓█")
    let difference = (yours - expected).map(abs)
    let largest = difference.elements.filter(\.isFinite).max() ?? 0
    let (rows, columns) = (
      min(Self.mostRows, expected.rows), min(style.width - 6, expected.columns)
    )
    let lines = (0..<rows).map { row in
      "    │"
        + String(
          (0..<columns).map { column in
            let share = largest > 0 ? difference[row, column] / largest : 0
            return share > 0 || !share.isFinite
              ? letters[share.isFinite ? max(1, Int((share * 4).rounded(.up))) : 4] : letters[0]
          }) + "│"
    }
    let cut =
      rows < expected.rows || columns < expected.columns ? ", the first \(rows)×\(columns)" : ""
    return ["", "    |difference|\(cut): \(letters[4]) is \(Numbers.brief(largest))"] + lines
  }
}

/// Dots on a grid, two across and four down to each letter, as braille.
///
/// Source: Unicode 1.0, chapter 7, "Braille Patterns": U+2800 plus a bit for each dot.
struct Canvas {
  let columns: Int
  let rows: Int
  private var masks: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    masks = [UInt8](repeating: 0, count: columns * rows)
  }

  var width: Int { columns * 2 }
  var height: Int { rows * 4 }

  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// Sets the dot at `x` from the left and `y` from the top; outside it does nothing.
  mutating func set(_ x: Int, _ y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    masks[y / 4 * columns + x / 2] |= Self.bits[y % 4][x % 2]
  }

  /// A vertical run of dots, so that a steep line has no holes.
  mutating func join(_ x: Int, from y: Int, to other: Int) {
    for row in min(y, other)...max(y, other) { set(x, row) }
  }

  /// The dots of one letter, a bit for each.
  func mask(_ row: Int, _ column: Int) -> UInt8 { masks[row * columns + column] }

  /// One line.
  func line(_ row: Int, isPlain: Bool) -> String {
    (0..<columns).map { Self.letter(mask(row, $0), isPlain: isPlain) }.joined()
  }

  /// A letter with these dots; where only ASCII can be shown, a star for any.
  static func letter(_ mask: UInt8, isPlain: Bool) -> String {
    if isPlain { return mask == 0 ? " " : "*" }
    return Unicode.Scalar(UInt32(0x2800) + UInt32(mask)).map { String(Character($0)) } ?? " "
  }
}

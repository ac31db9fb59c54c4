import KataKit
import Testing

/// That the process died of a `fatalError` with exactly `message`.
func expect(
  _ result: ExitTest.Result?, says message: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(output.contains("Fatal error: \(message)\n"), sourceLocation: sourceLocation)
}

extension Matrix {
  /// A rows×columns matrix of standard normal draws, always the same for one seed.
  static func sample(_ shape: Shape, seed: UInt64) -> Matrix {
    var generator = SeededGenerator(seed: seed)
    return normal(rows: shape.rows, columns: shape.columns, using: &generator)
  }

  /// Element by element from a formula for element (i, j), the slow and obvious way.
  init(_ shape: Shape, element: (Int, Int) -> Double) {
    self.init(rows: shape.rows, columns: shape.columns)
    for row in 0..<rows {
      for column in 0..<columns { self[row, column] = element(row, column) }
    }
  }
}

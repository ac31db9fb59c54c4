import KataKit

extension Matrix {
  /// With another constant added to each row.
  var rowsMovedApart: Matrix {
    let constants = (0..<rows).map { Double($0) - 1.5 }
    return self + Matrix(rows: rows, columns: 1, elements: constants)
  }

  /// All rows, and all of them again.
  var rowsTwice: Matrix { gather(rows: Array(0..<rows) + Array(0..<rows)) }
}

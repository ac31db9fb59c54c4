/// The matrices one after another: below each other (axis 0), or side by side (axis 1);
/// `np.concatenate`, `np.vstack` and `np.hstack`.
///
/// They agree in the other dimension, and there must be at least one.
public func concatenate(_ matrices: [Matrix], axis: Int) -> Matrix {
  guard let first = matrices.first else { shapeError(.nothingToConcatenate) }
  switch axis {
  case 0:
    for other in matrices where other.columns != first.columns {
      shapeError(.cannotConcatenate(axis: 0, first.shape, other.shape))
    }
    let rows = matrices.reduce(0) { $0 + $1.rows }
    return Matrix(rows: rows, columns: first.columns, storage: matrices.flatMap(\.storage))
  case 1:
    for other in matrices where other.rows != first.rows {
      shapeError(.cannotConcatenate(axis: 1, first.shape, other.shape))
    }
    var elements: [Double] = []
    for row in 0..<first.rows {
      for matrix in matrices {
        elements += matrix.storage[row * matrix.columns..<(row + 1) * matrix.columns]
      }
    }
    let columns = matrices.reduce(0) { $0 + $1.columns }
    return Matrix(rows: first.rows, columns: columns, storage: elements)
  default:
    shapeError(.noWayToConcatenate(axis: axis))
  }
}

extension Matrix {
  /// Row `index`, 1×columns, to read, to replace as with `X[i] = r`, or to add to.
  public subscript(row index: Int) -> Matrix {
    get { row(index) }
    set {
      guard index >= 0, index < rows else { shapeError(.outside("[row: \(index)]", shape)) }
      let place = Shape(rows: 1, columns: columns)
      guard newValue.shape == place else {
        shapeError(.doesNotFill("[row: \(index)]", shape, place: place, newValue.shape))
      }
      storage.replaceSubrange(index * columns..<(index + 1) * columns, with: newValue.storage)
    }
  }

  /// Column `index`, rows×1, to read, to replace as with `X[:, j] = c`, or to add to.
  public subscript(column index: Int) -> Matrix {
    get { column(index) }
    set {
      guard index >= 0, index < columns else { shapeError(.outside("[column: \(index)]", shape)) }
      let place = Shape(rows: rows, columns: 1)
      guard newValue.shape == place else {
        shapeError(.doesNotFill("[column: \(index)]", shape, place: place, newValue.shape))
      }
      for row in 0..<rows { storage[row * columns + index] = newValue.storage[row] }
    }
  }
}

extension Matrix {
  /// The sum of all elements, `A.sum()`, 0 when there are none.
  public func sum() -> Double { storage.reduce(0, +) }

  /// The mean of all elements, `A.mean()`, of which there must be at least one.
  public func mean() -> Double {
    requireElements("mean()")
    return sum() / Double(count)
  }

  /// The largest of all elements, `A.max()`, NaN if any is; there must be at least one.
  public func max() -> Double {
    requireElements("max()")
    return storage.reduce(-.infinity, greater)
  }

  /// The smallest of all elements, `A.min()`, NaN if any is; there must be at least one.
  public func min() -> Double {
    requireElements("min()")
    return storage.reduce(.infinity, lesser)
  }

  private func requireElements(_ operation: String) {
    guard !isEmpty else { shapeError(.empty(operation, shape, of: "elements")) }
  }
}

// Along an axis, which keeps its dimension as 1 (NumPy's `keepdims=True`), so that the result
// broadcasts against the matrix it came from: axis 0 collapses the rows, n×m to 1×m, and axis 1 the
// columns, n×m to n×1. A dimension of size 0 collapses in a sum only.
extension Matrix {
  /// The sums of the columns (axis 0, 1×columns) or of the rows (axis 1, rows×1),
  /// `A.sum(axis=0, keepdims=True)`.
  public func sum(axis: Int) -> Matrix {
    folded("sum", axis, from: 0, +)
  }

  /// The means of the columns (axis 0, 1×columns) or of the rows (axis 1, rows×1),
  /// `A.mean(axis=0, keepdims=True)`.
  public func mean(axis: Int) -> Matrix {
    requireExtent("mean", axis)
    return folded("mean", axis, from: 0, +) / Double(axis == 0 ? rows : columns)
  }

  /// The largest elements of the columns (axis 0, 1×columns) or of the rows (axis 1, rows×1),
  /// `A.max(axis=0, keepdims=True)`.
  public func max(axis: Int) -> Matrix {
    requireExtent("max", axis)
    return folded("max", axis, from: -.infinity, greater)
  }

  /// The smallest elements of the columns (axis 0, 1×columns) or of the rows (axis 1, rows×1),
  /// `A.min(axis=0, keepdims=True)`.
  public func min(axis: Int) -> Matrix {
    requireExtent("min", axis)
    return folded("min", axis, from: .infinity, lesser)
  }

  /// Where the largest element is in each column (axis 0) or row (axis 1), `A.argmax(axis=1)`: the
  /// first of equals, and the first NaN if there is one.
  public func argmax(axis: Int) -> [Int] {
    requireExtent("argmax", axis)
    let (lines, extent) = axis == 0 ? (columns, rows) : (rows, columns)
    return (0..<lines).map { line in
      var best = 0
      for candidate in 1..<extent {
        let value = axis == 0 ? self[candidate, line] : self[line, candidate]
        let record = axis == 0 ? self[best, line] : self[line, best]
        if value > record || (value.isNaN && !record.isNaN) { best = candidate }
      }
      return best
    }
  }

  /// Checks that the axis is 0 or 1, and that what it collapses is not empty.
  private func requireExtent(_ operation: String, _ axis: Int) {
    switch (axis, axis == 0 ? rows : columns) {
    case (0, 0): shapeError(.empty("\(operation)(axis: 0)", shape, of: "rows"))
    case (1, 0): shapeError(.empty("\(operation)(axis: 1)", shape, of: "columns"))
    case (0, _), (1, _): break
    default: shapeError(.axis(operation, axis))
    }
  }

  @inline(__always)
  private func folded(
    _ operation: String, _ axis: Int, from initial: Double,
    _ combine: (Double, Double) -> Double
  ) -> Matrix {
    switch axis {
    case 0:
      var results = [Double](repeating: initial, count: columns)
      for row in 0..<rows {
        for (column, element) in elements(ofRow: row).enumerated() {
          results[column] = combine(results[column], element)
        }
      }
      return Matrix(rows: 1, columns: columns, storage: results)
    case 1:
      let results = (0..<rows).map { elements(ofRow: $0).reduce(initial, combine) }
      return Matrix(rows: rows, columns: 1, storage: results)
    default:
      shapeError(.axis(operation, axis))
    }
  }

  @inline(__always)
  private func elements(ofRow row: Int) -> ArraySlice<Double> {
    storage[row * columns..<(row + 1) * columns]
  }
}

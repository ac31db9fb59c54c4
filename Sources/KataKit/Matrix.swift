/// A matrix of `Double`s, stored row after row.
///
/// A vector is a matrix too: a row is 1×n, a column n×1.
public struct Matrix: Equatable, Sendable {
  /// The number of rows, `A.shape[0]`.
  public let rows: Int
  /// The number of columns, `A.shape[1]`.
  public let columns: Int

  @usableFromInline
  var storage: [Double]

  /// The elements row after row, `A.ravel()`: element (i, j) is at `i * columns + j`.
  @inlinable
  public var elements: [Double] { storage }
}

extension Matrix {
  /// A matrix whose elements are all `value`, `np.full((r, c), v)`; zeros, `np.zeros((r, c))`, without
  /// one.
  public init(rows: Int, columns: Int, repeating value: Double = 0) {
    let shape = Shape(rows: rows, columns: columns)
    guard rows >= 0, columns >= 0 else { shapeError(.negativeSize(shape)) }
    self.init(rows: rows, columns: columns, storage: Array(repeating: value, count: shape.count))
  }

  /// The elements row after row, `np.reshape`; there must be `rows * columns` of them.
  public init(rows: Int, columns: Int, elements: [Double]) {
    let shape = Shape(rows: rows, columns: columns)
    guard rows >= 0, columns >= 0 else { shapeError(.negativeSize(shape)) }
    guard elements.count == shape.count else {
      shapeError(.elementCount(elements.count, needed: shape))
    }
    self.init(rows: rows, columns: columns, storage: elements)
  }

  /// The rows, all of one length, `np.array`; `[]` is 0×0, and `[[], []]` is 2×0.
  public init(_ rows: [[Double]]) {
    let columns = rows.first?.count ?? 0
    if let ragged = rows.firstIndex(where: { $0.count != columns }) {
      shapeError(.raggedRow(ragged, length: rows[ragged].count, first: columns))
    }
    self.init(rows: rows.count, columns: columns, storage: Array(rows.joined()))
  }

  /// Zeros in the shape of `other`, `np.zeros_like`.
  public static func zeros(like other: Matrix) -> Matrix {
    Matrix(rows: other.rows, columns: other.columns)
  }

  /// The size×size matrix with ones on the diagonal, `np.eye`.
  public static func identity(_ size: Int) -> Matrix {
    var result = Matrix(rows: size, columns: size)
    for index in 0..<size { result[index, index] = 1 }
    return result
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  /// `[[1, 2], [3, 4]]` is 2×2.
  public init(arrayLiteral rows: [Double]...) {
    self.init(rows)
  }
}

extension Matrix {
  /// Both sizes, `A.shape`.
  @inlinable
  public var shape: Shape { Shape(rows: rows, columns: columns) }

  /// The number of elements, `A.size`.
  public var count: Int { storage.count }

  /// Whether there is no element: some dimension is 0.
  public var isEmpty: Bool { storage.isEmpty }

  /// The element in row `row` and column `column`, `A[i, j]`, both counted from 0.
  @inlinable
  public subscript(row: Int, column: Int) -> Double {
    get { storage[offset(row, column)] }
    set { storage[offset(row, column)] = newValue }
  }

  @inlinable
  func offset(_ row: Int, _ column: Int) -> Int {
    guard row >= 0, row < rows, column >= 0, column < columns else {
      shapeError(.subscriptOutside(row: row, column: column, shape))
    }
    return row * columns + column
  }
}

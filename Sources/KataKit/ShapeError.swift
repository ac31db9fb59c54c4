/// What can be wrong with a shape, an index or an axis; `description` is the one place that words it.
@usableFromInline
enum ShapeError {
  case negativeSize(Shape)
  case elementCount(Int, needed: Shape)
  case raggedRow(Int, length: Int, first: Int)
  case subscriptOutside(row: Int, column: Int, Shape)
  case outside(String, Shape)
  case axis(String, Int)
  case empty(String, Shape, of: String)
  case innerDimensions(Shape, Shape)
  case notBroadcastable(String, Shape, Shape)
  case cannotGrow(String, Shape, Shape)
  case doesNotFill(String, Shape, place: Shape, Shape)
  case nothingToConcatenate
  case noWayToConcatenate(axis: Int)
  case cannotConcatenate(axis: Int, Shape, Shape)
}

/// Ends the process with a sentence about the shapes.
///
/// This is `fatalError` and not `precondition`, whose message is compiled away by `-O`.
@usableFromInline
@inline(never)
func shapeError(_ error: ShapeError) -> Never {
  fatalError(error.description)
}

extension ShapeError: CustomStringConvertible {
  @usableFromInline
  var description: String {
    switch self {
    case .negativeSize(let shape):
      "Matrix(rows: \(shape.rows), columns: \(shape.columns)): a size cannot be negative"
    case .elementCount(let count, let needed):
      "Matrix(rows: \(needed.rows), columns: \(needed.columns)) needs \(needed.count) elements, "
        + "got \(count)"
    case .raggedRow(let row, let length, let first):
      "Matrix: row \(row) has length \(length), but row 0 has length \(first)"
    case .subscriptOutside(let row, let column, let shape):
      "subscript [\(row), \(column)] is outside a \(shape) matrix"
    case .outside(let operation, let shape):
      "\(operation) is outside a \(shape) matrix"
    case .axis(let operation, let axis):
      "\(operation)(axis: \(axis)): the axis is 0, which collapses the rows, "
        + "or 1, which collapses the columns"
    case .empty(let operation, let shape, let missing):
      "\(operation) of a \(shape) matrix: there are no \(missing)"
    case .innerDimensions(let left, let right):
      "matmul: \(left) · \(right): the inner dimensions \(left.columns) and \(right.rows) differ"
        + Self.transposeHint(left, right)
    case .notBroadcastable(let operation, let left, let right):
      "\(operation): \(left) and \(right): " + Self.differences(left, right)
    case .cannotGrow(let operation, let left, let right):
      "\(operation): the \(left) matrix on the left cannot grow to fit the \(right) on the right"
    case .doesNotFill(let operation, let shape, let place, let value):
      "\(operation) of a \(shape) matrix is \(place), not \(value)"
    case .nothingToConcatenate:
      "concatenate: there is no matrix"
    case .noWayToConcatenate(let axis):
      "concatenate(axis: \(axis)): the axis is 0, below each other, or 1, side by side"
    case .cannotConcatenate(0, let first, let other):
      "concatenate(axis: 0): \(first) and \(other): the columns \(first.columns) and "
        + "\(other.columns) differ"
    case .cannotConcatenate(let axis, let first, let other):
      "concatenate(axis: \(axis)): \(first) and \(other): the rows \(first.rows) and "
        + "\(other.rows) differ"
    }
  }

  /// The transpose that would make the product fit, unless there is none or a choice of two.
  private static func transposeHint(_ left: Shape, _ right: Shape) -> String {
    switch (left.rows == right.rows, left.columns == right.columns) {
    case (true, false): "; (\(left))ᵀ · \(right) would fit"
    case (false, true): "; \(left) · (\(right))ᵀ would fit"
    case (true, true), (false, false): ""
    }
  }

  private static func differences(_ left: Shape, _ right: Shape) -> String {
    let pairs = [("rows", left.rows, right.rows), ("columns", left.columns, right.columns)]
    return pairs.filter { Shape.broadcast($0.1, $0.2) == nil }
      .map { "the \($0.0) \($0.1) and \($0.2) differ, and neither is 1" }
      .joined(separator: "; ")
  }
}

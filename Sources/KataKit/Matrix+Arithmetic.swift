// Every operator between two matrices broadcasts as NumPy does: a dimension of 1 repeats to fit the
// other side's, so that n×m + 1×m adds the row to each of the n rows.

extension Matrix {
  /// Elementwise sum, broadcasting, `A + B`.
  public static func + (lhs: Matrix, rhs: Matrix) -> Matrix { broadcast("+", lhs, rhs, +) }
  /// Elementwise difference, broadcasting, `A - B`.
  public static func - (lhs: Matrix, rhs: Matrix) -> Matrix { broadcast("-", lhs, rhs, -) }
  /// Elementwise product, broadcasting, `A * B`; for the matrix product see `matmul`.
  public static func * (lhs: Matrix, rhs: Matrix) -> Matrix { broadcast("*", lhs, rhs, *) }
  /// Elementwise quotient, broadcasting, `A / B`; division by zero gives an infinity or NaN.
  public static func / (lhs: Matrix, rhs: Matrix) -> Matrix { broadcast("/", lhs, rhs, /) }

  // With a number on either side, it goes to each element.

  public static func + (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 + rhs } }
  public static func - (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 - rhs } }
  public static func * (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 * rhs } }
  public static func / (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 / rhs } }

  public static func + (lhs: Double, rhs: Matrix) -> Matrix { each(rhs) { lhs + $0 } }
  public static func - (lhs: Double, rhs: Matrix) -> Matrix { each(rhs) { lhs - $0 } }
  public static func * (lhs: Double, rhs: Matrix) -> Matrix { each(rhs) { lhs * $0 } }
  public static func / (lhs: Double, rhs: Matrix) -> Matrix { each(rhs) { lhs / $0 } }

  /// Each element with the other sign, `-A`.
  public static prefix func - (operand: Matrix) -> Matrix { each(operand) { -$0 } }
}

// The masks: 1 where the comparison holds and 0 elsewhere, as after NumPy's `.astype(float)`. A NaN
// compares false. Comparison binds weaker than arithmetic: `gradient * (z .> 0)` needs its
// parentheses.
extension Matrix {
  /// 1 where an element is greater than a number, 0 elsewhere, `(Z > 0).astype(float)`.
  public static func .> (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 > rhs ? 1 : 0 } }
  /// 1 where an element is at least a number, 0 elsewhere, `(Z >= 0).astype(float)`.
  public static func .>= (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 >= rhs ? 1 : 0 } }
  /// 1 where an element is less than a number, 0 elsewhere, `(Z < 0).astype(float)`.
  public static func .< (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 < rhs ? 1 : 0 } }
  /// 1 where an element is at most a number, 0 elsewhere, `(Z <= 0).astype(float)`.
  public static func .<= (lhs: Matrix, rhs: Double) -> Matrix { each(lhs) { $0 <= rhs ? 1 : 0 } }
}

@inline(__always)
private func each(_ operand: Matrix, _ operation: (Double) -> Double) -> Matrix {
  Matrix(rows: operand.rows, columns: operand.columns, storage: operand.storage.map(operation))
}

@inline(__always)
func broadcast(
  _ symbol: String, _ lhs: Matrix, _ rhs: Matrix,
  _ operation: (Double, Double) throws -> Double
) rethrows -> Matrix {
  guard let shape = lhs.shape.broadcast(with: rhs.shape) else {
    shapeError(.notBroadcastable(symbol, lhs.shape, rhs.shape))
  }
  let (lhsDown, lhsAcross) = lhs.steps
  let (rhsDown, rhsAcross) = rhs.steps
  let elements = try [Double](unsafeUninitializedCapacity: shape.count) {
    result, initializedCount in
    try lhs.storage.withUnsafeBufferPointer { left in
      try rhs.storage.withUnsafeBufferPointer { right in
        for row in 0..<shape.rows {
          let start = row * shape.columns
          let (leftStart, rightStart) = (row * lhsDown, row * rhsDown)
          // Without overflow checks the loop vectorizes: 33 µs for 128×784 + 1×784, and not 110.
          for column in 0..<shape.columns {
            result[start &+ column] = try operation(
              left[leftStart &+ column &* lhsAcross], right[rightStart &+ column &* rhsAcross])
          }
        }
      }
    }
    initializedCount = shape.count
  }
  return Matrix(rows: shape.rows, columns: shape.columns, storage: elements)
}

extension Matrix {
  /// The distances in `storage` from an element to the one below and to the one on the right; 0
  /// along a dimension of 1, so that its one element repeats.
  var steps: (down: Int, across: Int) {
    (down: rows == 1 ? 0 : columns, across: columns == 1 ? 0 : 1)
  }
}

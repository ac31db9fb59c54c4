extension Matrix {
  /// Elementwise sum in place, `A += B`; the right side broadcasts to the shape of the left.
  public static func += (lhs: inout Matrix, rhs: Matrix) { update("+=", &lhs, rhs, +) }
  /// Elementwise difference in place, `A -= B`; the right side broadcasts to the shape of the left.
  public static func -= (lhs: inout Matrix, rhs: Matrix) { update("-=", &lhs, rhs, -) }
  /// Elementwise product in place, `A *= B`; the right side broadcasts to the shape of the left.
  public static func *= (lhs: inout Matrix, rhs: Matrix) { update("*=", &lhs, rhs, *) }
  /// Elementwise quotient in place, `A /= B`; the right side broadcasts to the shape of the left.
  public static func /= (lhs: inout Matrix, rhs: Matrix) { update("/=", &lhs, rhs, /) }

  public static func += (lhs: inout Matrix, rhs: Double) { update(&lhs) { $0 + rhs } }
  public static func -= (lhs: inout Matrix, rhs: Double) { update(&lhs) { $0 - rhs } }
  public static func *= (lhs: inout Matrix, rhs: Double) { update(&lhs) { $0 * rhs } }
  public static func /= (lhs: inout Matrix, rhs: Double) { update(&lhs) { $0 / rhs } }
}

@inline(__always)
private func update(_ lhs: inout Matrix, _ operation: (Double) -> Double) {
  lhs.storage.withUnsafeMutableBufferPointer { elements in
    for index in elements.indices { elements[index] = operation(elements[index]) }
  }
}

@inline(__always)
private func update(
  _ symbol: String, _ lhs: inout Matrix, _ rhs: Matrix, _ operation: (Double, Double) -> Double
) {
  let shape = lhs.shape
  guard let fitted = shape.broadcast(with: rhs.shape) else {
    shapeError(.notBroadcastable(symbol, shape, rhs.shape))
  }
  guard fitted == shape else { shapeError(.cannotGrow(symbol, shape, rhs.shape)) }
  let (down, across) = rhs.steps
  lhs.storage.withUnsafeMutableBufferPointer { left in
    rhs.storage.withUnsafeBufferPointer { right in
      for row in 0..<shape.rows {
        let (leftStart, rightStart) = (row * shape.columns, row * down)
        for column in 0..<shape.columns {
          let index = leftStart &+ column
          left[index] = operation(left[index], right[rightStart &+ column &* across])
        }
      }
    }
  }
}

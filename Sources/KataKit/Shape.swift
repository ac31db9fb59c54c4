/// The number of rows and of columns of a matrix, written `4×3`.
public struct Shape: Equatable, Sendable {
  public let rows: Int
  public let columns: Int

  @inlinable
  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
  }
}

extension Shape: CustomStringConvertible {
  public var description: String { "\(rows)×\(columns)" }
}

extension Shape {
  var count: Int { rows * columns }

  /// The shape that both stretch to by NumPy's rule, a dimension of 1 repeating to fit the other;
  /// `nil` when a dimension differs and neither is 1.
  func broadcast(with other: Shape) -> Shape? {
    guard
      let rows = Self.broadcast(rows, other.rows),
      let columns = Self.broadcast(columns, other.columns)
    else { return nil }
    return Shape(rows: rows, columns: columns)
  }

  static func broadcast(_ left: Int, _ right: Int) -> Int? {
    if left == right || right == 1 { return left }
    return left == 1 ? right : nil
  }
}

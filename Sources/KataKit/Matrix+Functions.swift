extension Matrix {
  /// The matrix of `transform` applied to each element.
  public func map(_ transform: (Double) throws -> Double) rethrows -> Matrix {
    Matrix(rows: rows, columns: columns, storage: try storage.map(transform))
  }
}

// Elementwise, with the edge cases of the functions of a `Double`.

/// Elementwise eˣ.
public func exp(_ x: Matrix) -> Matrix { x.map { exp($0) } }

/// Elementwise natural logarithm.
public func log(_ x: Matrix) -> Matrix { x.map { log($0) } }

/// Elementwise square root.
public func sqrt(_ x: Matrix) -> Matrix { x.map { $0.squareRoot() } }

/// Elementwise hyperbolic tangent.
public func tanh(_ x: Matrix) -> Matrix { x.map { tanh($0) } }

/// Elementwise absolute value.
public func abs(_ x: Matrix) -> Matrix { x.map { $0.magnitude } }

/// Elementwise xʸ.
public func pow(_ x: Matrix, _ y: Double) -> Matrix { x.map { pow($0, y) } }

/// The greater of each element and `y`, NaN if either is.
public func maximum(_ x: Matrix, _ y: Double) -> Matrix {
  y.isNaN ? x.map { _ in y } : x.map { $0 < y ? y : $0 }
}

/// The greater of `x` and each element, NaN if either is.
public func maximum(_ x: Double, _ y: Matrix) -> Matrix { maximum(y, x) }

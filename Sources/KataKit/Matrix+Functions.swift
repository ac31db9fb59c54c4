extension Matrix {
  /// The matrix of `transform` applied to each element, `np.vectorize(f)(A)`.
  public func map(_ transform: (Double) throws -> Double) rethrows -> Matrix {
    Matrix(rows: rows, columns: columns, storage: try storage.map(transform))
  }

  /// `transform` of each element and the one of `other` in its place, broadcasting,
  /// `np.vectorize(f)(A, B)`.
  public func map(
    with other: Matrix, _ transform: (Double, Double) throws -> Double
  ) rethrows -> Matrix {
    try broadcast("map(with:)", self, other, transform)
  }
}

// Elementwise, with the edge cases of the functions of a `Double`.

/// Elementwise eˣ, `np.exp`.
public func exp(_ x: Matrix) -> Matrix { x.map { exp($0) } }

/// Elementwise natural logarithm, `np.log`.
public func log(_ x: Matrix) -> Matrix { x.map { log($0) } }

/// Elementwise ln(1 + x), `np.log1p`, to the last digit where x is tiny.
public func log1p(_ x: Matrix) -> Matrix { x.map { log1p($0) } }

/// Elementwise eˣ − 1, `np.expm1`, to the last digit where x is tiny.
public func expm1(_ x: Matrix) -> Matrix { x.map { expm1($0) } }

/// Elementwise error function, `scipy.special.erf`: 2/√π ∫₀ˣ e^(−t²) dt.
public func erf(_ x: Matrix) -> Matrix { x.map { erf($0) } }

/// Elementwise square root, `np.sqrt`.
public func sqrt(_ x: Matrix) -> Matrix { x.map { $0.squareRoot() } }

/// Elementwise hyperbolic tangent, `np.tanh`.
public func tanh(_ x: Matrix) -> Matrix { x.map { tanh($0) } }

/// Elementwise absolute value, `np.abs`.
public func abs(_ x: Matrix) -> Matrix { x.map { $0.magnitude } }

/// Elementwise xʸ, `np.power`; `x * x` for a square.
public func pow(_ x: Matrix, _ y: Double) -> Matrix { x.map { pow($0, y) } }

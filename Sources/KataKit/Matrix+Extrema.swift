// A NaN on either side is the answer, as in NumPy, and unlike `Swift.max`, whose answer then depends
// on the order.

/// The larger of each element and `y`, `np.maximum(A, y)`, NaN if either is.
public func maximum(_ x: Matrix, _ y: Double) -> Matrix {
  y.isNaN ? x.map { _ in y } : x.map { $0 < y ? y : $0 }
}

/// The larger of `x` and each element, `np.maximum(x, A)`, NaN if either is.
public func maximum(_ x: Double, _ y: Matrix) -> Matrix { maximum(y, x) }

/// The larger of two elements in each place, broadcasting, `np.maximum(A, B)`, NaN if either is.
public func maximum(_ x: Matrix, _ y: Matrix) -> Matrix { broadcast("maximum", x, y, greater) }

/// The smaller of each element and `y`, `np.minimum(A, y)`, NaN if either is.
public func minimum(_ x: Matrix, _ y: Double) -> Matrix {
  y.isNaN ? x.map { _ in y } : x.map { $0 > y ? y : $0 }
}

/// The smaller of `x` and each element, `np.minimum(x, A)`, NaN if either is.
public func minimum(_ x: Double, _ y: Matrix) -> Matrix { minimum(y, x) }

/// The smaller of two elements in each place, broadcasting, `np.minimum(A, B)`, NaN if either is.
public func minimum(_ x: Matrix, _ y: Matrix) -> Matrix { broadcast("minimum", x, y, lesser) }

extension Matrix {
  /// Each element, moved to the nearer bound where it is outside, `np.clip(A, a, b)`; NaN stays NaN.
  public func clamped(to range: ClosedRange<Double>) -> Matrix {
    map { $0 < range.lowerBound ? range.lowerBound : $0 > range.upperBound ? range.upperBound : $0 }
  }
}

@inline(__always)
func greater(_ a: Double, _ b: Double) -> Double { b > a || b.isNaN ? b : a }

@inline(__always)
func lesser(_ a: Double, _ b: Double) -> Double { b < a || b.isNaN ? b : a }

extension Matrix {
  /// Independent draws from the normal distribution, row after row.
  public static func normal(
    rows: Int, columns: Int, mean: Double = 0, standardDeviation: Double = 1,
    using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    for index in result.storage.indices {
      result.storage[index] = mean + standardDeviation * generator.normal()
    }
    return result
  }

  /// Independent draws from the uniform distribution on a finite range, row after row.
  ///
  /// Rounding never carries a draw past the upper bound, as `uniform()` is below 1.
  public static func uniform(
    rows: Int, columns: Int, in range: ClosedRange<Double>,
    using generator: inout some RandomNumberGenerator
  ) -> Matrix {
    let width = range.upperBound - range.lowerBound
    var result = Matrix(rows: rows, columns: columns)
    for index in result.storage.indices {
      result.storage[index] = range.lowerBound + width * generator.uniform()
    }
    return result
  }
}

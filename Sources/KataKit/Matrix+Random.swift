extension Matrix {
  /// Independent draws from the normal distribution, row after row, `np.random.randn`.
  @_specialize(where Generator == SeededGenerator)
  public static func normal<Generator: RandomNumberGenerator>(
    rows: Int, columns: Int, mean: Double = 0, standardDeviation: Double = 1,
    using generator: inout Generator
  ) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    result.storage.withUnsafeMutableBufferPointer { elements in
      for index in elements.indices {
        elements[index] = mean + standardDeviation * generator.normal()
      }
    }
    return result
  }

  /// Independent draws from the uniform distribution on a range, row after row, `np.random.uniform`.
  ///
  /// Rounding never carries a draw past the upper bound, as `uniform()` is below 1.
  @_specialize(where Generator == SeededGenerator)
  public static func uniform<Generator: RandomNumberGenerator>(
    rows: Int, columns: Int, in range: ClosedRange<Double>, using generator: inout Generator
  ) -> Matrix {
    let width = range.upperBound - range.lowerBound
    var result = Matrix(rows: rows, columns: columns)
    result.storage.withUnsafeMutableBufferPointer { elements in
      for index in elements.indices {
        elements[index] = range.lowerBound + width * generator.uniform()
      }
    }
    return result
  }
}

package import KataKit

extension Matrix {
  /// Matrices of one width, one below the other.
  package init(stacked matrices: [Matrix]) {
    self.init(
      rows: matrices.reduce(0) { $0 + $1.rows }, columns: matrices.first?.columns ?? 0,
      elements: matrices.flatMap(\.elements))
  }

  /// The sum of the products of each element and its right neighbor over √(pairs)·s², deviations from
  /// the mean taken: a standard normal number where the elements are independent; 0 where there is no
  /// pair or no variance.
  package func neighborCorrelation(_ sample: Sample) -> Double {
    guard columns > 1, rows > 0, sample.variance != 0 else { return 0 }
    var sum = 0.0
    elements.withUnsafeBufferPointer { elements in
      for row in 0..<rows {
        for index in row * columns..<(row + 1) * columns - 1 {
          sum += (elements[index] - sample.mean) * (elements[index + 1] - sample.mean)
        }
      }
    }
    return sum / (Double(rows * (columns - 1)).squareRoot() * sample.variance)
  }

  /// How many rows differ from all before them, as a share of their number; 1 where there are none.
  package var distinctRowShare: Double {
    guard rows > 0 else { return 1 }
    // Rows that begin differently need not be read to their ends.
    let starts = Set((0..<rows).map { columns > 0 ? elements[$0 * columns] : 0 })
    if starts.count == rows { return 1 }
    let different = Set((0..<rows).map { elements[$0 * columns..<($0 + 1) * columns] })
    return Double(different.count) / Double(rows)
  }
}

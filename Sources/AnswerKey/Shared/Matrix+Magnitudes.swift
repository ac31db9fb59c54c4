package import Grading
package import KataKit

extension [Double] {
  /// The elements at these indices, as far as there are such.
  package func gathered(_ places: [Int]) -> [Double] {
    places.filter { $0 < count }.map { self[$0] }
  }
}

extension Matrix {
  /// The same times powers of ten from −reach to reach at equal distances, in any order.
  package func ofEveryMagnitude(
    reaching reach: Double = 13, using generator: inout FixtureGenerator
  ) -> Matrix {
    let last = Double(Swift.max(count - 1, 1))
    let powers = (0..<count).map { pow(10, 2 * reach * Double($0) / last - reach) }
    return self
      * Matrix(rows: rows, columns: columns, elements: powers.shuffled(using: &generator))
  }
}

extension Matrix {
  /// Multiplies columns by 1e-9 and by 1e9, and what they are multiplied with by as much less.
  package mutating func stretchColumns(into weights: inout Matrix) {
    for column in 0..<columns {
      let factor = [1e-9, 1e9, 1][column % 3]
      for row in 0..<rows { self[row, column] *= factor }
      for unit in 0..<weights.columns { weights[column, unit] /= factor }
    }
  }
}

package import Grading
package import KataKit

extension Matrix {
  /// The same times powers of ten from −13 to 13 at equal distances, in any order.
  package func ofEveryMagnitude(using generator: inout FixtureGenerator) -> Matrix {
    let last = Double(Swift.max(count - 1, 1))
    let powers = (0..<count).map { pow(10, 26 * Double($0) / last - 13) }
    return self
      * Matrix(rows: rows, columns: columns, elements: powers.shuffled(using: &generator))
  }
}

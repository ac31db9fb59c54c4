package import KataKit

/// More rows than a buffer or a chunk is likely to have; every kata with a batch has a case of so many.
package let manyRows = 36

extension Matrix {
  /// Gives it a constant first row, a constant last column and a 0, none of which is to be treated apart.
  package mutating func levelSome() {
    let level = self[0, 0]
    for column in 0..<columns { self[0, column] = level }
    for row in 0..<rows { self[row, columns - 1] = level }
    self[rows - 1, 0] = 0
  }
}

package import KataKit

/// Values of a function around a point, from which its slope can be told by central differences.
package enum Slopes {
  /// h = 1e-4 · max(1, |θ|), the step for an entry θ.
  package static func step(at entry: Double) -> Double { 1e-4 * max(1, abs(entry)) }

  /// Where an entry is moved to, in the order of the columns of `values`: θ + h, θ − h, θ + h/2, θ − h/2.
  package static func moves(of entry: Double) -> [Double] {
    let h = step(at: entry)
    return [entry + h, entry - h, entry + h / 2, entry - h / 2]
  }

  /// count × 4: for every entry of `point` in its order, what `function` gives where only it is moved.
  package static func values(of function: (Matrix) -> Double, around point: Matrix) -> Matrix {
    var moved = point
    var values = Matrix(rows: point.count, columns: 4)
    for index in 0..<point.count {
      let (row, column) = index.quotientAndRemainder(dividingBy: point.columns)
      let center = point[row, column]
      for (turn, entry) in moves(of: center).enumerated() {
        moved[row, column] = entry
        values[index, turn] = function(moved)
      }
      moved[row, column] = center
    }
    return values
  }
}

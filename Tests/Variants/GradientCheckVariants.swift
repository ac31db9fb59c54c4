import KataKit

extension CorrectAnswers {
  static let gradientCheck = CorrectAnswers(
    kata: "gradient-check",
    variants: [
      NormRatioCheck.self, EntryByEntryCheck.self, AllCloseCheck.self, RandomDirectionCheck.self,
      RichardsonCheck.self, LargestErrorCheck.self, ColumnwiseCheck.self,
    ])
}

/// ‖a − n‖ / (‖a‖ + ‖n‖) with a short step; in place, adding and subtracting.
private struct NormRatioCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    var (gradient, moved) = (point, point)
    for index in 0..<point.count {
      let (i, j) = (index / point.columns, index % point.columns)
      moved[i, j] += step
      let above = loss(moved)
      moved[i, j] -= 2 * step
      let below = loss(moved)
      moved[i, j] += step
      gradient[i, j] = (above - below) / (2 * step)
    }
    return gradient
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    func norm(_ matrix: Matrix) -> Double { pow(matrix, 2).sum().squareRoot() }
    let numerical = numericalGradient(of: loss, at: point, step: 1e-7)
    let size = norm(gradient) + norm(numerical)
    if size == 0 { return true }
    return norm(gradient - numerical) / size < 1e-5
  }
}

/// max |a − n| / max(1e-8, |a| + |n|), as in CS231n, with a long step.
private struct EntryByEntryCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    Matrix(
      (0..<point.rows).map { i in
        (0..<point.columns).map { j in
          var (above, below) = (point, point)
          above[i, j] += step
          below[i, j] -= step
          return (loss(above) - loss(below)) / (above[i, j] - below[i, j])
        }
      })
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    let numerical = numericalGradient(of: loss, at: point, step: 1e-3)
    return zip(gradient.elements, numerical.elements).allSatisfy { a, n in
      abs(a - n) / max(1e-8, abs(a) + abs(n)) < 1e-4
    }
  }
}

/// |a − n| ≤ 1e-5·|n|, as numpy.allclose with atol=0.
private final class AllCloseCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    func differences(from index: Int) -> [Double] {
      guard index < point.count else { return [] }
      let unit = Matrix(
        rows: point.rows, columns: point.columns,
        elements: (0..<point.count).map { $0 == index ? step : 0 })
      return [0.5 * (loss(point + unit) - loss(point - unit)) / step] + differences(from: index + 1)
    }
    return Matrix(rows: point.rows, columns: point.columns, elements: differences(from: 0))
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    let numerical = numericalGradient(of: loss, at: point, step: 1e-4)
    return !zip(gradient.elements, numerical.elements).contains { a, n in
      !(abs(a - n) <= 1e-5 * abs(n))
    }
  }
}

/// Verdicts from 20 random directions, and not one entry at a time.
private struct RandomDirectionCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    var gradient = point
    for i in 0..<point.rows {
      for j in 0..<point.columns {
        func moved(_ distance: Double) -> Matrix {
          var result = point
          result[i, j] += distance
          return result
        }
        gradient[i, j] = loss(moved(step)) / (2 * step) - loss(moved(-step)) / (2 * step)
      }
    }
    return gradient
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    var generator = SeededGenerator(seed: 7)
    var (error, size) = (0.0, 0.0)
    for _ in 0..<20 {
      let direction = Matrix.uniform(
        rows: point.rows, columns: point.columns, in: -1...1, using: &generator
      ).map { $0 < 0 ? -1 : 1 }
      let h = 1e-5
      let slope = (loss(point + h * direction) - loss(point - h * direction)) / (2 * h)
      let claimed = (gradient * direction).sum()
      error += (claimed - slope) * (claimed - slope)
      size += claimed * claimed + slope * slope
    }
    return error <= 1e-7 * size
  }
}

/// Verdicts from differences whose h² term cancels.
private struct RichardsonCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    var gradient = Matrix(rows: point.rows, columns: point.columns)
    var here = point
    for i in 0..<point.rows {
      for j in 0..<point.columns {
        for side in [1.0, -1] {
          here[i, j] = point[i, j] + side * step
          gradient[i, j] += side * loss(here)
        }
        here[i, j] = point[i, j]
      }
    }
    return gradient / (2 * step)
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    let wide = numericalGradient(of: loss, at: point, step: 2e-4)
    let narrow = numericalGradient(of: loss, at: point, step: 1e-4)
    let numerical = (4 * narrow - wide) / 3
    let error = abs(gradient - numerical).sum()
    if error == 0 { return true }
    return error / max(abs(gradient).sum(), abs(numerical).sum()) < 1e-6
  }
}

/// The largest error relative to the largest entry; asks for the loss at the point, too.
private struct LargestErrorCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    let center = loss(point)
    var index = -1
    return point.map { x in
      index += 1
      let (i, j) = (index / point.columns, index % point.columns)
      var moved = point
      moved[i, j] = x + step
      let up = loss(moved) - center
      moved[i, j] = x - step
      let down = center - loss(moved)
      return (up + down) / 2 / step
    }
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    let numerical = numericalGradient(of: loss, at: point, step: 1e-6)
    return abs(gradient - numerical).max() <= 1e-3 * abs(numerical).max()
  }
}

/// Column by column; a mean of relative errors in which 0/0 counts as 0.
private struct ColumnwiseCheck: GradientCheckKata {
  func numericalGradient(
    of loss: (Matrix) -> Double, at point: Matrix, step: Double
  ) -> Matrix {
    var gradient = Matrix(rows: point.rows, columns: point.columns, repeating: .nan)
    for j in (0..<point.columns).reversed() {
      for i in (0..<point.rows).reversed() {
        var moved = point
        moved[i, j] -= step
        let below = loss(moved)
        moved[i, j] = point[i, j] + step
        gradient[i, j] = (loss(moved) - below) / step / 2
      }
    }
    return gradient
  }

  func isCorrect(
    _ gradient: Matrix, of loss: (Matrix) -> Double, at point: Matrix
  ) -> Bool {
    let numerical = numericalGradient(of: loss, at: point, step: 1e-5)
    let errors = zip(gradient.elements, numerical.elements).map { a, n in
      a == n ? 0 : abs(a - n) / max(abs(a), abs(n))
    }
    return errors.reduce(0, +) / Double(errors.count) < 1e-4
  }
}

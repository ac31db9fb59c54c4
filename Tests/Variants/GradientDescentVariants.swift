import KataKit

extension CorrectAnswers {
  static let gradientDescent = CorrectAnswers(
    kata: "gradient-descent",
    variants: [
      ScalarDescent.self, MatrixDescent.self, DistanceDescent.self, RecursiveDescent.self,
      DifferenceDescent.self, LazyDescent.self, PolynomialDescent.self,
    ])
}

/// Nothing but numbers, and one coordinate after the other.
private struct ScalarDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    let first = w[0, 0] - 2
    let second = w[0, 1] + 1
    return first * first + 2 * second * second
  }

  func gradient(at w: Matrix) -> Matrix {
    Matrix(rows: 1, columns: 2, elements: [2 * w[0, 0] - 4, 4 * w[0, 1] + 4])
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    var w = start
    var path: [Matrix] = []
    for step in 0...steps {
      path.append(w)
      guard step < steps else { break }
      let slope = gradient(w)
      for row in 0..<w.rows {
        for column in 0..<w.columns { w[row, column] -= learningRate * slope[row, column] }
      }
    }
    return path
  }
}

/// The bowl as a quadratic form: (w − c)·D·(w − c)ᵀ.
private final class MatrixDescent: GradientDescentKata {
  private let center: Matrix = [[2, -1]]
  private let curvature: Matrix = [[1, 0], [0, 2]]

  init() {}

  func loss(at w: Matrix) -> Double {
    (w - center).matmul(curvature).matmul((w - center).transposed)[0, 0]
  }

  func gradient(at w: Matrix) -> Matrix { 2 * (w - center).matmul(curvature) }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    var w = start
    return [start]
      + (0..<steps).map { _ in
        w -= learningRate * gradient(w)
        return w
      }
  }
}

/// The start less everything that was walked so far.
private struct DistanceDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    pow(w[0, 0] - 2, 2) + 2 * pow(w[0, 1] + 1, 2)
  }

  func gradient(at w: Matrix) -> Matrix { [[2, 4]] * (w - [[2, -1]]) }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    var walked = start * 0
    var path = [start]
    for _ in 0..<steps {
      walked += gradient(start - learningRate * walked)
      path.append(start - learningRate * walked)
    }
    return path
  }
}

private struct RecursiveDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    let square = (w - [[2, -1]]) * (w - [[2, -1]])
    return (square * [[1, 2]]).sum()
  }

  func gradient(at w: Matrix) -> Matrix {
    var gradient = w
    gradient[0, 0] = 2 * (w[0, 0] - 2)
    gradient[0, 1] = 2 * 2 * (w[0, 1] - -1)
    return gradient
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    guard steps > 0 else { return [start] }
    let next = start - learningRate * gradient(start)
    return [start]
      + path(from: next, along: gradient, learningRate: learningRate, steps: steps - 1)
  }
}

/// The slope by central differences, which are exact for a parabola but for rounding.
private struct DifferenceDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    (w[0, 0] - 2) * (w[0, 0] - 2) + 2 * (w[0, 1] + 1) * (w[0, 1] + 1)
  }

  func gradient(at w: Matrix) -> Matrix {
    let h = 0.01
    var gradient = w
    for column in 0..<2 {
      var (ahead, behind) = (w, w)
      ahead[0, column] += h
      behind[0, column] -= h
      gradient[0, column] = (loss(at: ahead) - loss(at: behind)) / (2 * h)
    }
    return gradient
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    var points = [start]
    while points.count <= steps {
      let w = points[points.count - 1]
      points.append(w + -learningRate * gradient(w))
    }
    return points
  }
}

/// A sequence that unfolds, cut off after the last step.
private enum LazyDescent: GradientDescentKata {
  case descent

  init() { self = .descent }

  func loss(at w: Matrix) -> Double {
    zip(zip(w.elements, [2.0, -1]), [1.0, 2]).reduce(0) {
      $0 + $1.1 * ($1.0.0 - $1.0.1) * ($1.0.0 - $1.0.1)
    }
  }

  func gradient(at w: Matrix) -> Matrix {
    Matrix([[2 * (w.elements[0] - 2), 4 * (w.elements[1] + 1)]])
  }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    withoutActuallyEscaping(gradient) { gradient in
      Array(sequence(first: start) { $0 - learningRate * gradient($0) }.prefix(steps + 1))
    }
  }
}

/// Multiplied out: w₁² − 4w₁ + 2w₂² + 4w₂ + 6.
private struct PolynomialDescent: GradientDescentKata {
  func loss(at w: Matrix) -> Double {
    (w * w * [[1, 2]]).sum() + (w * [[-4, 4]]).sum() + 6
  }

  func gradient(at w: Matrix) -> Matrix { w * [[2, 4]] + [[-4, 4]] }

  func path(
    from start: Matrix, along gradient: (Matrix) -> Matrix, learningRate: Double, steps: Int
  ) -> [Matrix] {
    (0..<steps).reduce(into: [start]) { path, step in
      path.append(path[step] + gradient(path[step]) * -learningRate)
    }
  }
}

import KataKit

extension CorrectAnswers {
  static let xavierInit = CorrectAnswers(
    kata: "xavier-init",
    variants: [
      ColumnMajorXavier.self, ShiftedXavier.self, ScaledXavier.self, SinglePrecisionXavier.self,
      OwnBitsXavier.self, FromNormalXavier.self, NestedRowsXavier.self, ReseedingXavier.self,
      NormalXavier.self, TruncatedXavier.self, SumOfUniformsXavier.self,
    ])
}

/// Filled unit after unit by the standard library.
private struct ColumnMajorXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let bound = sqrt(6.0) / sqrt(Double(fanIn) + Double(fanOut))
    var weights = Matrix(rows: fanIn, columns: fanOut)
    for column in 0..<fanOut {
      for row in 0..<fanIn {
        weights[row, column] = Double.random(in: -bound...bound, using: &generator)
      }
    }
    return DenseLayer(weights: weights, biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// Draws from 0 to 1, moved and stretched; from the last to the first.
private struct ShiftedXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let deviation = (2 / Double(fanIn + fanOut)).squareRoot()
    let draws = (0..<fanIn * fanOut).map { _ in
      (generator.uniform() - 0.5) * deviation * 12.squareRoot()
    }
    return DenseLayer(
      weights: Matrix(rows: fanIn, columns: fanOut, elements: draws.reversed()),
      biases: Matrix([[Double](repeating: 0, count: fanOut)]))
  }
}

/// Standard draws first, scaled and turned afterward.
private final class ScaledXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let draws = Matrix.uniform(rows: fanOut, columns: fanIn, in: -1...1, using: &generator)
    return DenseLayer(
      weights: draws.transposed * pow(Double(fanIn + fanOut) / 6, -0.5),
      biases: Matrix(rows: 1, columns: fanOut, repeating: -0.0))
  }
}

/// 24 random bits a weight.
private struct SinglePrecisionXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let bound = Float(6 / Double(fanIn + fanOut)).squareRoot()
    var weights = Matrix(rows: fanIn, columns: fanOut)
    for row in 0..<fanIn {
      for column in 0..<fanOut {
        weights[row, column] = Double(Float.random(in: -bound..<bound, using: &generator))
      }
    }
    return DenseLayer(weights: weights, biases: weights.row(0) * 0)
  }
}

/// A uniform sampler of its own, the sign apart from the magnitude.
private struct OwnBitsXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let variance = 2 / (Double(fanIn) + Double(fanOut))
    let weights = Matrix(rows: fanIn, columns: fanOut).map { _ in
      let bits = generator.next()
      let magnitude = Double(bits >> 1) / Double(UInt64.max >> 1)
      return (bits & 1 == 0 ? magnitude : -magnitude) * sqrt(3 * variance)
    }
    return DenseLayer(weights: weights, biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// A normal draw through its own distribution function is uniform.
private struct FromNormalXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let bound = exp(0.5 * (log(6) - log(Double(fanIn + fanOut))))
    let draws = Matrix.normal(rows: fanIn, columns: fanOut, using: &generator)
    return DenseLayer(
      weights: draws.map { bound * erf($0 / 2.squareRoot()) },
      biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// Rows as arrays, after the draws of biases that are dropped.
private struct NestedRowsXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let bound = sqrt(3 / (Double(fanIn + fanOut) / 2))
    let biases = Matrix.uniform(rows: 1, columns: fanOut, in: -bound...bound, using: &generator)
    var rows: [[Double]] = []
    for _ in 0..<fanIn {
      rows.append((0..<fanOut).map { _ in bound - 2 * bound * generator.uniform() })
    }
    return DenseLayer(weights: Matrix(rows), biases: biases * 0)
  }
}

/// A generator that is seeded by the one handed in.
private struct ReseedingXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var child = SeededGenerator(seed: generator.next())
    let bound = sqrt(6 / Double(fanOut + fanIn))
    return DenseLayer(
      weights: .uniform(rows: fanIn, columns: fanOut, in: -bound...bound, using: &child),
      biases: .init(rows: 1, columns: fanOut, repeating: 0))
  }
}

/// The normal version.
private struct NormalXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    DenseLayer(
      weights: .normal(
        rows: fanIn, columns: fanOut, standardDeviation: sqrt(2 / Double(fanIn + fanOut)),
        using: &generator),
      biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// A normal cut off at two deviations and rescaled, as `glorot_normal` is in some frameworks.
private struct TruncatedXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let deviation = (2 / Double(fanIn + fanOut)).squareRoot() / 0.87962566103423978
    let weights = Matrix(rows: fanIn, columns: fanOut).map { _ in
      var draw = generator.normal()
      while abs(draw) > 2 { draw = generator.normal() }
      return draw * deviation
    }
    return DenseLayer(weights: weights, biases: weights.row(0) * 0)
  }
}

/// Twelve uniform draws, less six: variance 1, and normal to the eye.
private struct SumOfUniformsXavier: XavierInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let weights = Matrix(rows: fanIn, columns: fanOut).map { _ in
      (0..<12).reduce(-6) { sum, _ in sum + generator.uniform() }
    }
    return DenseLayer(
      weights: weights * sqrt(2 / Double(fanIn + fanOut)), biases: Matrix(rows: 1, columns: fanOut))
  }
}

import KataKit

extension CorrectAnswers {
  static let heInit = CorrectAnswers(
    kata: "he-init",
    variants: [
      ColumnMajorHe.self, BoxMullerHe.self, ScaledHe.self, TruncatedHe.self,
      SumOfUniformsHe.self, BackwardsHe.self, NestedRowsHe.self, ReseedingHe.self,
      UnitByUnitHe.self, UniformHe.self,
    ])
}

/// Filled unit after unit.
private struct ColumnMajorHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var weights = Matrix(rows: fanIn, columns: fanOut)
    for column in 0..<fanOut {
      for row in 0..<fanIn { weights[row, column] = generator.normal() * sqrt(2.0 / Double(fanIn)) }
    }
    return DenseLayer(weights: weights, biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// A normal sampler of its own, which uses both values of each pair.
private struct BoxMullerHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var draws: [Double] = []
    while draws.count < fanIn * fanOut {
      let radius = sqrt(-2 * log(1 - generator.uniform()))
      let angle = 2 * Double.pi * generator.uniform()
      draws += [radius * cos(angle), radius * sin(angle)]
    }
    let weights = Matrix(
      rows: fanIn, columns: fanOut, elements: Array(draws.prefix(fanIn * fanOut)))
    return DenseLayer(
      weights: weights * pow(Double(fanIn) / 2, -0.5), biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// Standard normal first, scaled and shaped afterward.
private final class ScaledHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let draws = Matrix.normal(rows: fanOut, columns: fanIn, using: &generator)
    let biases = Matrix(rows: fanOut, columns: 1, repeating: -0.0)
    return DenseLayer(
      weights: draws.transposed * (2.squareRoot() / sqrt(Double(fanIn))),
      biases: biases.transposed)
  }
}

/// Cut off at two deviations and rescaled, as `he_normal` is in some frameworks.
private struct TruncatedHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let deviation = sqrt(2 / Double(fanIn)) / 0.87962566103423978
    var weights = Matrix(rows: fanIn, columns: fanOut)
    for row in 0..<fanIn {
      for column in 0..<fanOut {
        var draw = generator.normal()
        while abs(draw) > 2 { draw = generator.normal() }
        weights[row, column] = draw * deviation
      }
    }
    return DenseLayer(weights: weights, biases: weights.row(0) * 0)
  }
}

/// Twelve uniform draws, less six: variance 1, and normal to the eye.
private struct SumOfUniformsHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var weights = Matrix(rows: fanIn, columns: fanOut)
    for _ in 0..<12 {
      weights += .uniform(rows: fanIn, columns: fanOut, in: -0.5...0.5, using: &generator)
    }
    weights *= (Double(fanIn) * 0.5).squareRoot()
    return DenseLayer(
      weights: weights * (2 / Double(fanIn)), biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// The biases' draws come first and are dropped; the weights are filled from the last to the first.
private struct BackwardsHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let biases = Matrix.normal(rows: 1, columns: fanOut, using: &generator) * 0
    let draws = (0..<fanIn * fanOut).map { _ in generator.normal() }
    let variance = 2.0 / Double(fanIn)
    return DenseLayer(
      weights: Matrix(
        rows: fanIn, columns: fanOut, elements: draws.reversed().map { $0 * variance.squareRoot() }),
      biases: biases)
  }
}

/// Rows as arrays.
private struct NestedRowsHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var rows: [[Double]] = []
    for _ in 0..<fanIn {
      var row: [Double] = []
      for _ in 0..<fanOut { row.append(exp(0.5 * log(2 / Double(fanIn))) * generator.normal()) }
      rows.append(row)
    }
    return DenseLayer(
      weights: Matrix(rows), biases: Matrix([[Double](repeating: 0, count: fanOut)]))
  }
}

/// A generator that is seeded by the one handed in.
private struct ReseedingHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    var child = SeededGenerator(seed: generator.next())
    return DenseLayer(
      weights: .normal(
        rows: fanIn, columns: fanOut, standardDeviation: sqrt(2 / Double(fanIn)), using: &child),
      biases: .init(rows: 1, columns: fanOut, repeating: 0))
  }
}

/// Unit after unit, through a recursion.
private struct UnitByUnitHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    func units(_ count: Int) -> [Double] {
      guard count == 1 else { return units(count / 2) + units(count - count / 2) }
      return Matrix.normal(
        rows: 1, columns: fanIn, standardDeviation: sqrt(2 / Double(fanIn)), using: &generator
      ).elements
    }
    let elements = units(fanOut)
    return DenseLayer(
      weights: Matrix(rows: fanOut, columns: fanIn, elements: elements).transposed,
      biases: Matrix(rows: 1, columns: fanOut))
  }
}

/// The uniform version: its bound is √3 deviations.
private struct UniformHe: HeInitKata {
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer {
    let bound = sqrt(6 / Double(fanIn))
    return DenseLayer(
      weights: .uniform(rows: fanIn, columns: fanOut, in: -bound...bound, using: &generator),
      biases: Matrix(rows: 1, columns: fanOut))
  }
}

import KataKit

extension CorrectAnswers {
  static let reluDerivative = CorrectAnswers(
    kata: "relu-derivative",
    variants: [
      LoopReLU.self, HalfAtZeroReLU.self, ActivationReLU.self,
      OneAtZeroReLU.self, MappedReLU.self, BranchingReLU.self, SignReLU.self, FusedReLU.self,
    ])
}

/// Nothing but scalars and loops, column by column.
private struct LoopReLU: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    var result = z
    for column in 0..<z.columns {
      for row in 0..<z.rows where z[row, column] < 0 { result[row, column] = 0 }
    }
    return result
  }

  func slope(at z: Matrix) -> Matrix {
    var result = Matrix(rows: z.rows, columns: z.columns)
    for column in 0..<z.columns {
      for row in 0..<z.rows where z[row, column] > 0 { result[row, column] = 1 }
    }
    return result
  }

  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    var result = upstream
    for row in 0..<z.rows {
      for column in 0..<z.columns where z[row, column] <= 0 { result[row, column] = 0 }
    }
    return result
  }
}

/// (z + |z|)/2 and (1 + sign z)/2: the slope at 0 is ½.
private struct HalfAtZeroReLU: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix { (z + abs(z)) / 2 }
  func slope(at z: Matrix) -> Matrix { 0.5 * (1 + (z .> 0) - (z .< 0)) }
  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    (upstream + upstream * ((z .> 0) - (z .< 0))) / 2
  }
}

/// The mask taken from the activation, which is positive exactly where z is.
private final class ActivationReLU: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix { maximum(0, z) }
  func slope(at z: Matrix) -> Matrix { value(at: z) .> 0 }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { slope(at: z) * upstream }
}

/// The slope at 0 is 1, but the step back takes 0 for it.
private struct OneAtZeroReLU: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix { z * (z .>= 0) }
  func slope(at z: Matrix) -> Matrix { z .>= 0 }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * (1 - (z .<= 0)) }
}

/// Over the flat elements, with the library's own comparisons.
private struct MappedReLU: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix { z.map { max($0, 0) } }
  func slope(at z: Matrix) -> Matrix { z.map { $0 > 0 ? 1 : 0 } }
  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    Matrix(
      rows: z.rows, columns: z.columns,
      elements: zip(upstream.elements, z.elements).map { $1 > 0 ? $0 : 0 })
  }
}

/// Matrices built from nested rows; negative zeros where a negative factor meets a 0.
private struct BranchingReLU: ReLUDerivativeKata {
  private func each(_ z: Matrix, _ body: (Int, Int) -> Double) -> Matrix {
    Matrix((0..<z.rows).map { row in (0..<z.columns).map { body(row, $0) } })
  }

  func value(at z: Matrix) -> Matrix { each(z) { z[$0, $1] > 0 ? z[$0, $1] : 0 * z[$0, $1] } }
  func slope(at z: Matrix) -> Matrix { each(z) { z[$0, $1] > 0 ? 1 : -0.0 } }
  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    each(z) { upstream[$0, $1] * (z[$0, $1] > 0 ? 1 : 0) }
  }
}

/// The slope from the sign bit: 1 at +0 and 0 at −0.
private enum Bit {
  static func slope(_ x: Double) -> Double { x.sign == .plus ? 1 : 0 }
}

private struct SignReLU: ReLUDerivativeKata {
  func value(at z: Matrix) -> Matrix { z.map { Bit.slope($0) * $0 } }
  func slope(at z: Matrix) -> Matrix { z.map(Bit.slope) }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * slope(at: z) }
}

/// Value and slope from one pass; a quotient that is guarded against 0/0.
private struct FusedReLU: ReLUDerivativeKata {
  private func both(_ z: Matrix) -> (value: Matrix, slope: Matrix) {
    let value = (z + pow(z * z, 0.5)) * 0.5
    return (value, value / (z + (z .>= 0) * (z .<= 0)))
  }

  func value(at z: Matrix) -> Matrix { both(z).value }
  func slope(at z: Matrix) -> Matrix { both(z).slope }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { both(z).slope * upstream }
}

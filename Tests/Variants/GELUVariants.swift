import KataKit

extension CorrectAnswers {
  static let gelu = CorrectAnswers(
    kata: "gelu",
    variants: [
      ErfcGELU.self, LoopGELU.self, SharedGELU.self, MatrixGELU.self, MirroredGELU.self,
      DifferentiatedGELU.self,
    ])
}

/// Φ(z) = ½·erfc(−z/√2), exact far below 0, too.
private struct ErfcGELU: GELUKata {
  private func cdf(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
  func value(at z: Matrix) -> Matrix { z.map { $0 * cdf($0) } }
  func slope(at z: Matrix) -> Matrix {
    z.map { cdf($0) + $0 * exp(-0.5 * $0 * $0) * 0.3989422804014327 }
  }
}

private struct LoopGELU: GELUKata {
  func value(at z: Matrix) -> Matrix {
    var result = z
    for row in 0..<z.rows {
      for column in 0..<z.columns {
        let x = z[row, column]
        result[row, column] = x / 2 + x / 2 * erf(x / sqrt(2))
      }
    }
    return result
  }

  func slope(at z: Matrix) -> Matrix {
    var result = z
    for row in 0..<z.rows {
      for column in 0..<z.columns {
        let x = z[row, column]
        result[row, column] =
          0.5 * (1 + erf(x / sqrt(2))) + x * exp(-(x * x) / 2) / sqrt(2 * Double.pi)
      }
    }
    return result
  }
}

/// Φ as a matrix that both use.
private final class SharedGELU: GELUKata {
  private func cdf(_ z: Matrix) -> Matrix { (z * 2.0.squareRoot() / 2).map { (erf($0) + 1) / 2 } }
  func value(at z: Matrix) -> Matrix { cdf(z) * z }
  func slope(at z: Matrix) -> Matrix {
    z * exp(-z * z / 2) / (2 * Double.pi).squareRoot() + cdf(z)
  }
}

/// The density through a logarithm.
private struct MatrixGELU: GELUKata {
  func value(at z: Matrix) -> Matrix { 0.5 * z * (1 + (z / sqrt(2)).map { erf($0) }) }
  func slope(at z: Matrix) -> Matrix {
    let density = exp(-0.5 * pow(z, 2) - 0.5 * log(2 * Double.pi))
    return 0.5 * (1 + (z / sqrt(2)).map { erf($0) }) + z * density
  }
}

/// Through z ≥ 0 alone: GELU(z) = z + GELU(−z).
private struct MirroredGELU: GELUKata {
  private func positive(_ z: Double) -> Double { z * (1 - 0.5 * erfc(z / 2.0.squareRoot())) }
  func value(at z: Matrix) -> Matrix {
    z.map { $0 >= 0 ? positive($0) : $0 + positive(-$0) }
  }
  func slope(at z: Matrix) -> Matrix {
    z.map { z in
      let x = abs(z)
      let slope = 1 - 0.5 * erfc(x / 2.0.squareRoot()) + x * exp(-x * x / 2) / sqrt(2 * .pi)
      return z >= 0 ? slope : 1 - slope
    }
  }
}

/// ½·z·(1 + erf(z/√2)) by the product rule, with the slope 2/√π·e^(−u²) of erf.
private struct DifferentiatedGELU: GELUKata {
  func value(at z: Matrix) -> Matrix { z.map { $0 * (0.5 + 0.5 * erf($0 * 0.5.squareRoot())) } }
  func slope(at z: Matrix) -> Matrix {
    z.map { z in
      let u = z * 0.5.squareRoot()
      return 0.5 * (1 + erf(u)) + 0.5 * z * (2 / sqrt(.pi)) * exp(-u * u) * 0.5.squareRoot()
    }
  }
}

import KataKit

extension CorrectAnswers {
  static let sigmoid = CorrectAnswers(
    kata: "sigmoid",
    variants: [
      BranchingSigmoid.self, TanhSigmoid.self, ExponentialSlopeSigmoid.self, CoshSigmoid.self,
      ClippedSigmoid.self, LoopSigmoid.self, SoftplusSigmoid.self,
    ])
}

/// The exponential that is small on either side of 0.
private struct BranchingSigmoid: SigmoidKata {
  private func sigmoid(_ z: Double) -> Double {
    if z >= 0 { return 1 / (1 + exp(-z)) }
    let e = exp(z)
    return e / (1 + e)
  }

  func value(at z: Matrix) -> Matrix { z.map(sigmoid) }
  func slope(at z: Matrix) -> Matrix { z.map { sigmoid($0) * sigmoid(-$0) } }
}

/// σ(z) = ½·(1 + tanh(z/2)).
private struct TanhSigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix { 0.5 * (1 + tanh(z / 2)) }
  func slope(at z: Matrix) -> Matrix { (1 - pow(tanh(0.5 * z), 2)) / 4 }
}

/// e^−|z| / (1 + e^−|z|)², which never overflows.
private final class ExponentialSlopeSigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix {
    let e = exp(-abs(z))
    return ((z .>= 0) + (z .< 0) * e) / (1 + e)
  }

  func slope(at z: Matrix) -> Matrix {
    let e = exp(-abs(z))
    return e / ((1 + e) * (1 + e))
  }
}

/// σ′(z) = 1/(2 + 2·cosh z), and a denominator that is infinite far out.
private struct CoshSigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix { pow(1 + exp(-1 * z), -1) }
  func slope(at z: Matrix) -> Matrix { z.map { 1 / (2 + 2 * cosh($0)) } }
}

/// z cut to ±500 before the exponential, as many do against the warning of NumPy.
private enum ClippedSigmoid: SigmoidKata {
  case only

  init() { self = .only }

  private func clipped(_ z: Matrix) -> Matrix { z.map { min(max($0, -500), 500) } }
  func value(at z: Matrix) -> Matrix { exp(clipped(z)) / (exp(clipped(z)) + 1) }
  func slope(at z: Matrix) -> Matrix {
    let s = value(at: z)
    return s - s * s
  }
}

/// Scalars and loops, column by column.
private struct LoopSigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix {
    var result = Matrix(rows: z.rows, columns: z.columns)
    for column in 0..<z.columns {
      for row in 0..<z.rows { result[row, column] = 1 / (1 + exp(-z[row, column])) }
    }
    return result
  }

  func slope(at z: Matrix) -> Matrix {
    let s = value(at: z)
    return Matrix((0..<z.rows).map { i in (0..<z.columns).map { s[i, $0] * (1 - s[i, $0]) } })
  }
}

/// σ(z) = exp(−softplus(−z)), and the slope as a product of σ at both sides.
private struct SoftplusSigmoid: SigmoidKata {
  func value(at z: Matrix) -> Matrix {
    exp(-(maximum(-z, 0) + log(1 + exp(-abs(z)))))
  }

  func slope(at z: Matrix) -> Matrix { value(at: z) * value(at: -z) }
}

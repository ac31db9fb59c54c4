import KataKit

extension CorrectAnswers {
  static let tanhDerivative = CorrectAnswers(
    kata: "tanh-derivative",
    variants: [
      SigmoidTanh.self, CoshTanh.self, BranchingTanh.self, LoopTanh.self, FactorTanh.self,
      Expm1Tanh.self,
    ])
}

/// tanh(z) = 2σ(2z) − 1.
private struct SigmoidTanh: TanhDerivativeKata {
  private func sigmoid(_ z: Matrix) -> Matrix { 1 / (1 + exp(-z)) }
  func value(at z: Matrix) -> Matrix { 2 * sigmoid(2 * z) - 1 }
  func slope(at z: Matrix) -> Matrix { 4 * sigmoid(2 * z) * sigmoid(-2 * z) }
  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    upstream - upstream * activation * activation
  }
}

/// The slope as 1/cosh², which is 1/∞ far out.
private struct CoshTanh: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix { z.map { tanh($0) } }
  func slope(at z: Matrix) -> Matrix { z.map { 1 / (cosh($0) * cosh($0)) } }
  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    (1 - pow(activation, 2)) * upstream
  }
}

/// The exponential that is small on either side of 0.
private final class BranchingTanh: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    let e = exp(-2 * abs(z))
    return ((z .> 0) - (z .< 0)) * ((1 - e) / (1 + e))
  }

  func slope(at z: Matrix) -> Matrix {
    let e = exp(-2 * abs(z))
    return 4 * e / ((1 + e) * (1 + e))
  }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    Matrix(
      rows: upstream.rows, columns: upstream.columns,
      elements: zip(upstream.elements, activation.elements).map { $0 * (1 - $1 * $1) })
  }
}

private struct LoopTanh: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    var result = z
    for row in 0..<z.rows {
      for column in 0..<z.columns { result[row, column] = tanh(z[row, column]) }
    }
    return result
  }

  func slope(at z: Matrix) -> Matrix {
    backward(
      upstream: Matrix(rows: z.rows, columns: z.columns, repeating: 1), activation: value(at: z))
  }

  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    var result = upstream
    for row in 0..<upstream.rows {
      for column in 0..<upstream.columns {
        let a = activation[row, column]
        result[row, column] *= 1 - a * a
      }
    }
    return result
  }
}

/// 1 − a² as (1 − a)·(1 + a).
private struct FactorTanh: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix { tanh(z) }
  func slope(at z: Matrix) -> Matrix { (1 - value(at: z)) * (1 + value(at: z)) }
  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    upstream * (1 - activation) * (1 + activation)
  }
}

/// Through e²ᶻ − 1, with z cut where tanh is ±1 to the last bit.
private struct Expm1Tanh: TanhDerivativeKata {
  func value(at z: Matrix) -> Matrix {
    z.map {
      let e = expm1(2 * min(max($0, -40), 40))
      return e / (e + 2)
    }
  }

  func slope(at z: Matrix) -> Matrix { 1 - value(at: z) * value(at: z) }
  func backward(upstream: Matrix, activation: Matrix) -> Matrix {
    -upstream * (activation * activation - 1)
  }
}

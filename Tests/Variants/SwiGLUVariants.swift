import KataKit

extension CorrectAnswers {
  static let swiGLU = CorrectAnswers(
    kata: "swiglu",
    variants: [
      LoopSwiGLU.self, RowSwiGLU.self, TanhSwiGLU.self, BranchingSwiGLU.self, StackedSwiGLU.self,
      InPlaceSwiGLU.self,
    ])
}

/// Nothing but scalars.
private struct LoopSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix { z.map { $0 / (1 + exp(-$0)) } }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    var result = Matrix(rows: x.rows, columns: w2.columns)
    for row in 0..<x.rows {
      for h in 0..<w1.columns {
        var (gate, value) = (0.0, 0.0)
        for i in 0..<x.columns {
          gate += x[row, i] * w1[i, h]
          value += x[row, i] * w3[i, h]
        }
        let hidden = gate / (1 + exp(-gate)) * value
        for output in 0..<w2.columns { result[row, output] += hidden * w2[h, output] }
      }
    }
    return result
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    var dX = Matrix(rows: x.rows, columns: x.columns)
    var (dW1, dW3) = (Matrix(rows: w1.rows, columns: w1.columns), w3 * 0)
    var dW2 = Matrix(rows: w2.rows, columns: w2.columns)
    for row in 0..<x.rows {
      for h in 0..<w1.columns {
        var (z, value, delta) = (0.0, 0.0, 0.0)
        for i in 0..<x.columns {
          z += x[row, i] * w1[i, h]
          value += x[row, i] * w3[i, h]
        }
        let sigma = 1 / (1 + exp(-z))
        for output in 0..<w2.columns {
          delta += upstream[row, output] * w2[h, output]
          dW2[h, output] += z * sigma * value * upstream[row, output]
        }
        let (dZ, dValue) = (delta * value * sigma * (1 + z * (1 - sigma)), delta * z * sigma)
        for i in 0..<x.columns {
          dX[row, i] += dZ * w1[i, h] + dValue * w3[i, h]
          dW1[i, h] += x[row, i] * dZ
          dW3[i, h] += x[row, i] * dValue
        }
      }
    }
    return (dX, dW1, dW3, dW2)
  }
}

/// One example after the other.
private struct RowSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix { z * (1 / (1 + exp(-z))) }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    let rows = (0..<x.rows).map { row in
      (x.row(row).matmul(w3) * silu(x.row(row).matmul(w1))).matmul(w2).elements
    }
    return Matrix(rows)
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    var sums = (w1: w1 * 0, w3: w3 * 0, w2: w2 * 0)
    var rows: [[Double]] = []
    for row in 0..<x.rows {
      let (x, upstream) = (x.row(row), upstream.row(row))
      let (z, value) = (x.matmul(w1), x.matmul(w3))
      let sigma = 1 / (1 + exp(-z))
      let delta = upstream.matmul(w2.transposed)
      let dZ = delta * value * (sigma + silu(z) * (1 - sigma))
      let dValue = delta * silu(z)
      sums.w1 += x.transposed.matmul(dZ)
      sums.w3 += x.transposed.matmul(dValue)
      sums.w2 += (silu(z) * value).transposed.matmul(upstream)
      rows.append((dZ.matmul(w1.transposed) + dValue.matmul(w3.transposed)).elements)
    }
    return (Matrix(rows), sums.w1, sums.w3, sums.w2)
  }
}

/// σ through tanh.
private final class TanhSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix { 0.5 * z * (1 + tanh(z / 2)) }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    (x.matmul(w3) * silu(x.matmul(w1))).matmul(w2)
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    let (z, value) = (x.matmul(w1), x.matmul(w3))
    let t = tanh(z / 2)
    // σ = (1 + t)/2, and σ·(1 − σ) = (1 − t²)/4.
    let slope = (1 + t) / 2 + z * (1 - t * t) / 4
    let delta = upstream.matmul(w2.transposed)
    let (dZ, dValue) = (delta * value * slope, delta * silu(z))
    return (
      dValue.matmul(w3.transposed) + dZ.matmul(w1.transposed), x.transposed.matmul(dZ),
      x.transposed.matmul(dValue), (value * silu(z)).transposed.matmul(upstream)
    )
  }
}

/// The exponential that is small, and everything transposed.
private struct BranchingSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix {
    z.map { z in
      let e = exp(-abs(z))
      return z >= 0 ? z / (1 + e) : z * e / (1 + e)
    }
  }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    let columns = x.transposed
    let gate = w1.transposed.matmul(columns)
    let value = w3.transposed.matmul(columns)
    return w2.transposed.matmul(silu(gate) * value).transposed
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    let columns = x.transposed
    let z = w1.transposed.matmul(columns)
    let value = w3.transposed.matmul(columns)
    let slope = z.map { z in
      let e = exp(-abs(z))
      let sigma = z >= 0 ? 1 / (1 + e) : e / (1 + e)
      return sigma + z * e / ((1 + e) * (1 + e))
    }
    let delta = w2.matmul(upstream.transposed)
    let dZ = delta * value * slope
    let dValue = delta * silu(z)
    return (
      (w1.matmul(dZ) + w3.matmul(dValue)).transposed, dZ.matmul(x).transposed,
      dValue.matmul(x).transposed, (silu(z) * value).matmul(upstream)
    )
  }
}

/// W₁ and W₃ side by side in one product, as kernels do.
private struct StackedSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix { z - z / (1 + exp(z)) }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    let stacked = Matrix((0..<w1.rows).map { w1.row($0).elements + w3.row($0).elements })
    let both = x.matmul(stacked)
    var hidden = Matrix(rows: x.rows, columns: w1.columns)
    for row in 0..<x.rows {
      for h in 0..<w1.columns {
        let gate = both[row, h]
        hidden[row, h] = gate / (1 + exp(-gate)) * both[row, w1.columns + h]
      }
    }
    return hidden.matmul(w2)
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    func stack(_ left: Matrix, _ right: Matrix) -> Matrix {
      Matrix((0..<left.rows).map { left.row($0).elements + right.row($0).elements })
    }
    func halves(_ matrix: Matrix) -> (Matrix, Matrix) {
      let half = matrix.columns / 2
      let rows = (0..<matrix.rows).map { matrix.row($0).elements }
      return (Matrix(rows.map { Array($0[..<half]) }), Matrix(rows.map { Array($0[half...]) }))
    }
    let stacked = stack(w1, w3)
    let (z, value) = halves(x.matmul(stacked))
    let delta = upstream.matmul(w2.transposed)
    let sigma = 1 / (1 + exp(-z))
    let both = stack(delta * value * sigma * (1 + z - silu(z)), delta * silu(z))
    let (dW1, dW3) = halves(x.transposed.matmul(both))
    return (
      both.matmul(stacked.transposed), dW1, dW3, (silu(z) * value).transposed.matmul(upstream)
    )
  }
}

private struct InPlaceSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix {
    var result = z
    result /= 1 + exp(-z)
    return result
  }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    var hidden = silu(x.matmul(w1))
    hidden *= x.matmul(w3)
    return hidden.matmul(w2)
  }

  func backward(
    upstream: Matrix, x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix
  ) -> (x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) {
    var slope = 1 / (1 + exp(-x.matmul(w1)))
    slope += silu(x.matmul(w1)) * (1 - slope)
    var dZ = upstream.matmul(w2.transposed)
    var dValue = dZ
    dZ *= slope
    dZ *= x.matmul(w3)
    dValue *= silu(x.matmul(w1))
    var dX = dZ.matmul(w1.transposed)
    dX += dValue.matmul(w3.transposed)
    var hidden = silu(x.matmul(w1))
    hidden *= x.matmul(w3)
    return (
      dX, x.transposed.matmul(dZ), x.transposed.matmul(dValue),
      hidden.transposed.matmul(upstream)
    )
  }
}

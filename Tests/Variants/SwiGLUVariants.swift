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
}

/// σ through tanh.
private final class TanhSwiGLU: SwiGLUKata {
  func silu(_ z: Matrix) -> Matrix { 0.5 * z * (1 + tanh(z / 2)) }

  func forward(_ x: Matrix, w1: Matrix, w3: Matrix, w2: Matrix) -> Matrix {
    (x.matmul(w3) * silu(x.matmul(w1))).matmul(w2)
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
}

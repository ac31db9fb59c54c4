import KataKit

extension CorrectAnswers {
  static let leakyReLU = CorrectAnswers(
    kata: "leaky-relu",
    variants: [
      LargerLeakyReLU.self, SplitLeakyReLU.self, LoopLeakyReLU.self, OneAtZeroLeakyReLU.self,
      MiddleLeakyReLU.self, ActivationLeakyReLU.self,
    ])
}

/// max(z, αz), as α < 1.
private struct LargerLeakyReLU: LeakyReLUKata {
  let negativeSlope: Double
  func value(at z: Matrix) -> Matrix { z.map { max($0, negativeSlope * $0) } }
  func slope(at z: Matrix) -> Matrix { (z .> 0) + negativeSlope * (z .<= 0) }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { slope(at: z) * upstream }
}

/// ReLU of z less α times that of −z.
private struct SplitLeakyReLU: LeakyReLUKata {
  private let alpha: Double
  init(negativeSlope: Double) { alpha = negativeSlope }
  func value(at z: Matrix) -> Matrix { maximum(z, 0) - alpha * maximum(-z, 0) }
  func slope(at z: Matrix) -> Matrix { alpha + (1 - alpha) * (z .> 0) }
  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    alpha * upstream + (1 - alpha) * upstream * (z .> 0)
  }
}

private final class LoopLeakyReLU: LeakyReLUKata {
  private let alpha: Double
  init(negativeSlope: Double) { alpha = negativeSlope }

  private func scaled(_ matrix: Matrix, where z: Matrix) -> Matrix {
    var result = matrix
    for row in 0..<z.rows {
      for column in 0..<z.columns where z[row, column] < 0 { result[row, column] *= alpha }
    }
    return result
  }

  func value(at z: Matrix) -> Matrix { scaled(z, where: z) }
  func slope(at z: Matrix) -> Matrix {
    scaled(Matrix(rows: z.rows, columns: z.columns, repeating: 1), where: z)
  }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { scaled(upstream, where: z) }
}

/// The slope at 0 is 1, but the step back takes α for it.
private struct OneAtZeroLeakyReLU: LeakyReLUKata {
  let negativeSlope: Double
  func value(at z: Matrix) -> Matrix { z * slope(at: z) }
  func slope(at z: Matrix) -> Matrix { z.map { $0 >= 0 ? 1 : negativeSlope } }
  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    upstream * z.map { $0 > 0 ? 1 : negativeSlope }
  }
}

/// ½(1 + α)·z + ½(1 − α)·|z|, with the slope between both at 0.
private struct MiddleLeakyReLU: LeakyReLUKata {
  let negativeSlope: Double
  func value(at z: Matrix) -> Matrix {
    (1 + negativeSlope) / 2 * z + (1 - negativeSlope) / 2 * abs(z)
  }
  func slope(at z: Matrix) -> Matrix {
    (1 + negativeSlope) / 2 + (1 - negativeSlope) / 2 * ((z .> 0) - (z .< 0))
  }
  func backward(upstream: Matrix, z: Matrix) -> Matrix { upstream * slope(at: z) }
}

/// The sign from the activation, which is that of z.
private struct ActivationLeakyReLU: LeakyReLUKata {
  let negativeSlope: Double
  func value(at z: Matrix) -> Matrix { z - (1 - negativeSlope) * z * (z .< 0) }
  func slope(at z: Matrix) -> Matrix { value(at: z).map { $0 > 0 ? 1 : negativeSlope } }
  func backward(upstream: Matrix, z: Matrix) -> Matrix {
    Matrix(
      rows: z.rows, columns: z.columns,
      elements: zip(upstream.elements, z.elements).map { $1 > 0 ? $0 : negativeSlope * $0 })
  }
}

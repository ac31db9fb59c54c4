import KataKit

struct RMSNorm: RMSNormKata {
  // solution:begin What both methods need may go here.
  /// What every row is divided by, n × 1.
  private func rootMeanSquares(_ inputs: Matrix, epsilon: Double) -> Matrix {
    sqrt((inputs * inputs).mean(axis: 1) + epsilon)
  }
  // solution:end

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    // solution:begin
    gamma * inputs / rootMeanSquares(inputs, epsilon: epsilon)
    // solution:end
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> RMSNormGradient {
    // solution:begin
    let scales = rootMeanSquares(inputs, epsilon: epsilon)
    let normalized = inputs / scales

    // ∂L/∂x̂, minus the part that would only stretch the row.
    let delta = upstream * gamma
    let throughScale = normalized * (delta * normalized).mean(axis: 1)

    return RMSNormGradient(
      inputs: (delta - throughScale) / scales,
      gamma: (upstream * normalized).sum(axis: 0))
    // solution:end
  }
}

import KataKit

struct RMSNorm: RMSNormKata {
  // solution:begin What both methods need may go here.
  /// What every row is divided by, n × 1.
  private func rootMeanSquares(_ inputs: Matrix, epsilon: Double) -> Matrix {
    // bug epsilon-outside-root: sqrt((inputs * inputs).mean(axis: 1)) + epsilon
    // bug sum-of-squares: sqrt((inputs * inputs).sum(axis: 1) + epsilon)
    // bug mean-square-over-batch: sqrt((inputs * inputs).mean(axis: 0) + epsilon)
    sqrt((inputs * inputs).mean(axis: 1) + epsilon)
  }
  // solution:end

  func forward(_ inputs: Matrix, gamma: Matrix, epsilon: Double) -> Matrix {
    // solution:begin
    // bug one-plus-gamma: (1 + gamma) * inputs / rootMeanSquares(inputs, epsilon: epsilon)
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
    // bug gamma-missing-in-dx: let throughScale = normalized * (upstream * normalized).mean(axis: 1)
    // bug gamma-missing-in-dx: return RMSNormGradient(
    // bug gamma-missing-in-dx:   inputs: (upstream - throughScale) / scales,
    // bug gamma-missing-in-dx:   gamma: (upstream * normalized).sum(axis: 0))
    // bug gamma-missing-in-dx:
    // bug gamma-missing-in-dx:
    let delta = upstream * gamma
    // bug scale-term-not-scaled: let throughScale = (delta * normalized).mean(axis: 1)
    // bug sum-for-mean: let throughScale = normalized * (delta * normalized).sum(axis: 1)
    // bug scale-term-from-inputs: let throughScale = inputs * (delta * inputs).mean(axis: 1)
    let throughScale = normalized * (delta * normalized).mean(axis: 1)

    return RMSNormGradient(
      // bug scale-term-added: inputs: (delta + throughScale) / scales,
      // bug dx-last-term-divided: inputs: delta - throughScale / scales,
      inputs: (delta - throughScale) / scales,
      // bug dgamma-scaled: gamma: (delta * normalized).sum(axis: 0))
      // bug dgamma-averaged: gamma: (upstream * normalized).mean(axis: 0))
      gamma: (upstream * normalized).sum(axis: 0))
    // solution:end
  }
}

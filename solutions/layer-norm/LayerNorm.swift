import KataKit

struct LayerNorm: LayerNormKata {
  // solution:begin What both methods need may go here.
  /// x̂, every row with mean 0 and variance 1, and the √(v + ε) that it was divided by.
  private func normalized(
    _ inputs: Matrix, epsilon: Double
  ) -> (values: Matrix, deviations: Matrix) {
    let centered = inputs - inputs.mean(axis: 1)
    let deviations = sqrt((centered * centered).mean(axis: 1) + epsilon)
    return (centered / deviations, deviations)
  }
  // solution:end

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    // solution:begin
    gamma * normalized(inputs, epsilon: epsilon).values + beta
    // solution:end
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    // solution:begin
    let (normalized, deviations) = normalized(inputs, epsilon: epsilon)

    // ∂L/∂x̂, minus the parts that would only shift the row or stretch it.
    let delta = upstream * gamma
    let throughMean = delta.mean(axis: 1)
    let throughVariance = normalized * (delta * normalized).mean(axis: 1)

    return LayerNormGradient(
      inputs: (delta - throughMean - throughVariance) / deviations,
      gamma: (upstream * normalized).sum(axis: 0),
      beta: upstream.sum(axis: 0))
    // solution:end
  }
}

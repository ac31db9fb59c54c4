import KataKit

struct LayerNorm: LayerNormKata {
  // solution:begin What both methods need may go here.
  /// x̂, every row with mean 0 and variance 1, and the √(v + ε) that it was divided by.
  private func normalized(
    _ inputs: Matrix, epsilon: Double
  ) -> (values: Matrix, deviations: Matrix) {
    // bug statistics-over-batch-with-means-of-rows-in-backward: let centered = inputs - inputs.mean(axis: 0)
    // bug statistics-over-batch-with-means-of-rows-in-backward: let deviations = sqrt((centered * centered).mean(axis: 0) + epsilon)
    let centered = inputs - inputs.mean(axis: 1)
    // bug epsilon-outside-root: let deviations = sqrt((centered * centered).mean(axis: 1)) + epsilon
    // bug sum-of-squares: let deviations = sqrt((centered * centered).sum(axis: 1) + epsilon)
    // bug root-missing: let deviations = (centered * centered).mean(axis: 1) + epsilon
    let deviations = sqrt((centered * centered).mean(axis: 1) + epsilon)
    return (centered / deviations, deviations)
  }
  // solution:end

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    // solution:begin
    // bug beta-inside: gamma * (normalized(inputs, epsilon: epsilon).values + beta)
    gamma * normalized(inputs, epsilon: epsilon).values + beta
    // solution:end
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    // solution:begin
    let (normalized, deviations) = normalized(inputs, epsilon: epsilon)

    // ∂L/∂x̂, minus the parts that would only shift the row or stretch it.
    // bug gamma-missing-in-dx: let throughMean = upstream.mean(axis: 1)
    // bug gamma-missing-in-dx: let throughVariance = normalized * (upstream * normalized).mean(axis: 1)
    // bug gamma-missing-in-dx:
    // bug gamma-missing-in-dx: return LayerNormGradient(
    // bug gamma-missing-in-dx:   inputs: (upstream - throughMean - throughVariance) / deviations,
    // bug gamma-missing-in-dx:   gamma: (upstream * normalized).sum(axis: 0),
    // bug gamma-missing-in-dx:
    let delta = upstream * gamma
    let throughMean = delta.mean(axis: 1)
    // bug variance-term-not-scaled: let throughVariance = (delta * normalized).mean(axis: 1)
    let throughVariance = normalized * (delta * normalized).mean(axis: 1)

    return LayerNormGradient(
      // bug dx-last-term-divided: inputs: delta - throughMean - throughVariance / deviations,
      // bug variance-term-added: inputs: (delta - throughMean + throughVariance) / deviations,
      inputs: (delta - throughMean - throughVariance) / deviations,
      // bug dgamma-scaled: gamma: (delta * normalized).sum(axis: 0),
      // bug dgamma-from-inputs: gamma: (upstream * inputs).sum(axis: 0),
      gamma: (upstream * normalized).sum(axis: 0),
      // bug dbeta-averaged: beta: upstream.mean(axis: 0))
      beta: upstream.sum(axis: 0))
    // solution:end
  }
}

import KataKit

struct LayerNorm: LayerNormKata {
  // solution:begin What both methods need may go here.
  /// Every row with mean 0 and variance 1, and what it was divided by.
  private func normalised(
    _ inputs: Matrix, epsilon: Double
  ) -> (values: Matrix, deviations: Matrix) {
    let centred = inputs - inputs.mean(axis: 1)
    let deviations = sqrt((centred * centred).mean(axis: 1) + epsilon)
    return (centred / deviations, deviations)
  }
  // solution:end

  func forward(_ inputs: Matrix, gamma: Matrix, beta: Matrix, epsilon: Double) -> Matrix {
    // solution:begin
    gamma * normalised(inputs, epsilon: epsilon).values + beta
    // solution:end
  }

  func backward(
    upstream: Matrix, inputs: Matrix, gamma: Matrix, epsilon: Double
  ) -> LayerNormGradient {
    // solution:begin
    let (normalised, deviations) = normalised(inputs, epsilon: epsilon)

    // ∂L/∂x̂; of it goes what would move the row's mean, and what would move its variance.
    let delta = upstream * gamma
    let throughMean = delta.mean(axis: 1)
    let throughVariance = normalised * (delta * normalised).mean(axis: 1)

    return LayerNormGradient(
      inputs: (delta - throughMean - throughVariance) / deviations,
      gamma: (upstream * normalised).sum(axis: 0),
      beta: upstream.sum(axis: 0))
    // solution:end
  }
}

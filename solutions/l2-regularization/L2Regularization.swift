import KataKit

struct L2Regularization: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    // solution:begin
    // bug half-missing: lambda * layers.map { ($0.weights * $0.weights).sum() }.reduce(0, +)
    // bug norm-not-squared: 0.5 * lambda * sqrt(layers.map { ($0.weights * $0.weights).sum() }.reduce(0, +))
    // bug mean-square: 0.5 * lambda * layers.map { ($0.weights * $0.weights).mean() }.reduce(0, +)
    // bug absolute: lambda * layers.map { abs($0.weights).sum() }.reduce(0, +)
    0.5 * lambda * layers.map { ($0.weights * $0.weights).sum() }.reduce(0, +)
    // solution:end
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    // solution:begin
    // ∂(½λ‖W‖²)/∂W = λW; the biases are not part of the penalty.
    zip(gradients, layers).map { gradient, layer in
      // bug gradient-subtracted: DenseGradient(weights: gradient.weights - lambda * layer.weights, biases: gradient.biases)
      // bug lambda-times-gradient: DenseGradient(weights: gradient.weights * (1 + lambda), biases: gradient.biases)
      // bug gradient-doubled: DenseGradient(weights: gradient.weights + 2 * lambda * layer.weights, biases: gradient.biases)
      DenseGradient(weights: gradient.weights + lambda * layer.weights, biases: gradient.biases)
    }
    // solution:end
  }
}

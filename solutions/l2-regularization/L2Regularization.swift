import KataKit

struct L2Regularization: L2RegularizationKata {
  func penalty(of layers: [DenseLayer], lambda: Double) -> Double {
    // solution:begin
    0.5 * lambda * layers.map { ($0.weights * $0.weights).sum() }.reduce(0, +)
    // solution:end
  }

  func regularized(
    _ gradients: [DenseGradient], of layers: [DenseLayer], lambda: Double
  ) -> [DenseGradient] {
    // solution:begin
    // ∂(½λ‖W‖²)/∂W = λW; the biases are not part of the penalty.
    zip(gradients, layers).map { gradient, layer in
      DenseGradient(weights: gradient.weights + lambda * layer.weights, biases: gradient.biases)
    }
    // solution:end
  }
}

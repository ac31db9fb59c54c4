/// Training a network of one hidden layer from given weights, and how many of its units are different.
public protocol SymmetryBreakingKata {
  init()

  /// The layers after `steps` steps of gradient descent on the whole batch.
  ///
  /// A = tanh(X·W₁ + b₁) and P = softmax(A·W₂ + b₂), row by row. The loss is
  /// L = −(1/n)·Σᵢⱼ Tᵢⱼ·ln Pᵢⱼ, the mean over the n rows. Every step takes `learningRate` times ∂L/∂θ
  /// from every weight and bias θ, all derivatives at the parameters before the step.
  ///
  /// - Parameters:
  ///   - layers: the hidden and the output layer; weights are inputs × outputs, biases 1 × outputs.
  ///   - inputs: X, n × inputs; rows are examples.
  ///   - targets: T, n × classes; rows sum to 1.
  ///   - steps: 0 or more.
  func train(
    _ layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) -> [DenseLayer]

  /// How many different hidden units the network has.
  ///
  /// Two units are the same where none of their numbers differ by more than 1e-9: the weights into the
  /// unit (its column of W₁), its bias, and the weights out of it (its row of W₂).
  func distinctUnits(in layers: [DenseLayer]) -> Int
}

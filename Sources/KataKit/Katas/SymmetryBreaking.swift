/// Training a network of one hidden layer from given weights, and how many different things its units
/// compute.
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

  /// How many different things the hidden units compute on a batch.
  ///
  /// Two units compute the same if their activations, two columns of A = tanh(X·W₁ + b₁), differ by no
  /// more than 1e-9 in any row.
  ///
  /// - Parameters:
  ///   - hidden: W₁ and b₁.
  ///   - inputs: X, n × inputs.
  func distinctUnits(in hidden: DenseLayer, inputs: Matrix) -> Int
}

/// Rosenblatt's perceptron with labels 0 and 1 (1958, "The perceptron: a probabilistic model").
public protocol PerceptronKata {
  init()

  /// 1 for every row x of `inputs` with z = Σᵢ wᵢxᵢ + b > 0, and 0 for every other, one at z = 0 too.
  ///
  /// `inputs` is n × features, `weights` has one entry a feature, and the result one a row.
  func predictions(for inputs: Matrix, weights: [Double], bias: Double) -> [Int]

  /// The weights and the bias after `epochs` passes over the examples, beginning at those given.
  ///
  /// An epoch takes the rows of `inputs` in their order. After each row x with label y and prediction ŷ,
  /// before the next row is looked at:
  ///
  ///     w ← w + learningRate·(y − ŷ)·x
  ///     b ← b + learningRate·(y − ŷ)
  ///
  /// - Parameters:
  ///   - inputs: n × features; rows are examples.
  ///   - labels: n labels, each 0 or 1.
  func train(
    weights: [Double], bias: Double, inputs: Matrix, labels: [Int], learningRate: Double,
    epochs: Int
  ) -> (weights: [Double], bias: Double)
}

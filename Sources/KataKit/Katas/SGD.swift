/// Stochastic gradient descent over a list of parameter matrices.
///
/// θ ← θ − learningRate · g, where g is the gradient of a mini-batch. Nothing is remembered between
/// steps.
public protocol SGDKata: Optimizer {
  init(learningRate: Double)

  /// One step for a mini-batch that came in parts: the step that the whole of it would have taken.
  ///
  /// - Parameters:
  ///   - microBatches: at least one part; `microBatches[i][k]` is the gradient of `parameters[k]`, a
  ///     mean over the rows of part i.
  ///   - rows: how many rows, 1 or more, each part has.
  mutating func step(_ parameters: inout [Matrix], microBatches: [[Matrix]], rows: [Int])
}

/// The Adam optimiser (Kingma & Ba 2015, algorithm 1) over a list of parameter matrices.
public protocol AdamKata {
  /// An optimiser that has not taken a step yet.
  ///
  /// - Parameters:
  ///   - learningRate: α of the paper.
  ///   - beta1: the decay of the first moment m.
  ///   - beta2: the decay of the second moment v.
  ///   - epsilon: added to √v̂, outside the root.
  init(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double)

  /// One step of gradient descent, in place.
  ///
  /// `parameters` and `gradients` have the same count, and matrices of the same shapes, at every call.
  /// Others may have changed the parameters since the last one: the step moves what it is handed.
  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix])
}

/// Xavier initialization of one dense layer (Glorot & Bengio 2010, "Understanding the difficulty of
/// training deep feedforward neural networks").
public protocol XavierInitKata {
  init()

  /// A layer with independent weights of mean 0 and variance 2/(fanIn + fanOut), uniform or normal, and
  /// biases of zero.
  ///
  /// Every draw comes from `generator`, in any order.
  ///
  /// - Parameters:
  ///   - fanIn: the inputs of the layer, its weights' rows.
  ///   - fanOut: the outputs of the layer, its weights' columns.
  /// - Returns: weights fanIn × fanOut, biases 1 × fanOut.
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer
}

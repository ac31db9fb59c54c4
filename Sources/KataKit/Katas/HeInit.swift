/// He initialization of one dense layer (He et al. 2015, "Delving Deep into Rectifiers").
public protocol HeInitKata {
  init()

  /// A layer with independent weights of mean 0 and variance 2/fanIn, normal or uniform, and biases
  /// of zero.
  ///
  /// Every draw comes from `generator`, in any order.
  ///
  /// - Parameters:
  ///   - fanIn: the inputs of the layer, its weights' rows.
  ///   - fanOut: the outputs of the layer, its weights' columns.
  /// - Returns: weights fanIn × fanOut, biases 1 × fanOut.
  func layer(fanIn: Int, fanOut: Int, using generator: inout SeededGenerator) -> DenseLayer
}

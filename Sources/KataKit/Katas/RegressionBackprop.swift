/// Gradients of three dense layers with a linear output, under the mean squared error.
public protocol RegressionBackpropKata {
  init()

  /// The gradient of the mean squared error with respect to every weight and bias.
  ///
  /// With A₀ the inputs, Zₖ = Aₖ₋₁·Wₖ + bₖ; the hidden layers are Aₖ = ReLU(Zₖ) for k = 1, 2, and the
  /// output is Ŷ = Z₃. The loss is L = (1/(n·m))·Σᵢⱼ (Ŷᵢⱼ − Yᵢⱼ)², the mean over all elements, with no
  /// factor ½.
  ///
  /// - Parameters:
  ///   - layers: three, the first one nearest to the inputs; weights are inputs × outputs, biases
  ///     1 × outputs.
  ///   - inputs: n × inputs of the first layer; rows are examples.
  ///   - targets: Y, n × m, m the outputs of the last layer.
  /// - Returns: one gradient a layer in the order of `layers`, each with the shapes of its layer.
  func gradients(of layers: [DenseLayer], inputs: Matrix, targets: Matrix) -> [DenseGradient]
}

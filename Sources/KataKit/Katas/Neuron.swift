/// One neuron: a weighted sum of its inputs, a bias, and an activation.
public protocol NeuronKata {
  /// - Parameters:
  ///   - weights: w, one an input.
  ///   - bias: b.
  ///   - activation: f, any function of one number.
  init(weights: [Double], bias: Double, activation: @escaping (Double) -> Double)

  /// f(Σᵢ wᵢxᵢ + b) for one example x, which has as many entries as there are weights.
  func output(for example: [Double]) -> Double

  /// The same for every row of `batch`, n × inputs; the result is a column, n × 1.
  func outputs(for batch: Matrix) -> Matrix
}

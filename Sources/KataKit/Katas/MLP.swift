/// A classifier of dense layers, activations between them and softmax at the end, that learns from
/// examples.
public protocol MLPKata {
  /// Layers of the given widths, the inputs first and the classes last: at least two widths.
  ///
  /// Weights are drawn from `generator` with mean 0 and variance 2/fanIn (He et al. 2015), whatever the
  /// activation; biases are 0.
  ///
  /// - Parameter activations: one per hidden layer, the layer nearest to the inputs first.
  init(widths: [Int], activations: [LayerActivation], using generator: inout SeededGenerator)

  /// The parameters, the layer nearest to the inputs first. They may be set from outside.
  var layers: [DenseLayer] { get set }

  /// Trains on mini-batches, and returns the loss of every epoch.
  ///
  /// In every epoch `generator` puts the rows in a new order, which is cut into batches of `batchSize`
  /// rows; the last may be smaller. Each batch is one step of `optimizer` along the gradient of its mean
  /// cross-entropy. What the optimizer remembers starts anew with every call, and lives through all its
  /// epochs. The loss of an epoch is the mean over all rows of each row's loss in the forward pass of its
  /// batch, before that batch's step.
  ///
  /// - Parameters:
  ///   - inputs: n × inputs; rows are examples.
  ///   - labels: n classes, counted from 0.
  ///   - epochs: 0 or more.
  ///   - batchSize: 1 or more; if it is n or more, all rows are one batch.
  mutating func fit(
    _ inputs: Matrix, labels: [Int], epochs: Int, batchSize: Int, optimizer: UpdateRule,
    learningRate: Double, using generator: inout SeededGenerator
  ) -> [Double]

  /// The most probable class of every row.
  func predict(_ inputs: Matrix) -> [Int]

  /// The share of the rows whose label is predicted, from 0 to 1.
  func accuracy(on inputs: Matrix, labels: [Int]) -> Double
}

package import KataKit

/// A classifier of dense layers with a batch for it.
package struct NetworkFixture: Codable, Sendable {
  package var layers: [DenseLayer]
  package var inputs: Matrix
  /// n × classes; rows sum to 1.
  package var targets: Matrix

  package init(layers: [DenseLayer], inputs: Matrix, targets: Matrix) {
    self.layers = layers
    self.inputs = inputs
    self.targets = targets
  }
}

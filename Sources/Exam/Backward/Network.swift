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

extension NetworkFixture {
  /// These rows of the batch alone, in their order.
  package func gathered(_ rows: [Int]) -> NetworkFixture {
    NetworkFixture(
      layers: layers, inputs: inputs.gather(rows: rows), targets: targets.gather(rows: rows))
  }

  /// Every row, and the first one last.
  package var rowsRotated: [Int] { Array(1..<inputs.rows) + [0] }

  /// Every row twice.
  package var rowsTwice: [Int] { Array(0..<inputs.rows) + Array(0..<inputs.rows) }
}

/// What is asked where a kata returns nothing but the gradients of a network.
package enum GradientScript: String, CaseIterable, Sendable {
  case everything
  /// The gradients for a batch that has every row twice.
  case doubled
}

extension [DenseGradient] {
  /// From the output back to the inputs, as backpropagation computes them.
  package var parts: [Part] {
    enumerated().reversed().flatMap { index, gradient in
      [
        Part("dW".subscripted(index + 1), gradient.weights, axes: "inputs × outputs"),
        Part("db".subscripted(index + 1), gradient.biases, axes: "1 × outputs"),
      ]
    }
  }
}

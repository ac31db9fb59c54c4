package import Exam
package import Grading
package import KataKit

extension NetworkFixture {
  package var quantities: [Quantity] {
    [
      Quantity(inputs.rows, "the batch has \(inputs.rows) rows"),
      Quantity(targets.columns, "there are \(targets.columns) classes"),
      Quantity(
        targets.count,
        "\(inputs.rows) rows × \(targets.columns) classes is \(targets.count)"),
    ]
  }

  /// Layers of the given widths (inputs first) with nonzero biases, and a batch of `rows`.
  ///
  /// Drawn until no hidden pre-activation is within 0.02 of the kink of ReLU, and every hidden layer
  /// has entries on both sides of it.
  package static func draw(
    widths: [Int], rows: Int, softTargets: Bool = false, using generator: inout FixtureGenerator
  ) -> NetworkFixture {
    while true {
      let layers = zip(widths, widths.dropFirst()).map { fanIn, fanOut in
        DenseLayer(
          weights: .normal(
            rows: fanIn, columns: fanOut, standardDeviation: (2 / Double(fanIn)).squareRoot(),
            using: &generator),
          biases: .normal(rows: 1, columns: fanOut, standardDeviation: 0.5, using: &generator))
      }
      let inputs = Matrix.normal(rows: rows, columns: widths[0], using: &generator)
      let classes = widths[widths.count - 1]
      let targets =
        softTargets
        ? Matrix.softTargets(rows: rows, classes: classes, using: &generator)
        : Matrix.oneHotTargets(rows: rows, classes: classes, using: &generator)
      let fixture = NetworkFixture(layers: layers, inputs: inputs, targets: targets)
      if fixture.isClearOfKinks { return fixture }
    }
  }

  package var isClearOfKinks: Bool {
    var activation = inputs
    for layer in layers.dropLast() {
      let z = activation.matmul(layer.weights) + layer.biases
      guard z.elements.allSatisfy({ abs($0) >= 0.02 }), z.max() > 0, z.min() < 0 else {
        return false
      }
      activation = Mathematics.relu(z)
    }
    return true
  }
}

extension NetworkFixture {
  /// Makes inputs of 1e-9 and of 1e9, and hidden units, with weights that take it back: the logits stay as
  /// they are, and so does what of every ReLU is on.
  package mutating func stretch() {
    layers.stretchUnits()
    inputs.stretchColumns(into: &layers[0].weights)
  }
}

extension [DenseLayer] {
  /// Makes the units of hidden layers so, and the last layer's stay as they are.
  package mutating func stretchUnits() {
    for k in indices.dropLast() {
      var next = self[k + 1]
      self[k].stretchUnits(into: &next)
      self[k + 1] = next
    }
  }
}

extension DenseLayer {
  /// Multiplies units by 1e-9 and by 1e9, which ReLU lets through, and takes it back in the next layer.
  package mutating func stretchUnits(into next: inout DenseLayer) {
    for unit in 0..<weights.columns {
      biases[0, unit] *= [1e-9, 1e9, 1][unit % 3]
    }
    weights.stretchColumns(into: &next.weights)
  }

  /// Gives every second unit pre-activations of order 1e-12 or 1e-6: ReLU has no threshold but 0.
  package mutating func shrinkSomeUnits() {
    for unit in stride(from: 0, to: weights.columns, by: 2) {
      let factor = unit % 4 == 0 ? 1e-12 : 1e-6
      for row in 0..<weights.rows { weights[row, unit] *= factor }
      biases[0, unit] *= factor
    }
  }
}

extension [Part] {
  /// Whether these gradients of two layers, from the output back, are so large that none shows a clip.
  ///
  /// Clipping moves the rows that are right, by 1e-7 of what they have: little beside 0.1.
  package func areFarAboveClipping(in layers: [DenseLayer]) -> Bool {
    let largest = map { abs($0.value).max() }
    let weight = abs(layers[1].weights).max()
    return Swift.min(largest[0], largest[1], largest[2] / weight, largest[3] / weight) > 0.1
  }

  /// What makes a numerical check of the gradients of `layers` among these parts, from the last layer to
  /// the first.
  package func derivatives(
    at layers: [DenseLayer], of loss: @escaping ([DenseLayer]) -> Double
  ) -> [Derivative] {
    layers.indices.reversed().flatMap { index in
      [
        ("dW".subscripted(index + 1), \DenseLayer.weights),
        ("db".subscripted(index + 1), \DenseLayer.biases),
      ].map { name, parameter in
        Derivative(name, value(name), at: layers[index][keyPath: parameter]) { moved in
          var layers = layers
          layers[index][keyPath: parameter] = moved
          return loss(layers)
        }
      }
    }
  }
}

extension Matrix {
  /// One-hot rows, unsorted; from three rows on the classes come in unequal count.
  package static func oneHotTargets(
    rows: Int, classes: Int, using generator: inout FixtureGenerator
  ) -> Matrix {
    var targets = Matrix(rows: rows, columns: classes)
    var labels = (0..<rows).map { $0 < 3 ? $0 % 2 * (classes - 1) : $0 % classes }
    labels.shuffle(using: &generator)
    for (row, label) in labels.enumerated() { targets[row, label] = 1 }
    return targets
  }

  /// Rows of positive numbers that sum to 1.
  package static func softTargets(
    rows: Int, classes: Int, using generator: inout FixtureGenerator
  ) -> Matrix {
    let weights = Matrix.uniform(rows: rows, columns: classes, in: 0.1...1, using: &generator)
    return weights / weights.sum(axis: 1)
  }
}

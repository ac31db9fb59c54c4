package import KataKit

/// A hidden and an output layer, and what they are trained on.
package struct SymmetryFixture: Codable, Sendable {
  package var layers: [DenseLayer]
  /// Layers to start from as well, where several courses are compared.
  package var otherStarts: [[DenseLayer]] = []
  package var inputs: Matrix
  package var targets: Matrix
  package var learningRate: Double
  package var steps: Int

  package init(
    layers: [DenseLayer], inputs: Matrix, targets: Matrix, learningRate: Double, steps: Int
  ) {
    self.layers = layers
    self.inputs = inputs
    self.targets = targets
    self.learningRate = learningRate
    self.steps = steps
  }
}

package enum SymmetryBreakingExam: Exam {
  package enum Script: String, CaseIterable, Sendable {
    case train
    /// The units of the layers as they are handed in, and of parts of these.
    case count
    /// The units of the layers after training.
    case trainAndCount
    /// Training from every start, one step a call.
    case courses
  }

  package static let name = "symmetry-breaking"
  package static let type = "SymmetryBreaking"

  package static func subject(of type: any Any.Type) -> (any SymmetryBreakingKata)? {
    (type as? any SymmetryBreakingKata.Type)?.init()
  }

  package static func answer(
    of subject: any SymmetryBreakingKata, to script: Script, on fixture: SymmetryFixture
  ) -> [Part] {
    func trained(_ layers: [DenseLayer], steps: Int) -> [DenseLayer] {
      subject.train(
        layers, inputs: fixture.inputs, targets: fixture.targets,
        learningRate: fixture.learningRate, steps: steps)
    }
    func count(_ name: String, in layers: [DenseLayer]) -> Part {
      Part(
        "number of distinct units" + name,
        Double(subject.distinctUnits(in: layers[0], inputs: fixture.inputs)))
    }
    switch script {
    case .train: return parts(of: trained(fixture.layers, steps: fixture.steps))
    case .count:
      // One number may be right by accident.
      let units = fixture.layers[0].weights.columns
      return (max(1, units - 2)...units).map {
        count($0 < units ? " among the first \($0)" : "", in: first($0, of: fixture.layers))
      }
    case .trainAndCount:
      let layers = trained(fixture.layers, steps: fixture.steps)
      // Nothing can be counted of layers that have lost their shapes.
      guard layers.map(\.shapes) == fixture.layers.map(\.shapes) else { return parts(of: layers) }
      return parts(of: layers) + [count(" after training", in: layers)]
    case .courses:
      return ([fixture.layers] + fixture.otherStarts).flatMap { start in
        var layers = start
        return (0..<fixture.steps).flatMap { _ in
          let next = trained(layers, steps: 1)
          if next.map(\.shapes) == start.map(\.shapes) { layers = next }
          return parts(of: layers)
        }
      }
    }
  }

  private static func parts(of layers: [DenseLayer]) -> [Part] {
    layers.enumerated().flatMap { index, layer in
      [
        Part("W".subscripted(index + 1), layer.weights, axes: "inputs × outputs"),
        Part("b".subscripted(index + 1), layer.biases, axes: "1 × outputs"),
      ]
    }
  }

  /// The layers without the units after the first `count`.
  private static func first(_ count: Int, of layers: [DenseLayer]) -> [DenseLayer] {
    let hidden = layers[0].weights.transposed.slice(rows: 0..<count).transposed
    let biases = Array(layers[0].biases.elements[..<count])
    return [
      DenseLayer(weights: hidden, biases: Matrix([biases])),
      DenseLayer(weights: layers[1].weights.slice(rows: 0..<count), biases: layers[1].biases),
    ]
  }
}

extension DenseLayer {
  fileprivate var shapes: [Shape] { [weights.shape, biases.shape] }
}

package import KataKit

/// The layer that is asked for, and the seed of the generator that is handed in.
package struct DrawnLayerFixture: Codable, Sendable {
  package let fanIn: Int
  package let fanOut: Int
  package let seed: UInt64

  package init(fanIn: Int, fanOut: Int, seed: UInt64) {
    (self.fanIn, self.fanOut, self.seed) = (fanIn, fanOut, seed)
  }
}

/// Draws a dense layer: fanIn, fanOut, and the generator.
package typealias LayerDraw = (Int, Int, inout SeededGenerator) -> DenseLayer

package enum DrawnLayerScript: String, CaseIterable, Sendable {
  case layer
  /// Small layers from several generators.
  case source
  /// Many layers, one after the other: fans so small that one layer of them is no sample.
  case manyLayers
}

/// A kata that draws a dense layer.
package protocol DrawnLayerExam: Exam
where Subject == LayerDraw, Fixture == DrawnLayerFixture, Script == DrawnLayerScript {}

extension DrawnLayerExam {
  package static var manyLayers: Int { 2000 }

  package static func answer(
    of subject: LayerDraw, to script: DrawnLayerScript, on fixture: DrawnLayerFixture
  ) -> [Part] {
    switch script {
    case .layer:
      var generator = SeededGenerator(seed: fixture.seed)
      let layer = subject(fixture.fanIn, fixture.fanOut, &generator)
      return [
        Part("weights", layer.weights, axes: "inputs × outputs"),
        Part("biases", layer.biases, axes: "1 × outputs"),
      ]
    case .manyLayers:
      var generator = SeededGenerator(seed: fixture.seed)
      let weights = (0..<manyLayers).flatMap { _ in
        subject(fixture.fanIn, fixture.fanOut, &generator).weights.elements
      }
      return [Part("weights", Matrix(rows: 1, columns: weights.count, elements: weights))]
    case .source: return Draws.parts(seed: fixture.seed) { [subject(5, 3, &$0).weights] }
    }
  }
}

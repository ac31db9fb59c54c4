package import KataKit

package enum DropoutExam: Exam {
  /// Makes a layer with a drop probability.
  package typealias Subject = (Double) -> any DropoutKata

  /// What goes through a layer, `calls` times in training and as often at test time.
  package struct Fixture: Codable, Sendable {
    package var p: Double
    package var x: Matrix
    package var upstream: Matrix
    package var calls: Int
    package var seed: UInt64

    package init(p: Double, x: Matrix, upstream: Matrix, calls: Int, seed: UInt64) {
      self.p = p
      self.x = x
      self.upstream = upstream
      self.calls = calls
      self.seed = seed
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    /// Training and test time by turns, forward, and back through the pass in training.
    case passes
    /// Training only, and only forward.
    case outputs
    /// Masks of several layers.
    case source
    /// A hundred masks of one layer and more, and of layers of one or two entries.
    case masks
    /// The gradient before and after another layer has had a pass.
    case twoLayers
    /// A pass of fewer rows after one of more.
    case smallerBatch
  }

  package static let name = "dropout"
  package static let type = "Dropout"

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any DropoutKata.Type else { return nil }
    return { type.init(dropProbability: $0) }
  }

  package static func answer(
    of subject: Subject, to script: Script, on fixture: Fixture
  ) -> [Part] {
    var generator = SeededGenerator(seed: fixture.seed)
    switch script {
    case .passes: return passes(of: subject, fixture, &generator)
    case .outputs:
      var layer = subject(fixture.p)
      return (0..<fixture.calls).map { _ in
        Part("output", layer.forward(fixture.x, isTraining: true, using: &generator))
      }
    case .source:
      // So many layers that no two seeds give the same, even if each layer draws but once.
      let ones = Matrix(rows: 4, columns: 4, repeating: 1)
      return Draws.parts(seed: fixture.seed) { generator in
        (0..<32).map { _ in
          var layer = subject(0.5)
          return layer.forward(ones, isTraining: true, using: &generator)
        }
      }
    case .masks:
      return maskShapes.flatMap { shape in
        let ones = Matrix(rows: shape.rows, columns: shape.columns, repeating: 1)
        var layer = subject(0.5)
        return (0..<128).map { _ in
          Part("output of \(shape)", layer.forward(ones, isTraining: true, using: &generator))
        }
      }
    case .twoLayers:
      var (one, other) = (subject(fixture.p), subject(fixture.p))
      let ones = fixture.x * 0 + 1
      _ = one.forward(ones, isTraining: true, using: &generator)
      let before = Part("before", one.backward(upstream: ones))
      _ = other.forward(ones, isTraining: true, using: &generator)
      return [before, Part("after", one.backward(upstream: ones))]
    case .smallerBatch:
      var layer = subject(fixture.p)
      let ones = fixture.x * 0 + 1
      _ = layer.forward(ones, isTraining: true, using: &generator)
      let fewer = ones.slice(rows: 0..<3)
      let output = layer.forward(fewer, isTraining: true, using: &generator)
      guard output.shape == fewer.shape else { return [Part("output", output)] }
      return [Part("output", output), Part("gradient", layer.backward(upstream: fewer))]
    }
  }

  /// What `masks` asks for: 48 entries, of which no two masks are the same by chance; and the least.
  package static let maskShapes = [
    Shape(rows: 6, columns: 8), Shape(rows: 1, columns: 2), Shape(rows: 2, columns: 1),
    Shape(rows: 1, columns: 1),
  ]

  /// Of every pass the output and, where that has kept its shape, the gradients of the upstream and of
  /// twice the upstream.
  private static func passes(
    of subject: Subject, _ fixture: Fixture, _ generator: inout SeededGenerator
  ) -> [Part] {
    var layer = subject(fixture.p)
    var parts: [Part] = []
    for _ in 0..<fixture.calls {
      for isTraining in [true, false] {
        let when = isTraining ? "" : "at test time, "
        let output = layer.forward(fixture.x, isTraining: isTraining, using: &generator)
        parts.append(Part(when + "output", output))
        guard output.shape == fixture.x.shape else { continue }
        parts.append(Part(when + "gradient", layer.backward(upstream: fixture.upstream)))
        parts.append(
          Part(when + "gradient of 2·upstream", layer.backward(upstream: 2 * fixture.upstream)))
      }
    }
    return parts
  }
}

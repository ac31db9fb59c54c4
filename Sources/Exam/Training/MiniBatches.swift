package import KataKit

package enum MiniBatchesExam: Exam {
  /// Rows to be cut into batches, all different from each other.
  package struct Fixture: Codable, Sendable {
    package let inputs: Matrix
    package let targets: Matrix
    package let batchSize: Int
    /// How many times in a row they are cut, one or more, where orders are looked at.
    package let epochs: Int
    /// Of the generator that is handed in.
    package let seed: UInt64

    package init(inputs: Matrix, targets: Matrix, batchSize: Int, epochs: Int, seed: UInt64) {
      self.inputs = inputs
      self.targets = targets
      self.batchSize = batchSize
      self.epochs = epochs
      self.seed = seed
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    /// The batches of one epoch.
    case batches
    /// The rows of every epoch, and the targets of the first, one after the other, whatever batch they
    /// are in.
    case orders
    /// Epochs from several generators.
    case source
  }

  package static let name = "mini-batches"
  package static let type = "MiniBatches"

  package static func subject(of type: any Any.Type) -> (any MiniBatchesKata)? {
    (type as? any MiniBatchesKata.Type)?.init()
  }

  package static func answer(
    of subject: any MiniBatchesKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func batches(using generator: inout SeededGenerator) -> [(inputs: Matrix, targets: Matrix)] {
      subject.batches(
        of: fixture.inputs, targets: fixture.targets, batchSize: fixture.batchSize,
        using: &generator)
    }
    var generator = SeededGenerator(seed: fixture.seed)
    switch script {
    case .batches:
      return batches(using: &generator).flatMap {
        [Part("inputs", $0.inputs), Part("targets", $0.targets)]
      }
    case .orders:
      let first = batches(using: &generator)
      let later = (1..<fixture.epochs).map { _ in batches(using: &generator) }
      return [Part("targets", first.flatMap(\.targets.elements))]
        + ([first] + later).map { Part("inputs", $0.flatMap(\.inputs.elements)) }
    case .source:
      return Draws.parts(seed: fixture.seed) { generator in
        let batches = batches(using: &generator)
        return batches.map(\.inputs) + batches.map(\.targets)
      }
    }
  }
}

package import Grading
package import KataKit
import Numerics

/// What people get wrong wherever something is drawn at random.
package enum SamplerSites {
  /// What all draws are taken from: right is the generator handed in.
  ///
  /// - Parameters:
  ///   - copied: what drawing from a copy leads to.
  ///   - other: the sentence on a source that no seed repeats.
  ///   - more: what excludes these.
  package static func generator(
    copied: String, other: String,
    and more: [Mistake<SeededGenerator, Source>] = []
  ) -> Site<SeededGenerator, Source> {
    Site("generator") {
      Source($0)
    } mistakes: {
      Mistake("generator-copied", "You drew from a copy of the generator; \(copied)") {
        Source($0, isHandedIn: false)
      }
      Mistake(
        "own-seed",
        "You drew from a generator with a seed of your own; use the one that is handed in."
      ) { _ in Source(SeededGenerator(seed: 42), isHandedIn: false) }
      Mistake("other-source", other) { _ in
        Source(SeededGenerator(seed: .random(in: 0 ... .max)), isHandedIn: false)
      }
      more
    }
  }
}

/// A generator shared by all sites, so that each draws what comes after the draws of the one before.
package final class Source {
  package private(set) var generator: SeededGenerator
  private let isHandedIn: Bool
  private let shuffling: ([Int], inout SeededGenerator) -> [Int]

  package init(
    _ generator: SeededGenerator, isHandedIn: Bool = true,
    shuffling: @escaping ([Int], inout SeededGenerator) -> [Int] = { $0.shuffled(using: &$1) }
  ) {
    self.generator = generator
    self.isHandedIn = isHandedIn
    self.shuffling = shuffling
  }

  /// Puts `generator` where this one is now, unless it is another one.
  package func moveOn(_ generator: inout SeededGenerator) {
    if isHandedIn { generator = self.generator }
  }

  package func normal() -> Double { generator.normal() }

  package func normal(_ shape: Shape) -> Matrix {
    .normal(rows: shape.rows, columns: shape.columns, using: &generator)
  }

  package func uniform(_ shape: Shape, in range: ClosedRange<Double>) -> Matrix {
    .uniform(rows: shape.rows, columns: shape.columns, in: range, using: &generator)
  }

  package func index(below count: Int) -> Int { .random(in: 0..<count, using: &generator) }

  package func shuffled(_ items: [Int]) -> [Int] { shuffling(items, &generator) }
}

/// A matrix whose entries are to be drawn: each by itself, or fewer of them, and the rest copies.
package struct Drawing {
  package let shape: Shape
  package let source: Source
  package let draw: (Shape) -> Matrix

  package init(shape: Shape, source: Source, draw: @escaping (Shape) -> Matrix) {
    (self.shape, self.source, self.draw) = (shape, source, draw)
  }

  package var zeros: Matrix { Matrix(rows: shape.rows, columns: shape.columns) }
  package var each: Matrix { draw(shape) }
  package var one: Matrix { zeros + draw(Shape(rows: 1, columns: 1)) }
  package var oneRow: Matrix { zeros + draw(Shape(rows: 1, columns: shape.columns)) }
  package var oneColumn: Matrix { zeros + draw(Shape(rows: shape.rows, columns: 1)) }
}

import Grading
import KataKit

/// What people get wrong wherever something is drawn at random.
enum SamplerSites {
  /// What all draws are taken from: right is the generator handed in.
  ///
  /// - Parameters:
  ///   - copied: what drawing from a copy leads to.
  ///   - other: the sentence on a source that no seed repeats.
  ///   - more: what excludes these.
  static func generator(
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
final class Source {
  private(set) var generator: SeededGenerator
  private let isHandedIn: Bool
  private let shuffling: ([Int], inout SeededGenerator) -> [Int]

  init(
    _ generator: SeededGenerator, isHandedIn: Bool = true,
    shuffling: @escaping ([Int], inout SeededGenerator) -> [Int] = { $0.shuffled(using: &$1) }
  ) {
    self.generator = generator
    self.isHandedIn = isHandedIn
    self.shuffling = shuffling
  }

  /// Puts `generator` where this one is now, unless it is another one.
  func moveOn(_ generator: inout SeededGenerator) {
    if isHandedIn { generator = self.generator }
  }

  func normal() -> Double { generator.normal() }

  func normal(_ shape: Shape) -> Matrix {
    .normal(rows: shape.rows, columns: shape.columns, using: &generator)
  }

  func uniform(_ shape: Shape, in range: ClosedRange<Double>) -> Matrix {
    .uniform(rows: shape.rows, columns: shape.columns, in: range, using: &generator)
  }

  func index(below count: Int) -> Int { .random(in: 0..<count, using: &generator) }

  func shuffled(_ items: [Int]) -> [Int] { shuffling(items, &generator) }
}

/// A matrix whose entries are to be drawn: each by itself, or fewer of them, and the rest copies.
struct Drawing {
  let shape: Shape
  let source: Source
  let draw: (Shape) -> Matrix

  var zeros: Matrix { Matrix(rows: shape.rows, columns: shape.columns) }
  var each: Matrix { draw(shape) }
  var one: Matrix { zeros + draw(Shape(rows: 1, columns: 1)) }
  var oneRow: Matrix { zeros + draw(Shape(rows: 1, columns: shape.columns)) }
  var oneColumn: Matrix { zeros + draw(Shape(rows: shape.rows, columns: 1)) }
}

import KataKit

/// A family of fixtures, drawn afresh from the seed of the run.
package struct Case<Fixture: Sendable>: Sendable {
  package let name: String
  let draw: @Sendable (inout FixtureGenerator) -> Fixture
  private var hasSiblings = true

  package init(_ name: String, draw: @escaping @Sendable (inout FixtureGenerator) -> Fixture) {
    self.name = name
    self.draw = draw
  }

  /// The same case without siblings: for a large sample, of which another says no more.
  package var alone: Self {
    var probe = self
    probe.hasSiblings = false
    return probe
  }

  /// The fixture of this case for `seed`; every case has streams of its own.
  package func fixture(seed: UInt64) -> Fixture {
    var generator = FixtureGenerator(seed: seed, stream: name)
    return draw(&generator)
  }

  /// The fixture of the same sizes with other values; nil where nothing but sizes is drawn.
  package func sibling(seed: UInt64) -> Fixture? {
    guard hasSiblings else { return nil }
    var generator = FixtureGenerator(seed: seed, stream: name, sibling: 1)
    let fixture = draw(&generator)
    return generator.drawsValues ? fixture : nil
  }
}

/// Two streams from one seed: sizes are drawn from one, values from the other, so that a fixture has
/// siblings of the same sizes with other values.
///
/// Every integer that the course of an attempt depends on is a size: rows, epochs, a patience.
package struct FixtureGenerator: RandomNumberGenerator {
  private var sizes: SeededGenerator
  private var values: SeededGenerator
  private(set) var drawsValues = false

  package init(seed: UInt64, stream: String = "", sibling: UInt64 = 0) {
    // FNV-1a over the name, so that no case's fixtures change when another is added.
    let stream = stream.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    sizes = SeededGenerator(seed: seed ^ stream)
    values = SeededGenerator(seed: seed ^ stream ^ 0x5851_f42d_4c95_7f2d &+ sibling)
  }

  /// Bits of the stream of the values.
  package mutating func next() -> UInt64 {
    drawsValues = true
    return values.next()
  }

  /// `count` different sizes, so that no two dimensions of a fixture can be mistaken.
  ///
  /// None is 1 or 2: a batch of 1 hides every sum, and 2 classes make a missing ½ look like 1/classes.
  package mutating func sizes(_ count: Int, in range: ClosedRange<Int> = 3...7) -> [Int] {
    Array(range.shuffled(using: &sizes).prefix(count))
  }

  /// One size.
  package mutating func size(in range: ClosedRange<Int>) -> Int {
    .random(in: range, using: &sizes)
  }
}

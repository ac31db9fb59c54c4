package import KataKit

/// What tells whether draws come from the generator that is handed in.
package enum Draws {
  package static let once = "draws"
  package static let again = "draws with an equal generator"
  package static let otherwise = "draws with another seed"
  package static let next = "the next number of the generator"

  /// The draws with a generator, with an equal one, and with one of another seed; and what the first
  /// generator gives next.
  package static func parts(
    seed: UInt64, drawing: (inout SeededGenerator) -> [Matrix]
  ) -> [Part] {
    var generator = SeededGenerator(seed: seed)
    let first = drawing(&generator).map { Part(once, $0) }
    let bits = generator.next()
    let rest = [(again, seed), (otherwise, ~seed)].flatMap { name, seed in
      var generator = SeededGenerator(seed: seed)
      return drawing(&generator).map { Part(name, $0) }
    }
    return first + rest + [Part(next, exactly(bits))]
  }

  /// The two halves of 64 bits, each of which a `Double` holds exactly.
  package static func exactly(_ bits: UInt64) -> [Double] {
    [Double(bits >> 32), Double(bits & 0xffff_ffff)]
  }
}

import Grading
import KataKit

/// What is asked of everything that is drawn at random: how the draws are distributed and where they
/// come from, and never which draw is where.
enum Samplers {
  /// A number that has the standard deviation `deviation` from sample to sample.
  ///
  /// Two such numbers are the same up to four deviations of their difference: what differs by more is
  /// two mistakes, what differs by less may be one.
  static func statistic(
    _ name: String, _ value: Double, in range: ClosedRange<Double>, deviation: Double
  ) -> Block {
    let noise = 4 * 2.squareRoot() * deviation / max(abs(value), deviation)
    return Block(name, value, acceptance: .between(range, noise: min(1, noise)))
  }

  /// A count, which chance does not change.
  static func count(_ name: String, _ count: Int, expected: Int) -> Block {
    let expected = Double(expected)
    return Block(name, Double(count), acceptance: .between(expected...expected, noise: 0))
  }

  /// Whether the draws come from the generator that is handed in; 1 is yes.
  ///
  /// The first no leaves the others open, and so does an attempt that draws nothing. Different seeds
  /// must give equal draws with a probability of at most `Chance.falseAlarm`.
  static func source(
    of things: String = "draws", seed: UInt64, drawsNothing: Bool = false,
    drawing: (inout SeededGenerator) -> [Double]
  ) -> [Block] {
    func draws(_ seed: UInt64) -> (bits: [UInt64], generator: SeededGenerator) {
      var generator = SeededGenerator(seed: seed)
      let draws = drawing(&generator)
      return (draws.map(\.bitPattern), generator)
    }
    var (first, untouched) = (draws(seed), SeededGenerator(seed: seed))
    let repeats = drawsNothing || draws(seed).bits == first.bits
    let changes = drawsNothing || !repeats || draws(~seed).bits != first.bits
    let moves =
      drawsNothing || !repeats || !changes || first.generator.next() != untouched.next()
    return [
      Block("\(things) repeat with the generator", repeats ? 1 : 0),
      Block("\(things) change with the generator", changes ? 1 : 0),
      Block("the generator moves", moves ? 1 : 0),
    ]
  }
}

extension Check {
  /// The same in words: `blocks` are those of `Samplers.source`.
  static func generator(
    of things: String, on probe: Case<S.Fixture>,
    source blocks: @escaping @Sendable (S.Subject, S.Fixture) -> [Block]
  ) -> Self {
    Check("generator", on: [probe]) { (subject, seed) throws(Finding) in
      let evidence = [
        "an equal generator gives other \(things) at a second call",
        "a generator of another seed gives the same \(things)",
        "the generator is where it was before the call",
      ]
      for (block, evidence) in zip(blocks(subject, probe.fixture(seed: seed)), evidence)
      where block.value.elements != [1] {
        throw Finding(
          evidence, pattern: "Every draw has to come from the generator that is handed in.")
      }
      return "every draw comes from it, and it moves on"
    }
  }
}

package import Exam
package import Grading
import KataKit
package import Numerics

/// What is asked of everything that is drawn at random: how the draws are distributed and where they
/// come from, and never which draw is where.
package enum Samplers {
  /// A number that has the standard deviation `deviation` from sample to sample.
  ///
  /// Two such numbers are the same up to four deviations of their difference: what differs by more is
  /// two mistakes, what differs by less may be one. But tenfold is never the same, and 0 is only 0.
  package static func statistic(
    _ name: String, _ value: Double, in range: ClosedRange<Double>, deviation: Double
  ) -> Block {
    let noise = 4 * 2.squareRoot() * deviation / max(abs(value), deviation)
    return Block(name, value, acceptance: .between(range, noise: min(0.9, noise)))
  }

  /// A share of `count` events, as many of them independent.
  package static func share(
    _ name: String, _ value: Double, of count: Double, in range: ClosedRange<Double>
  ) -> Block {
    let count = max(1, count)
    return statistic(
      name, value, in: range,
      deviation: ((max(0, value * (1 - value)) + 1 / count) / count).squareRoot())
  }

  /// A count, which chance does not change.
  package static func count(_ name: String, _ count: Int, expected: Int) -> Block {
    let expected = Double(expected)
    return Block(name, Double(count), acceptance: .between(expected...expected, noise: 0))
  }

  /// Whether the draws that `Draws` lists come from the generator that is handed in; 1 is yes.
  ///
  /// The first no leaves the others open, and so does an attempt that draws nothing. Different seeds
  /// must give equal draws with a probability of at most `Chance.falseAlarm`.
  package static func source(
    of things: String = "draws", seed: UInt64, drawsNothing: Bool = false, from answer: [Part]
  ) -> [Block] {
    func draws(_ name: String) -> [Part] {
      answer.filter { $0.name == name }.map { Part("", $0.value) }
    }
    let first = draws(Draws.once)
    var untouched = SeededGenerator(seed: seed)
    let repeats = drawsNothing || draws(Draws.again).isIdentical(to: first)
    let changes = drawsNothing || !repeats || !draws(Draws.otherwise).isIdentical(to: first)
    let moves =
      drawsNothing || !repeats || !changes
      || answer.value(Draws.next).elements != Draws.exactly(untouched.next())
    return [
      Block("\(things) repeat with the generator", repeats ? 1 : 0),
      Block("\(things) change with the generator", changes ? 1 : 0),
      Block("the generator moves", moves ? 1 : 0),
    ]
  }
}

extension Check {
  /// Every block of the answer that `part` picks is within its own range: no truth is drawn.
  package static func ranges(
    _ name: String, on probe: Case<S.Fixture>, to script: S.Script, holds: String,
    of part: @escaping @Sendable (Block) -> Bool = { _ in true }
  ) -> Self {
    Check(name, on: probe, to: script) { (answered) throws(Finding) in
      let blocks = answered.blocks.filter(part)
      if let finding = blocks.finding(against: blocks.map(\.nearestAccepted)) { throw finding }
      return holds
    }
  }

  /// The same in words: the blocks of the answer are those of `Samplers.source`.
  package static func generator(
    of things: String, on probe: Case<S.Fixture>, to script: S.Script
  ) -> Self {
    Check("generator", on: probe, to: script) { (answered) throws(Finding) in
      let evidence = [
        "an equal generator gives other \(things) at a second call",
        "a generator of another seed gives the same \(things)",
        "the generator is where it was before the call",
      ]
      for (block, evidence) in zip(answered.blocks, evidence) where block.value.elements != [1] {
        throw Finding(
          evidence, pattern: "Every draw has to come from the generator that is handed in.")
      }
      return "every draw comes from it, and it moves on"
    }
  }
}

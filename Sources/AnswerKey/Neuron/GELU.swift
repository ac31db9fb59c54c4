package import Exam
package import Grading
import KataKit
package import Numerics

package enum GELUSuite: Suite {
  package typealias Paper = GELUExam

  package static let kata = Kata(
    Paper.self, title: "the exact GELU and its slope", track: .neuron, minutes: 6)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: ActivationFixture
  ) -> [Block] { answer.blocks(on: fixture, absolute: 1.5e-7) }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed, to: .everything),
      .reference("value", on: .mixed, to: .value),
      .reference("slope", on: .mixed, to: .slope),
      .derivative("numerical gradient", on: .mixed, to: .slope, of: "GELU") {
        [.slope(of: $0.parts, at: $0.fixture.z, along: reference(making: []).value)]
      }.aside,
      .ofOwnValue,
      .inDoublePrecision(on: .mixed, to: .everything),
      .inDoublePrecision("tails", on: .tails, to: .everything),
      .reference(on: .zeros, to: .everything),
      .reference(on: .extreme, to: .everything),
      .reference(on: .huge, to: .everything),
      .reference(on: .square, to: .everything),
      .reference(on: .row, to: .everything),
      .reference(on: .column, to: .everything),
      .reference(on: .many, to: .everything),
      .reference(on: .entry, to: .everything),
      .reference(on: .entryBelow, to: .everything),
      .reference(on: .everyMagnitude(upTo: 1e10), to: .everything),
      .reference("after another value", on: .mixed, to: .afterAnother),
      .property(
        "odd part", on: .mixed, to: .mirrored,
        holds: "GELU(z) − GELU(−z) = z, the slopes at ±z add to 1", comparing: oddPart),
    ]
  }

  /// As Φ(z) + Φ(−z) = 1.
  @Sendable private static func oddPart(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let (z, parts) = (answered.fixture.z, answered.parts)
    let (value, slope) = ("value(z) − value(−z)", "slope(z) + slope(−z)")
    guard parts.map(\.name) == answered.trueParts.map(\.name),
      parts.allSatisfy({ $0.value.shape == z.shape })
    else {
      return (answered.blocks, answered.truth)
    }
    return (
      [
        Block(value, parts.value("value") - parts.value("value(−z)")),
        Block(slope, parts.value("slope") + parts.value("slope(−z)")),
      ],
      [Block(value, z), Block(slope, z.map { _ in 1 })]
    )
  }
}

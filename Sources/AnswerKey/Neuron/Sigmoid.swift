package import Exam
package import Grading
import KataKit
package import Numerics

package enum SigmoidSuite: Suite {
  package typealias Paper = SigmoidExam

  package static let kata = Kata(
    Paper.self, title: "the sigmoid and its slope, stable at ±1000", track: .neuron, minutes: 4)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: ActivationFixture
  ) -> [Block] { answer.blocks(on: fixture, absolute: 1.5e-7) }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed, to: .everything),
      .reference("value", on: .mixed, to: .value),
      .reference("value at ±1000", on: .extreme, to: .value),
      .reference("slope", on: .mixed, to: .slope),
      .reference("slope at ±1000", on: .extreme, to: .slope),
      .derivative("numerical gradient", on: .mixed, to: .slope, of: "the sigmoid") {
        [.slope(of: $0.parts, at: $0.fixture.z, along: reference(making: []).value)]
      }.aside,
      .ofOwnValue,
      .inDoublePrecision(on: .mixed, to: .everything),
      .reference(on: .zeros, to: .everything),
      .reference(on: .square, to: .everything),
      .reference(on: .row, to: .everything),
      .reference(on: .column, to: .everything),
      .reference(on: .many, to: .everything),
      .reference(on: .entry, to: .everything),
      .reference(on: .entryBelow, to: .everything),
      .reference(on: .everyMagnitude(upTo: 1e3), to: .everything),
      .reference("after another value", on: .mixed, to: .afterAnother),
      .property(
        "mirrored", on: .extreme, to: .mirrored,
        holds: "σ(−z) = 1 − σ(z), and the slope is the same"
      ) { answered in
        let parts = answered.parts
        return (
          ["value(−z)", "slope(−z)"].map { Block($0, parts.value($0)) },
          [
            Block("value(−z)", 1 - parts.value("value")),
            Block("slope(−z)", parts.value("slope")),
          ]
        )
      },
    ]
  }
}

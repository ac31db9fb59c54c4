package import Exam
package import Grading
import KataKit
package import Numerics

package enum TanhDerivativeSuite: Suite {
  package typealias Paper = TanhDerivativeExam

  package static let kata = Kata(
    Paper.self, title: "tanh, its slope, and the step back through it", track: .neuron, minutes: 4)

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
      .reference("backward", on: .mixed, to: .backward),
      .derivative("gradient of tanh", on: .mixed, to: .slope, of: "tanh") {
        [.slope(of: $0.parts, at: $0.fixture.z, along: { tanh($0) })]
      }.aside,
      .derivative("gradient of backward", on: .mixed, to: .backward, of: "Σ upstream·tanh") {
        [.backward(of: $0.parts, on: $0.fixture, along: { tanh($0) })]
      }.aside,
      .ofOwnValue,
      .inDoublePrecision(on: .mixed, to: .everything),
      .inDoublePrecision("tails", on: .tails, to: .everything),
      .reference(on: .zeros, to: .everything),
      .reference(on: .square, to: .everything),
      .reference(on: .row, to: .everything),
      .reference(on: .column, to: .everything),
      .reference(on: .many, to: .everything),
      .reference(on: .entry, to: .everything),
      .reference(on: .entryBelow, to: .everything),
      .reference(on: .everyMagnitudeBesideTails(upTo: 1e3), to: .everything),
      .reference("after another value", on: .mixed, to: .afterAnother),
      .linearInUpstream(on: .mixed, to: .scaledUpstream),
    ]
  }
}

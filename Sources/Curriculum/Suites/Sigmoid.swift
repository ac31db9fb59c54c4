package import Grading
package import KataKit

package enum SigmoidSuite: Suite {
  package static let kata = Kata(
    "sigmoid", type: "Sigmoid", requirement: "SigmoidKata",
    title: "the sigmoid and its slope, stable at ±1000", track: .neuron, minutes: 4)

  package static func subject(of type: any Any.Type) -> (any SigmoidKata)? {
    (type as? any SigmoidKata.Type)?.init()
  }

  package static func answer(
    of subject: any SigmoidKata, to fixture: ActivationFixture
  ) -> [Block] {
    value(of: subject, on: fixture) + slope(of: subject, on: fixture)
  }

  @Sendable private static func value(
    of subject: any SigmoidKata, on fixture: ActivationFixture
  ) -> [Block] {
    [Block("value", subject.value(at: fixture.z), axes: "as z")]
  }

  @Sendable private static func slope(
    of subject: any SigmoidKata, on fixture: ActivationFixture
  ) -> [Block] {
    [Block("slope", subject.slope(at: fixture.z), axes: "as z")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed),
      .reference("value", on: .mixed, of: value),
      .reference("value at ±1000", on: .extreme, of: value),
      .reference("slope", on: .mixed, of: slope),
      .reference("slope at ±1000", on: .extreme, of: slope),
      .derivative("numerical gradient", on: .mixed, of: "the sigmoid") { subject, fixture in
        [derivative(of: subject, on: fixture) { reference(making: []).value(at: $0) }]
      },
      .derivative("of your own value", on: .mixed, of: "your value") { subject, fixture in
        [derivative(of: subject, on: fixture, value: subject.value)]
      },
      .reference(on: .zeros),
      .reference(on: .square),
      .reference(on: .row),
      .reference(on: .column),
      .property(
        "mirrored", on: .extreme, holds: "σ(−z) = 1 − σ(z), and the slope is the same",
        comparing: mirrored),
      .repeatable(on: .mixed),
    ]
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any SigmoidKata, on fixture: ActivationFixture,
    value: @escaping (Matrix) -> Matrix
  ) -> Derivative {
    Derivative("slope", subject.slope(at: fixture.z), at: fixture.z, of: { value($0).sum() })
  }

  @Sendable private static func mirrored(
    _ subject: any SigmoidKata, _ fixture: ActivationFixture
  ) -> (actual: [Block], expected: [Block]) {
    let z = fixture.z
    return (
      [Block("value(−z)", subject.value(at: -z)), Block("slope(−z)", subject.slope(at: -z))],
      [
        Block("value(−z)", 1 - subject.value(at: z)),
        Block("slope(−z)", subject.slope(at: z)),
      ]
    )
  }
}

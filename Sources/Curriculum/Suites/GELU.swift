package import Grading
package import KataKit

package enum GELUSuite: Suite {
  package static let kata = Kata(
    "gelu", type: "GELU", requirement: "GELUKata",
    title: "the exact GELU and its slope", track: .neuron, minutes: 6)

  package static func subject(of type: any Any.Type) -> (any GELUKata)? {
    (type as? any GELUKata.Type)?.init()
  }

  package static func answer(of subject: any GELUKata, to fixture: ActivationFixture) -> [Block] {
    value(of: subject, on: fixture) + slope(of: subject, on: fixture)
  }

  @Sendable private static func value(
    of subject: any GELUKata, on fixture: ActivationFixture
  ) -> [Block] {
    [Block("value", subject.value(at: fixture.z), axes: "as z")]
  }

  @Sendable private static func slope(
    of subject: any GELUKata, on fixture: ActivationFixture
  ) -> [Block] {
    [Block("slope", subject.slope(at: fixture.z), axes: "as z")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed),
      .reference("value", on: .mixed, of: value),
      .reference("slope", on: .mixed, of: slope),
      .derivative("numerical gradient", on: .mixed, of: "GELU") { subject, fixture in
        [derivative(of: subject, on: fixture) { reference(making: []).value(at: $0) }]
      },
      .derivative("of your own value", on: .mixed, of: "your value") { subject, fixture in
        [derivative(of: subject, on: fixture, value: subject.value)]
      },
      .reference(on: .zeros),
      .reference(on: .extreme),
      .reference(on: .huge),
      .reference(on: .square),
      .reference(on: .row),
      .reference(on: .column),
      .property(
        "odd part", on: .mixed, holds: "GELU(z) − GELU(−z) = z, the slopes at ±z add to 1",
        comparing: oddPart),
      .repeatable(on: .mixed),
    ]
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any GELUKata, on fixture: ActivationFixture, value: @escaping (Matrix) -> Matrix
  ) -> Derivative {
    Derivative("slope", subject.slope(at: fixture.z), at: fixture.z, of: { value($0).sum() })
  }

  /// As Φ(z) + Φ(−z) = 1.
  @Sendable private static func oddPart(
    _ subject: any GELUKata, _ fixture: ActivationFixture
  ) -> (actual: [Block], expected: [Block]) {
    let z = fixture.z
    return (
      [
        Block("value(z) − value(−z)", subject.value(at: z) - subject.value(at: -z)),
        Block("slope(z) + slope(−z)", subject.slope(at: z) + subject.slope(at: -z)),
      ],
      [Block("value(z) − value(−z)", z), Block("slope(z) + slope(−z)", z.map { _ in 1 })]
    )
  }
}

package import Grading
package import KataKit

package enum TanhDerivativeSuite: Suite {
  package static let kata = Kata(
    "tanh-derivative", type: "TanhDerivative", requirement: "TanhDerivativeKata",
    title: "tanh, its slope, and the step back through it", track: .neuron, minutes: 4)

  package static func subject(of type: any Any.Type) -> (any TanhDerivativeKata)? {
    (type as? any TanhDerivativeKata.Type)?.init()
  }

  package static func answer(
    of subject: any TanhDerivativeKata, to fixture: ActivationFixture
  ) -> [Block] {
    value(of: subject, on: fixture) + slope(of: subject, on: fixture)
      + backward(of: subject, on: fixture)
  }

  @Sendable private static func value(
    of subject: any TanhDerivativeKata, on fixture: ActivationFixture
  ) -> [Block] {
    [Block("value", subject.value(at: fixture.z), axes: "as z")]
  }

  @Sendable private static func slope(
    of subject: any TanhDerivativeKata, on fixture: ActivationFixture
  ) -> [Block] {
    [Block("slope", subject.slope(at: fixture.z), axes: "as z")]
  }

  @Sendable private static func backward(
    of subject: any TanhDerivativeKata, on fixture: ActivationFixture
  ) -> [Block] {
    let result = subject.backward(upstream: fixture.upstream, activation: tanh(fixture.z))
    return [Block("backward", result, axes: "as activation")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed),
      .reference("value", on: .mixed, of: value),
      .reference("value at ±1000", on: .extreme, of: value),
      .reference("slope", on: .mixed, of: slope),
      .reference("slope at ±1000", on: .extreme, of: slope),
      .reference("backward", on: .mixed, of: backward),
      .derivative("gradient of tanh", on: .mixed, of: "tanh") { subject, fixture in
        [derivative(of: subject, on: fixture, value: { tanh($0) })]
      },
      .derivative("gradient of backward", on: .mixed, of: "Σ upstream·tanh") {
        subject, fixture in
        [
          Derivative(
            "backward",
            subject.backward(upstream: fixture.upstream, activation: tanh(fixture.z)),
            at: fixture.z, of: { (fixture.upstream * tanh($0)).sum() })
        ]
      },
      .derivative("of your own value", on: .mixed, of: "your value") { subject, fixture in
        [derivative(of: subject, on: fixture, value: subject.value)]
      },
      .reference(on: .zeros),
      .reference(on: .square),
      .reference(on: .row),
      .reference(on: .column),
      .property(
        "linear in upstream", on: .mixed, holds: "−3 times the upstream, −3 times the result",
        comparing: scaledUpstream),
      .repeatable(on: .mixed),
    ]
  }

  // MARK: Checks that ask no reference

  private static func derivative(
    of subject: any TanhDerivativeKata, on fixture: ActivationFixture,
    value: @escaping (Matrix) -> Matrix
  ) -> Derivative {
    Derivative("slope", subject.slope(at: fixture.z), at: fixture.z, of: { value($0).sum() })
  }

  @Sendable private static func scaledUpstream(
    _ subject: any TanhDerivativeKata, _ fixture: ActivationFixture
  ) -> (actual: [Block], expected: [Block]) {
    let (activation, upstream) = (tanh(fixture.z), fixture.upstream)
    let scaled = subject.backward(upstream: -3 * upstream, activation: activation)
    let plain = subject.backward(upstream: upstream, activation: activation)
    let name = "backward of −3·upstream"
    return ([Block(name, scaled)], [Block(name, -3 * plain)])
  }
}

package import Grading
package import KataKit

package enum ReLUDerivativeSuite: Suite {
  package static let kata = Kata(
    "relu-derivative", type: "ReLUDerivative", requirement: "ReLUDerivativeKata",
    title: "ReLU, its slope, and the step back through it", track: .neuron, minutes: 3)

  package static func subject(of type: any Any.Type) -> (any ReLUDerivativeKata)? {
    (type as? any ReLUDerivativeKata.Type)?.init()
  }

  /// The value, then the slope, then the step back that uses it.
  ///
  /// Where z is exactly 0 they are blanked: more than one slope is right there, and any may come with a
  /// mistake elsewhere. What is told of these places is how many slopes and steps are no numbers.
  package static func answer(
    of subject: any ReLUDerivativeKata, to fixture: ActivationFixture
  ) -> [Block] {
    let zeros = fixture.zeros
    let slope = subject.slope(at: fixture.z)
    let backward = subject.backward(upstream: fixture.upstream, z: fixture.z)
    func unreal(_ name: String, _ matrix: Matrix) -> Block {
      Block(name, Double(matrix.gathered(zeros).count { !$0.isFinite }))
    }
    let blocks = [
      Block("value", subject.value(at: fixture.z).blanked(at: zeros), axes: "as z"),
      Block("slope", slope.blanked(at: zeros), axes: "as z"),
      Block("backward", backward.blanked(at: zeros), axes: "as z"),
    ]
    guard !zeros.isEmpty else { return blocks }
    return blocks + [
      unreal("slopes at z = 0 that are no numbers", slope),
      unreal("steps back at z = 0 that are no numbers", backward),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed),
      .reference("value", on: .mixed, of: { [Block("value", $0.value(at: $1.z), axes: "as z")] }),
      .reference("slope", on: .mixed, of: { [Block("slope", $0.slope(at: $1.z), axes: "as z")] }),
      .reference("backward", on: .mixed) { subject, fixture in
        [
          Block(
            "backward", subject.backward(upstream: fixture.upstream, z: fixture.z), axes: "as z")
        ]
      },
      .derivative("numerical gradient", on: .mixed, of: "ReLU", derivatives: derivatives),
      .derivative("of your own value", on: .mixed, of: "your value", derivatives: ownDerivative),
      .property(
        "exact zeros", on: .zeros, holds: "at z = 0 the slope is in [0, 1], and used as such",
        comparing: atZero),
      .reference(on: .huge),
      .reference(on: .tiny),
      .reference(on: dead),
      .reference(on: .square),
      .reference(on: .row),
      .reference(on: .column),
      .property(
        "linear in upstream", on: .mixed, holds: "−3 times the upstream, −3 times the result",
        comparing: scaledUpstream),
      .repeatable(on: .mixed),
    ]
  }

  // MARK: Fixtures

  private static let dead = Case<ActivationFixture>("nothing positive") { generator in
    var fixture = ActivationFixture.draw(using: &generator)
    fixture.z = -abs(fixture.z)
    return fixture
  }

  // MARK: Checks that ask no reference

  /// The slope is the gradient of Σ ReLU(z), and the step back that of Σ upstream ⊙ ReLU(z).
  @Sendable private static func derivatives(
    of subject: any ReLUDerivativeKata, on fixture: ActivationFixture
  ) -> [Derivative] {
    let (z, upstream) = (fixture.z, fixture.upstream)
    return [
      Derivative("slope", subject.slope(at: z), at: z, of: { Mathematics.relu($0).sum() }),
      Derivative(
        "backward", subject.backward(upstream: upstream, z: z), at: z,
        of: { (upstream * Mathematics.relu($0)).sum() }),
    ]
  }

  @Sendable private static func ownDerivative(
    of subject: any ReLUDerivativeKata, on fixture: ActivationFixture
  ) -> [Derivative] {
    [
      Derivative(
        "slope", subject.slope(at: fixture.z), at: fixture.z,
        of: { subject.value(at: $0).sum() })
    ]
  }

  /// At exactly 0 any slope in [0, 1] is right, and any step between 0 and the upstream gradient.
  @Sendable private static func atZero(
    _ subject: any ReLUDerivativeKata, _ fixture: ActivationFixture
  ) -> (actual: [Block], expected: [Block]) {
    let upstream = fixture.upstream.gathered(fixture.zeros)
    func blocks(_ subject: any ReLUDerivativeKata) -> [Block] {
      let step = subject.backward(upstream: fixture.upstream, z: fixture.z).gathered(fixture.zeros)
      let range = Acceptance.between(0...1, noise: 0)
      return answer(of: subject, to: fixture).prefix(3) + [
        block("value", subject.value(at: fixture.z).gathered(fixture.zeros), .near()),
        block("slope", subject.slope(at: fixture.z).gathered(fixture.zeros), range),
        block("backward/upstream", zip(step, upstream).map(/), range),
      ]
    }
    func block(_ name: String, _ values: [Double], _ acceptance: Acceptance) -> Block {
      Block("\(name) at zeros", values, acceptance: acceptance)
    }
    return (blocks(subject), blocks(reference(making: [])))
  }

  @Sendable private static func scaledUpstream(
    _ subject: any ReLUDerivativeKata, _ fixture: ActivationFixture
  ) -> (actual: [Block], expected: [Block]) {
    let scaled = subject.backward(upstream: -3 * fixture.upstream, z: fixture.z)
    let plain = subject.backward(upstream: fixture.upstream, z: fixture.z)
    let name = "backward of −3·upstream"
    return ([Block(name, scaled)], [Block(name, -3 * plain)])
  }
}

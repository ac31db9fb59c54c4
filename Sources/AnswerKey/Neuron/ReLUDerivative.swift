package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum ReLUDerivativeSuite: Suite {
  package typealias Paper = ReLUDerivativeExam

  package static let kata = Kata(
    Paper.self, title: "ReLU, its slope, and the step back through it", track: .neuron, minutes: 3)

  /// Where z is exactly 0 slope and step are blanked: more than one slope is right there, and any may come
  /// with a mistake elsewhere. What is told of these places is how many slopes and steps are no numbers.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: ActivationFixture
  ) -> [Block] {
    let zeros = fixture.zeros
    // z itself above 0, however small it is.
    func acceptance(_ part: Part) -> Acceptance {
      fixture.isOfEveryMagnitude ? .each() : part.name == "value" ? .near(absolute: 0) : .near()
    }
    guard script == .everything, !zeros.isEmpty else {
      return answer.map { Block($0, acceptance: acceptance($0)) }
    }
    let blanked = answer.map {
      Block(
        $0.name, $0.value.blanked(at: zeros), axes: $0.axes, acceptance: acceptance($0))
    }
    return blanked
      + [
        ("slopes at z = 0 that are no numbers", "slope"),
        ("steps back at z = 0 that are no numbers", "backward"),
      ].map { name, part in
        Block(name, Double(answer.value(part).gathered(zeros).count { !$0.isFinite }))
      }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: .mixed, to: .everything),
      .reference("value", on: .mixed, to: .value),
      .reference("slope", on: .mixed, to: .slope),
      .reference("backward", on: .mixed, to: .backward),
      .derivative("numerical gradient", on: .mixed, to: .everything, of: "ReLU") {
        [
          .slope(of: $0.parts, at: $0.fixture.z, along: Mathematics.relu),
          .backward(of: $0.parts, on: $0.fixture, along: Mathematics.relu),
        ]
      }.aside,
      .ofOwnValue,
      .inDoublePrecision(on: .mixed, to: .everything),
      .property(
        "exact zeros", on: .zeros, to: .everything,
        holds: "at z = 0 the slope is in [0, 1], and used as such", comparing: atZero),
      .reference(on: .huge, to: .everything),
      .reference(on: .tiny, to: .everything),
      .reference(on: dead, to: .everything),
      .reference(on: .square, to: .everything),
      .reference(on: .row, to: .everything),
      .reference(on: .column, to: .everything),
      .reference(on: .many, to: .everything),
      .reference(on: .entry, to: .everything),
      .reference(on: .entryBelow, to: .everything),
      .reference(on: .everyMagnitude(upTo: 1e10), to: .everything),
      .reference("after another value", on: .mixed, to: .afterAnother),
      .linearInUpstream(on: .mixed, to: .scaledUpstream),
    ]
  }

  // MARK: Fixtures

  private static let dead = Case<ActivationFixture>("nothing positive") { generator in
    var fixture = ActivationFixture.draw(using: &generator)
    fixture.z = -abs(fixture.z)
    return fixture
  }

  // MARK: What is right at 0

  /// At exactly 0 any slope in [0, 1] is right, and any step between 0 and the upstream gradient.
  @Sendable private static func atZero(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let fixture = answered.fixture
    let zeros = fixture.zeros
    func blocks(_ blocks: [Block], _ parts: [Part]) -> [Block] {
      let step = parts.value("backward").gathered(zeros)
      let range = Acceptance.between(0...1, noise: 0)
      return blocks.prefix(3) + [
        Block("value at zeros", parts.value("value").gathered(zeros)),
        Block("slope at zeros", parts.value("slope").gathered(zeros), acceptance: range),
        Block(
          "backward/upstream at zeros", zip(step, fixture.upstream.gathered(zeros)).map(/),
          acceptance: range),
      ]
    }
    return (
      blocks(answered.blocks, answered.parts), blocks(answered.truth, answered.trueParts)
    )
  }
}

package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum PerceptronSuite: Suite {
  package typealias Paper = PerceptronExam

  package static let kata = Kata(
    Paper.self, title: "Rosenblatt's rule, one example at a time", track: .neuron, minutes: 8)

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.map { Block($0, acceptance: .near(absolute: fixture.isTiny ? 0 : 1e-9)) }
  }

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    [
      Quantity(fixture.inputs.rows, "there are \(fixture.inputs.rows) examples"),
      Quantity(fixture.epochs, "there are \(fixture.epochs) epochs"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: several, to: .everything),
      .reference("predictions", on: several, to: .predictions),
      .reference("one epoch", on: oneEpoch, to: .training),
      .reference("several epochs", on: several, to: .training),
      .inDoublePrecision(on: several, to: .everything),
      .reference(on: orGate, to: .everything),
      .reference(on: andGate, to: .everything),
      .property(
        "separable data", on: separable, to: .learned,
        holds: "at the end every label is predicted"
      ) { answered in
        let labels = answered.fixture.labels.map(Double.init)
        // There are no predictions where the weights have lost their shape.
        let blocks = answered.blocks
        return (
          blocks.count == 3 ? [blocks[2]] : blocks, [Block("predictions", labels)]
        )
      },
      .reference(on: ties, to: .everything),
      .reference(on: oneExample, to: .everything),
      .reference(on: oneFeature, to: .everything),
      .reference(on: oneNumber, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: stretched, to: .everything),
      .reference(on: huge, to: .everything),
      .reference(on: oneClass, to: .everything),
      .reference(on: manyEpochs, to: .training),
      .reference(on: nearlyRight, to: .training),
      .reference(on: noEpoch, to: .everything),
    ]
  }
}

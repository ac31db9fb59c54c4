package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum BatchNormSuite: Suite {
  package typealias Paper = BatchNormExam

  package static let kata = Kata(
    Paper.self, title: "batch normalization, forward and backward",
    track: .layers,
    minutes: 25)

  /// Far from 0 a variance as E[x²] − μ² loses its digits in an order of its own; that it does is what
  /// counts.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    guard script == .farFromZero, answer.count == 2 else {
      let isTiny = fixture.settings.epsilon < 1e-15
      return answer.map { Block($0, acceptance: .near(absolute: isTiny ? 0 : 1e-9)) }
    }
    let (moved, still) = (answer[0].value, answer[1].value)
    let isSame =
      !moved.isEmpty && moved.shape == still.shape && abs(moved - still).max() <= 1e-4
    return [Block("Y of a batch far from 0 differs", isSame ? 0 : 1)]
  }

  private static let outputs = ["Y₁", "Y₂", "Y₃"]

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let rows = fixture.batches.last?.rows ?? 1
    return [Quantity(rows, "the batch has \(rows) rows")]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: thereAndBack, to: .everything),
      .reference("training", on: forward, to: .everything) { outputs.contains($0.name) },
      .reference("running statistics", on: forward, to: .everything) {
        $0.name.contains("after Y")
      },
      .reference("evaluation", on: forward, to: .everything) { $0.name.hasSuffix("evaluation") },
      .reference(on: fresh, to: .everything),
      .reference(on: uneven, to: .everything),
      .reference(on: constant, to: .everything) {
        outputs.contains($0.name) || $0.name.hasPrefix("d")
      },
      .property(
        "far from zero", on: far, to: .farFromZero,
        holds: "ten million away the output is the same"
      ) { answered in
        let blocks = answered.parts.map {
          Block(
            "Y far from 0", $0.value, acceptance: .near(relative: 1e-5, absolute: 1e-5))
        }
        return (Array(blocks.prefix(1)), Array(blocks.dropFirst()))
      },
      .reference("backward: dβ and dγ", on: there, to: .everything) {
        ["dβ", "dγ"].contains($0.name)
      },
      .reference("backward: dX", on: there, to: .everything) { $0.name.hasPrefix("dX") },
      .derivative(
        "numerical gradient", on: there, to: .everything, of: "Σ upstream ⊙ Y",
        derivatives: derivatives
      ).aside,
      .reference("after evaluation", on: thereAndBack, to: .everything) {
        $0.name.hasPrefix("d")
      },
      .inDoublePrecision(on: thereAndBack, to: .everything),
      .reference(on: oneFeature, to: .everything),
      .reference(on: alike, to: .everything),
      .reference(on: tinyParameters, to: .everything),
      .reference(on: hugeParameters, to: .everything),
      .reference(on: tinyUpstream, to: .everything),
      .reference(on: hugeUpstream, to: .everything),
      .reference(on: tinyBatches, to: .everything),
      .reference(on: hugeBatches, to: .everything),
      .reference(on: outlier, to: .everything),
      .reference(on: many, to: .everything),
      .reference(on: quiet, to: .everything),
      .reference(on: momentary, to: .everything),
      .reference("two rows", on: twoRows, to: .everything) { $0.name.hasPrefix("d") },
      .property(
        "upstream of ones", on: there, to: .backOfOnes, holds: "moves no input",
        comparing: backOfOnes),
      .property(
        "two layers",
        asking: [Question(on: there, to: .twoLayers), Question(on: there, to: .everything)],
        holds: "keep their states apart"
      ) { answers in
        let together = answers[0].blocks
        let names = Set(together.map(\.name))
        return (together, answers[1].blocks.filter { names.contains($0.name) })
      },
    ]
  }

  // MARK: Checks that ask no reference

  @Sendable private static func derivatives(_ answered: Answered<Self>) -> [Derivative] {
    let (fixture, gradient) = (answered.fixture, answered.parts)
    guard let batch = fixture.batches.last, let upstream = fixture.upstream else { return [] }
    func loss(_ x: Matrix, _ gamma: Matrix, _ beta: Matrix) -> Double {
      let centered = x - x.mean(axis: 0)
      let variance = (centered * centered).mean(axis: 0)
      let y = gamma * centered / sqrt(variance + fixture.settings.epsilon) + beta
      return (upstream * y).sum()
    }
    return [
      Derivative("dβ", gradient.value("dβ"), at: fixture.beta) { loss(batch, fixture.gamma, $0) },
      Derivative("dγ", gradient.value("dγ"), at: fixture.gamma) { loss(batch, $0, fixture.beta) },
      Derivative("dX", gradient.value("dX"), at: batch) { loss($0, fixture.gamma, fixture.beta) },
    ]
  }

  /// A constant added to a column of Y is undone by the mean.
  @Sendable private static func backOfOnes(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    guard let batch = answered.fixture.batches.last else { return ([], []) }
    let still = Acceptance.near(relative: 0, absolute: 1e-9)
    return (
      [Block("dX", answered.parts.value("dX"), acceptance: still)],
      [Block("dX", batch * 0, acceptance: still)]
    )
  }
}

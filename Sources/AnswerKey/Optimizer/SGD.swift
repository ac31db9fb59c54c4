package import Exam
package import Grading
import KataKit
import Numerics

extension SGDExam.Settings: OptimizerSettings {
  package static func draw(using generator: inout FixtureGenerator) -> Self {
    var settings = Self()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    return settings
  }
}

package enum SGDSuite: OptimizerSuite {
  package typealias Paper = SGDExam

  package static let kata = Kata(
    Paper.self, title: "a step for a mini-batch, whole or in parts", track: .optimizer, minutes: 5)

  package static func quantities(of fixture: Fixture) -> [Quantity] {
    let rows = fixture.runs[0].settings.rows
    guard rows.count > 1 else { return [] }
    return [
      Quantity(rows.count, "there are \(rows.count) micro-batches"),
      Quantity(rows.reduce(0, +), "they have \(rows.reduce(0, +)) rows"),
    ]
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves("one step", on: oneStep, holds: "it is −learningRate · g") {
        settings, _, gradient, _ in -settings.learningRate * gradient
      },
      .reference(on: several),
      .reference(on: oneTensor),
      .reference(on: twins),
      .reference(on: everyMagnitude),
      .reference(on: putBack),
      .reference(on: sparse),
      .reference(on: fromZero),
      .reference(on: unequal),
      .reference(on: equal),
      .reference(on: equalEnds),
      .reference(on: single),
      .reference(on: many),
      .property(
        "one micro-batch", on: one, to: .everything, holds: "it is the step of `gradients:`",
        comparing: sideBySide),
      .property(
        "other order", on: otherOrder, to: .everything,
        holds: "the order of the micro-batches makes no difference", comparing: sideBySide),
    ]
  }

  // MARK: Mini-batches in parts

  private static func parts(
    _ steps: Int, _ name: String,
    rows: @escaping @Sendable (inout FixtureGenerator) -> [Int],
    changing change: @escaping @Sendable (inout Fixture) -> Void = { _ in }
  ) -> Case<Fixture> {
    Case(name) { generator in
      var run = Run.draw(steps: steps, using: &generator)
      run.settings.rows = rows(&generator)
      for step in run.gradients.indices {
        run.gradients[step] = run.settings.rows.flatMap { _ in
          Run.gradients(for: run.parameters, using: &generator)
        }
      }
      var fixture = Fixture(runs: [run])
      change(&fixture)
      return fixture
    }
  }

  private static let unequal = parts(3, "micro-batches") { $0.sizes(3) }
  private static let equal = parts(2, "equal parts") { Array(repeating: $0.sizes(1)[0], count: 4) }
  /// The first and the last of them have as many rows, and those between have others.
  private static let equalEnds = parts(1, "first and last alike") {
    let sizes = $0.sizes(3)
    return sizes + [sizes[0]]
  }
  private static let single = parts(2, "parts of one row") { _ in [1, 1, 1] }

  /// As many as a large model takes, of a few rows or of hundreds.
  private static let many = parts(1, "forty parts") { generator in
    (0..<40).map { _ in generator.size(in: 1...300) }
  }

  /// Where nothing hides by how much the step is too long.
  private static let fromZero = parts(1, "parts, from zero") {
    $0.sizes(3)
  } changing: {
    $0.runs[0].parameters = $0.runs[0].parameters.map { $0 * 0 }
  }

  /// The second optimizer is handed the same gradients as they come whole.
  private static let one = parts(2, "one micro-batch") {
    $0.sizes(1)
  } changing: {
    var whole = $0.runs[0]
    whole.settings.rows = []
    $0.runs.append(whole)
  }

  /// The second optimizer is handed the parts as they were before they were reversed.
  private static let otherOrder = parts(3, "other order") {
    $0.sizes(3)
  } changing: {
    var reversed = $0.runs[0]
    let count = reversed.parameters.count
    reversed.settings.rows.reverse()
    reversed.gradients = reversed.gradients.map {
      Array($0.parts(of: count).reversed().joined())
    }
    $0.runs.insert(reversed, at: 0)
  }

  /// What the first of two optimizers does, and the second.
  @Sendable private static func sideBySide(
    _ answered: Answered<Self>
  ) -> (actual: [Block], expected: [Block]) {
    let second = answered.blocks.compactMap { block in
      block.name.hasPrefix(Paper.second)
        ? Block(String(block.name.dropFirst(Paper.second.count)), block.value) : nil
    }
    return (Array(answered.blocks.dropLast(second.count)), second)
  }
}

package import Grading
package import KataKit

package struct SGDSettings: OptimiserSettings {
  package var learningRate = 0.01
  /// The rows of each part that a mini-batch comes in, and their gradients one part after the other;
  /// empty where it comes whole.
  package var rows: [Int] = []

  package init() {}

  package static func draw(using generator: inout SeededGenerator) -> SGDSettings {
    var settings = SGDSettings()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    return settings
  }
}

package enum SGDSuite: OptimiserSuite {
  package typealias Settings = SGDSettings

  package static let kata = Kata(
    "sgd", type: "SGD", requirement: "SGDKata",
    title: "a step for a mini-batch, whole or in parts", track: .optimiser, minutes: 5)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any SGDKata.Type else { return nil }
    return { settings in
      let whole = type.init(learningRate: settings.learningRate)
      return settings.rows.isEmpty ? whole : InParts(optimiser: whole, rows: settings.rows)
    }
  }

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
      .reference(on: putBack),
      .reference(on: sparse),
      .reference(on: fromZero),
      .reference(on: unequal),
      .reference(on: equal),
      .reference(on: single),
      .property(
        "one micro-batch", on: one, holds: "it is the step of `gradients:`",
        comparing: { (answer(of: $0, to: $1), answer(of: $0, to: $1.whole)) }),
      .property(
        "other order", on: unequal, holds: "the order of the micro-batches is all one",
        comparing: { (answer(of: $0, to: $1.reversed), answer(of: $0, to: $1)) }),
      .repeatable(on: unequal),
    ]
  }

  // MARK: Mini-batches in parts

  private static func parts(
    _ steps: Int, _ name: String,
    rows: @escaping @Sendable (inout SeededGenerator) -> [Int]
  ) -> Case<Fixture> {
    Self.steps(steps, name) { run, generator in
      run.settings.rows = rows(&generator)
      for step in run.gradients.indices {
        run.gradients[step] = run.settings.rows.flatMap { _ in
          gradients(for: run.parameters, using: &generator)
        }
      }
    }
  }

  private static let unequal = parts(3, "micro-batches") { $0.sizes(3) }
  private static let equal = parts(2, "equal parts") { Array(repeating: $0.sizes(1)[0], count: 4) }
  private static let single = parts(2, "parts of one row") { _ in [1, 1, 1] }
  private static let one = parts(2, "one micro-batch") { $0.sizes(1) }

  /// Where nothing hides by how much the step is too long.
  private static let fromZero = Case<Fixture>("parts, from zero") { generator in
    var fixture = parts(1, "") { $0.sizes(3) }.fixture(seed: generator.next())
    fixture.runs[0].parameters = fixture.runs[0].parameters.map { $0 * 0 }
    return fixture
  }
}

extension OptimiserFixture<SGDSettings> {
  /// The same gradients, one part each, handed in as they come whole.
  fileprivate var whole: Self {
    var fixture = self
    fixture.runs[0].settings.rows = []
    return fixture
  }

  fileprivate var reversed: Self {
    var fixture = self
    let count = runs[0].parameters.count
    fixture.runs[0].settings.rows.reverse()
    fixture.runs[0].gradients = runs[0].gradients.map {
      Array($0.parts(of: count).reversed().joined())
    }
    return fixture
  }
}

extension [Matrix] {
  /// The gradients of each part of a mini-batch.
  func parts(of count: Int) -> [[Matrix]] {
    stride(from: 0, to: self.count, by: Swift.max(1, count)).map {
      Array(self[$0..<Swift.min($0 + count, self.count)])
    }
  }
}

/// An attempt that is handed every mini-batch in parts.
private struct InParts: Optimiser {
  var optimiser: any SGDKata
  let rows: [Int]

  mutating func step(_ parameters: inout [Matrix], gradients: [Matrix]) {
    optimiser.step(&parameters, microBatches: gradients.parts(of: parameters.count), rows: rows)
  }
}

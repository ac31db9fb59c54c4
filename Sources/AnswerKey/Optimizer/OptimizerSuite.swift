package import Exam
package import Grading
import KataKit

/// The suite of a kata whose type moves parameters step by step.
package protocol OptimizerSuite: Suite
where Paper: OptimizerExam, Paper.Settings: OptimizerSettings {}

/// The numbers that an optimizer is made with.
package protocol OptimizerSettings: Codable, Sendable {
  /// What frameworks take where nothing is said.
  init()

  /// Settings far from the defaults and from each other.
  static func draw(using generator: inout FixtureGenerator) -> Self

  var learningRate: Double { get set }
}

extension OptimizerSuite {
  package typealias Settings = Paper.Settings
  package typealias Run = OptimizerRun<Settings>

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    answer.map { Block($0, acceptance: script == .anyStep ? .anyNumber : .near()) }
  }
}

extension Check where S: OptimizerSuite {
  static func shapes(on probe: Case<S.Fixture>) -> Self { .shapes(on: probe, to: .everything) }

  static func reference(on probe: Case<S.Fixture>) -> Self {
    .reference(on: probe, to: .everything)
  }
}

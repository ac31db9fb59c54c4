package import Exam
package import Grading
import KataKit
package import Numerics

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

  /// The same with an ε, where there is one, that is far below the smallest gradient.
  var withNegligibleEpsilon: Self { get }

  /// The same with averages or a velocity, where there are any, that live long.
  var enduring: Self { get }
}

extension OptimizerSettings {
  package var withNegligibleEpsilon: Self { self }
  package var enduring: Self { self }
}

extension OptimizerSuite {
  package typealias Settings = Paper.Settings
  package typealias Run = OptimizerRun<Settings>

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    let near: Acceptance = fixture.isOfEveryMagnitude ? .each() : .near()
    return answer.map { Block($0, acceptance: script == .anyStep ? .anyNumber : near) }
  }
}

extension Check where S: OptimizerSuite {
  static func shapes(on probe: Case<S.Fixture>) -> Self { .shapes(on: probe, to: .everything) }

  static func reference(on probe: Case<S.Fixture>) -> Self {
    .reference(on: probe, to: .everything)
  }
}

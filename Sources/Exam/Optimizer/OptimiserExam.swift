package import KataKit

/// The exam of a kata whose type moves parameters step by step.
package protocol OptimiserExam: Exam
where
  Subject == (Settings) -> any Optimiser, Fixture == OptimiserFixture<Settings>,
  Script == OptimiserScript
{
  /// The numbers that an optimiser is made with.
  associatedtype Settings: Codable & Sendable
}

/// Optimisers that take their steps by turns, each with its own parameters.
package struct OptimiserFixture<Settings: Codable & Sendable>: Codable, Sendable {
  package var runs: [OptimiserRun<Settings>]

  package init(runs: [OptimiserRun<Settings>]) { self.runs = runs }
}

package struct OptimiserRun<Settings: Codable & Sendable>: Codable, Sendable {
  package var settings: Settings
  package var parameters: [Matrix]
  /// Step after step, one gradient per parameter matrix.
  package var gradients: [[Matrix]]
  /// Whether every step begins at the same parameters again.
  package var isPutBack = false

  package init(settings: Settings, parameters: [Matrix], gradients: [[Matrix]]) {
    self.settings = settings
    self.parameters = parameters
    self.gradients = gradients
  }
}

package enum OptimiserScript: String, CaseIterable, Sendable {
  case everything
  /// The optimisers one after the other.
  case oneByOne
  /// The same as everything, where any step will do.
  case anyStep
}

extension OptimiserExam {
  /// Every parameter after every step, in order of time, one optimiser after the other.
  package static func answer(
    of subject: Subject, to script: OptimiserScript, on fixture: Fixture
  ) -> [Part] {
    let all: [Course] =
      switch script {
      case .everything, .anyStep: courses(of: subject, on: fixture.runs)
      case .oneByOne: fixture.runs.flatMap { courses(of: subject, on: [$0]) }
      }
    return all.enumerated().flatMap { run, course in
      course.enumerated().flatMap { step, parameters in
        parameters.enumerated().map { k, parameter in
          Part((run == 0 ? "" : second) + name(of: k, after: step), parameter)
        }
      }
    }
  }

  /// What sets the parts of the second of two optimisers apart.
  package static var second: String { "second optimiser, " }

  /// "step 1: θ₁" for the first of both.
  package static func name(
    _ symbol: String = "θ", of parameter: Int, after step: Int
  ) -> String { "step \(step + 1): " + symbol.subscripted(parameter + 1) }

  /// The parameters after each step.
  private typealias Course = [[Matrix]]

  /// A course for each of the runs, which take their steps by turns.
  private static func courses(
    of subject: Subject, on runs: [OptimiserRun<Settings>]
  ) -> [Course] {
    var optimisers = runs.map { subject($0.settings) }
    var parameters = runs.map(\.parameters)
    var courses = runs.map { _ in Course() }
    for step in runs[0].gradients.indices {
      for (r, run) in runs.enumerated() {
        // Nothing more can be asked of parameters that have lost their shapes.
        if parameters[r].map(\.shape) == run.parameters.map(\.shape) {
          if run.isPutBack { parameters[r] = run.parameters }
          optimisers[r].step(&parameters[r], gradients: run.gradients[step])
        }
        courses[r].append(parameters[r])
      }
    }
    return courses
  }
}

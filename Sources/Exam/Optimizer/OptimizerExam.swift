package import KataKit

/// The exam of a kata whose type moves parameters step by step.
package protocol OptimizerExam: Exam
where
  Subject == (Settings) -> any Optimizer, Fixture == OptimizerFixture<Settings>,
  Script == OptimizerScript
{
  /// The numbers that an optimizer is made with.
  associatedtype Settings: Codable & Sendable
}

/// Optimizers that take their steps by turns, each with its own parameters.
package struct OptimizerFixture<Settings: Codable & Sendable>: Codable, Sendable {
  package var runs: [OptimizerRun<Settings>]

  package init(runs: [OptimizerRun<Settings>]) { self.runs = runs }
}

package struct OptimizerRun<Settings: Codable & Sendable>: Codable, Sendable {
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

package enum OptimizerScript: String, CaseIterable, Sendable {
  case everything
  /// The optimizers one after the other.
  case oneByOne
  /// The same as everything, where any step will do.
  case anyStep
}

extension OptimizerExam {
  /// Every parameter after every step, in order of time, one optimizer after the other.
  package static func answer(
    of subject: Subject, to script: OptimizerScript, on fixture: Fixture
  ) -> [Part] {
    switch script {
    case .everything, .anyStep: parts(of: subject, on: fixture.runs).flatMap { $0 }
    case .oneByOne:
      fixture.runs.enumerated().flatMap { place, run in
        parts(of: subject, on: [run], from: place).flatMap { $0 }
      }
    }
  }

  /// What sets the parts of the second of two optimizers apart.
  package static var second: String { "second optimizer, " }

  /// "step 1: θ₁" for the first of both.
  package static func name(
    _ symbol: String = "θ", of parameter: Int, after step: Int
  ) -> String { "step \(step + 1): " + symbol.subscripted(parameter + 1) }

  /// What becomes of each of the runs, which take their steps by turns.
  private static func parts(
    of subject: Subject, on runs: [OptimizerRun<Settings>], from place: Int = 0
  ) -> [[Part]] {
    var optimizers = runs.map { subject($0.settings) }
    var parameters = runs.map { $0.parameters }
    var parts = runs.map { _ in [Part]() }
    for step in runs[0].gradients.indices {
      for r in runs.indices {
        // Nothing more can be asked of parameters that have lost their shapes.
        if haveSameShapes(parameters[r], runs[r].parameters) {
          if runs[r].isPutBack { parameters[r] = runs[r].parameters }
          optimizers[r].step(&parameters[r], gradients: runs[r].gradients[step])
        }
        for k in parameters[r].indices {
          let name = (place + r == 0 ? "" : second) + name(of: k, after: step)
          parts[r].append(Part(name, parameters[r][k]))
        }
      }
    }
    return parts
  }
}

private func haveSameShapes(_ some: [Matrix], _ others: [Matrix]) -> Bool {
  guard some.count == others.count else { return false }
  for k in some.indices where some[k].shape != others[k].shape { return false }
  return true
}

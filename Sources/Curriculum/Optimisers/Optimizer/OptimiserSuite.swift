package import Grading
package import KataKit

/// The suite of a kata whose type moves parameters step by step.
package protocol OptimiserSuite: Suite
where Subject == (Settings) -> any Optimiser, Fixture == OptimiserFixture<Settings> {
  associatedtype Settings: OptimiserSettings
}

/// The numbers that an optimiser is made with.
package protocol OptimiserSettings: Sendable {
  /// What frameworks take where nothing is said.
  init()

  /// Settings far from the defaults and from each other.
  static func draw(using generator: inout SeededGenerator) -> Self

  var learningRate: Double { get set }
}

/// Optimisers that take their steps by turns, each with its own parameters.
package struct OptimiserFixture<Settings: OptimiserSettings>: Sendable {
  var runs: [OptimiserRun<Settings>]
}

package struct OptimiserRun<Settings: OptimiserSettings>: Sendable {
  var settings: Settings
  var parameters: [Matrix]
  /// Step after step, one gradient a parameter matrix.
  var gradients: [[Matrix]]
  /// Whether every step begins at the same parameters again.
  var isPutBack = false
}

extension OptimiserSuite {
  package typealias Run = OptimiserRun<Settings>

  /// Every parameter after every step, in order of time, one optimiser after the other.
  package static func answer(of subject: Subject, to fixture: Fixture) -> [Block] {
    let runs = fixture.runs
    var optimisers = runs.map { subject($0.settings) }
    var parameters = runs.map { $0.parameters }
    var blocks = runs.map { _ in [Block]() }
    for step in runs[0].gradients.indices {
      for r in runs.indices {
        // Nothing more can be asked of parameters that have lost their shapes.
        if haveSameShapes(parameters[r], runs[r].parameters) {
          if runs[r].isPutBack { parameters[r] = runs[r].parameters }
          optimisers[r].step(&parameters[r], gradients: runs[r].gradients[step])
        }
        for k in parameters[r].indices {
          blocks[r].append(Block(prefix(of: r) + name(of: k, after: step), parameters[r][k]))
        }
      }
    }
    return blocks.flatMap { $0 }
  }

  /// What sets the blocks of the second of two optimisers apart.
  static func prefix(of run: Int) -> String { run == 0 ? "" : "second optimiser, " }

  /// "step 1: θ₁" for the first of both.
  static func name(_ symbol: String = "θ", of parameter: Int, after step: Int) -> String {
    "step \(step + 1): " + Numbers.subscripted(symbol, parameter + 1)
  }

  private static func haveSameShapes(_ some: [Matrix], _ others: [Matrix]) -> Bool {
    guard some.count == others.count else { return false }
    for k in some.indices where some[k].shape != others[k].shape { return false }
    return true
  }
}

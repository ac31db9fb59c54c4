package import Exam
package import Grading
import KataKit

extension MomentumExam.Settings: OptimizerSettings {
  package static func draw(using generator: inout FixtureGenerator) -> Self {
    var settings = Self()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    settings.momentum = 0.6 + 0.1 * generator.uniform()
    return settings
  }

  package var enduring: Self {
    var settings = self
    settings.momentum = 0.98
    return settings
  }
}

package enum MomentumSuite: OptimizerSuite {
  package typealias Paper = MomentumExam

  package static let kata = Kata(
    Paper.self, title: "gradient descent that keeps its velocity", track: .optimizer, minutes: 5)

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves("first step", on: oneStep, holds: "the first step is −learningRate · g") {
        settings, _, gradient, _ in -settings.learningRate * gradient
      },
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: everyMagnitude),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: none),
      moves(
        "constant gradient", on: constant,
        holds: "the steps grow to 1/(1 − μ) times the first", by: geometric),
      .reference(on: sparse),
    ]
  }

  /// Without momentum, plain gradient descent.
  private static let none = steps(3, "momentum of 0") { run, _ in run.settings.momentum = 0 }

  /// v = (1 + μ + … + μᵗ⁻¹)·g.
  @Sendable private static func geometric(
    _ settings: Settings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    let mu = settings.momentum
    return -settings.learningRate * (1 - pow(mu, Double(step))) / (1 - mu) * gradient
  }
}

package import Exam
package import Grading
import KataKit

extension RMSPropExam.Settings: AdaptiveSettings {
  package static func draw(using generator: inout FixtureGenerator) -> Self {
    var settings = Self()
    settings.learningRate = 0.1 + 0.1 * generator.uniform()
    settings.rho = 0.65 + 0.1 * generator.uniform()
    return settings
  }

  package var enduring: Self {
    var settings = self
    settings.rho = 0.999
    return settings
  }

  package var forgetful: Self {
    var settings = self
    settings.rho = 0
    return settings
  }

  package var sluggish: Self {
    var settings = self
    settings.rho = 0.9999
    return settings
  }

  package var firstWeight: Double { 1 - rho }
  package var firstCorrection: Double { 1 }
}

package enum RMSPropSuite: OptimizerSuite {
  package typealias Paper = RMSPropExam

  package static let kata = Kata(
    Paper.self, title: "steps divided by the root of a moving average", track: .optimizer,
    minutes: 8)

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves(
        "first step", on: oneStep, holds: "it is −learningRate · sign(g) / √(1 − ρ)", by: signed),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: suddenGradient),
      .reference(on: everyMagnitude),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: forgetful),
      moves(
        "constant gradient", on: constant, holds: "the steps shrink toward the learning rate",
        by: signed),
      .reference(on: largeEpsilon),
      .reference(on: sparse),
      tinyGradients,
    ]
  }

  private static let forgetful = steps(3, "rho of 0") { run, _ in run.settings.rho = 0 }

  /// Where the gradient stays the same v = (1 − ρᵗ)·g².
  @Sendable private static func signed(
    _ settings: Settings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    let length = settings.learningRate / (1 - pow(settings.rho, Double(step))).squareRoot()
    return gradient.map { $0 < 0 ? length : -length }
  }
}

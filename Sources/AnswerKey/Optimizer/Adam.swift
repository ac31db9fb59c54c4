package import Exam
package import Grading
import KataKit

/// The four numbers that Adam is made with.
extension AdamExam.Settings: AdaptiveSettings {
  package static func draw(using generator: inout FixtureGenerator) -> Self {
    var settings = Self()
    settings.learningRate = 0.1 + 0.2 * generator.uniform()
    settings.beta1 = 0.55 + 0.1 * generator.uniform()
    settings.beta2 = 0.8 + 0.1 * generator.uniform()
    return settings
  }

  package var enduring: Self {
    var settings = self
    (settings.beta1, settings.beta2) = (0.98, 0.999)
    return settings
  }

  /// β₁, too, so that ε shows alike even where the two are swapped.
  package var forgetful: Self {
    var settings = self
    (settings.beta1, settings.beta2) = (0, 0)
    return settings
  }

  package var sluggish: Self {
    var settings = self
    (settings.beta1, settings.beta2) = (0.05, 0.99999)
    return settings
  }

  package var firstWeight: Double { 1 }
  package var firstCorrection: Double { 1 - beta2 }
}

package enum AdamSuite: OptimizerSuite {
  package typealias Paper = AdamExam

  package static let kata = Kata(
    Paper.self, title: "the Adam optimizer, its state and its step", track: .optimizer, minutes: 15)

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves(
        "first step", on: oneStep, holds: "every entry moves by −learningRate · sign(g)",
        by: signed),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: suddenGradient),
      .reference(on: everyMagnitude),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: forgetful),
      moves(
        "constant gradient", on: constant, holds: "every step is as long as the first",
        by: signed),
      .reference(on: largeEpsilon),
      .reference(on: sparse),
      tinyGradients,
    ]
  }

  /// A second moment that remembers nothing but the last gradient.
  private static let forgetful = steps(3, "beta2 of 0") { run, _ in run.settings.beta2 = 0 }

  /// Where the gradient stays the same, and so in the first step, m̂ = g and v̂ = g².
  @Sendable private static func signed(
    _ settings: Settings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    gradient.map { $0 < 0 ? settings.learningRate : -settings.learningRate }
  }
}

package import Exam
package import Grading
import KataKit

extension AdamWExam.Settings: AdaptiveSettings {
  package static func draw(using generator: inout FixtureGenerator) -> Self {
    var settings = Self()
    settings.adam = .draw(using: &generator)
    settings.weightDecay = 0.3 + 0.2 * generator.uniform()
    return settings
  }

  package var learningRate: Double {
    get { adam.learningRate }
    set { adam.learningRate = newValue }
  }

  package var epsilon: Double {
    get { adam.epsilon }
    set { adam.epsilon = newValue }
  }

  package var enduring: Self {
    var settings = self
    settings.adam = adam.enduring
    return settings
  }

  package var forgetful: Self {
    var settings = self
    settings.adam = adam.forgetful
    return settings
  }

  package var sluggish: Self {
    var settings = self
    settings.adam = adam.sluggish
    return settings
  }

  package var firstWeight: Double { adam.firstWeight }
  package var firstCorrection: Double { adam.firstCorrection }
}

package enum AdamWSuite: OptimizerSuite {
  package typealias Paper = AdamWExam

  package static let kata = Kata(
    Paper.self, title: "Adam with decoupled weight decay", track: .optimizer, minutes: 15)

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves(
        "first step", on: oneStep, holds: "it is −learningRate · (sign(g) + λ·θ)", by: signed),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: suddenGradient),
      .reference(on: everyMagnitude),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: tinyParameters),
      .reference(on: noDecay),
      .reference(on: strongDecay),
      .reference(on: forgetful),
      moves(
        "constant gradient", on: constant, holds: "every step is −learningRate · (sign(g) + λ·θ)",
        by: signed),
      moves(
        "no gradient", on: noGradient, holds: "θ shrinks by 1 − learningRate · λ at every step"
      ) { settings, _, _, parameter in
        -settings.learningRate * settings.weightDecay * parameter
      },
      .reference(on: largeEpsilon),
      .reference(on: sparse),
      tinyGradients,
    ]
  }

  private static let noDecay = steps(3, "lambda of 0") { run, _ in run.settings.weightDecay = 0 }

  private static let strongDecay = steps(3, "lambda above 1") { run, _ in
    run.settings.weightDecay += 1
  }

  private static let forgetful = steps(3, "beta2 of 0") { run, _ in run.settings.adam.beta2 = 0 }

  private static let noGradient = steps(3, "no gradient") { run, _ in
    run.gradients = run.gradients.map { $0.map { $0 * 0 } }
  }

  /// Where the gradient stays the same, and so in the first step, m̂ = g and v̂ = g².
  @Sendable private static func signed(
    _ settings: Settings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    -settings.learningRate * (gradient.map { $0 < 0 ? -1 : 1 } + settings.weightDecay * parameter)
  }
}

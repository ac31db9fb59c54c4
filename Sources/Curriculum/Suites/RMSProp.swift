package import Grading
package import KataKit

package struct RMSPropSettings: AdaptiveSettings {
  package var learningRate = 0.01
  package var rho = 0.9
  package var epsilon = 1e-8

  package init() {}

  package static func draw(using generator: inout SeededGenerator) -> RMSPropSettings {
    var settings = RMSPropSettings()
    settings.learningRate = 0.1 + 0.1 * generator.uniform()
    settings.rho = 0.65 + 0.1 * generator.uniform()
    return settings
  }

  package var forgetful: RMSPropSettings {
    var settings = self
    settings.rho = 0
    return settings
  }

  package var firstWeight: Double { 1 - rho }
  package var firstCorrection: Double { 1 }
}

package enum RMSPropSuite: OptimiserSuite {
  package typealias Settings = RMSPropSettings

  package static let kata = Kata(
    "rmsprop", type: "RMSProp", requirement: "RMSPropKata",
    title: "steps divided by the root of a moving average", track: .optimiser, minutes: 8)

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any RMSPropKata.Type else { return nil }
    return { type.init(learningRate: $0.learningRate, rho: $0.rho, epsilon: $0.epsilon) }
  }

  package static var checks: [Check<Self>] {
    [
      .shapes(on: two),
      twoAtOnce,
      moves(
        "first step", on: oneStep, holds: "it is −learningRate · sign(g) / √(1 − ρ)", by: signed),
      .reference(on: several),
      .reference(on: defaults),
      .reference(on: oneTensor),
      .reference(on: twins),
      .reference(on: putBack),
      .reference(on: forgetful),
      moves(
        "constant gradient", on: constant, holds: "the steps shrink towards the learning rate",
        by: signed),
      .reference(on: largeEpsilon),
      .reference(on: sparse),
      tinyGradients,
      .repeatable(on: twins),
    ]
  }

  private static let forgetful = steps(3, "rho of 0") { run, _ in run.settings.rho = 0 }

  /// Where the gradient stays the same v = (1 − ρᵗ)·g².
  @Sendable private static func signed(
    _ settings: RMSPropSettings, _ step: Int, _ gradient: Matrix, _ parameter: Matrix
  ) -> Matrix {
    let length = settings.learningRate / (1 - pow(settings.rho, Double(step))).squareRoot()
    return gradient.map { $0 < 0 ? length : -length }
  }
}

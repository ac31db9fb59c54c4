package import KataKit

package enum LeakyReLUExam: Exam {
  package typealias Subject = (_ negativeSlope: Double) -> any LeakyReLUKata

  package struct Fixture: Codable, Sendable {
    package var negativeSlope: Double
    package var input: ActivationFixture

    package init(negativeSlope: Double, input: ActivationFixture) {
      self.negativeSlope = negativeSlope
      self.input = input
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, value, slope, backward, ownSlope, scaledUpstream, afterAnother
    /// Everything, once another one with another slope has been made.
    case twoAtOnce
  }

  package static let name = "leaky-relu"
  package static let type = "LeakyReLU"

  package static func subject(of type: any Any.Type) -> Subject? {
    guard let type = type as? any LeakyReLUKata.Type else { return nil }
    return { type.init(negativeSlope: $0) }
  }

  package static func answer(
    of subject: Subject, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let one = subject(fixture.negativeSlope)
    if script == .twoAtOnce { _ = subject(0.5) }
    return ActivationMethods(value: one.value, slope: one.slope, backward: one.backward)
      .answer(to: ActivationScript(rawValue: script.rawValue) ?? .everything, on: fixture.input)
  }
}

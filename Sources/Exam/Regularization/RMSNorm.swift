package import KataKit

// To write: what is sent, and which calls are made with it. Nothing here may know what is right.
package enum RMSNormExam: Exam {
  package typealias Script = Whole

  package struct Fixture: Codable, Sendable {
    package let inputs: Matrix

    package init(inputs: Matrix) { self.inputs = inputs }
  }

  package static let name = "rms-norm"
  package static let type = "RMSNorm"

  package static func subject(of type: any Any.Type) -> (any RMSNormKata)? {
    (type as? any RMSNormKata.Type)?.init()
  }

  package static func answer(
    of subject: any RMSNormKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    [Part("value", subject.value(of: fixture.inputs), axes: "as inputs")]
  }
}

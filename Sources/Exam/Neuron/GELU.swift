package import KataKit

package enum GELUExam: Exam {
  package static let name = "gelu"
  package static let type = "GELU"

  package static func subject(of type: any Any.Type) -> (any GELUKata)? {
    (type as? any GELUKata.Type)?.init()
  }

  package static func answer(
    of subject: any GELUKata, to script: ActivationScript, on fixture: ActivationFixture
  ) -> [Part] {
    ActivationMethods(value: subject.value, slope: subject.slope).answer(to: script, on: fixture)
  }
}

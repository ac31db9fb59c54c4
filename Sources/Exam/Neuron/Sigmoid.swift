package import KataKit

package enum SigmoidExam: Exam {
  package static let name = "sigmoid"
  package static let type = "Sigmoid"

  package static func subject(of type: any Any.Type) -> (any SigmoidKata)? {
    (type as? any SigmoidKata.Type)?.init()
  }

  package static func answer(
    of subject: any SigmoidKata, to script: ActivationScript, on fixture: ActivationFixture
  ) -> [Part] {
    ActivationMethods(value: subject.value, slope: subject.slope).answer(to: script, on: fixture)
  }
}

package import KataKit

package enum ReLUDerivativeExam: Exam {
  package static let name = "relu-derivative"
  package static let type = "ReLUDerivative"

  package static func subject(of type: any Any.Type) -> (any ReLUDerivativeKata)? {
    (type as? any ReLUDerivativeKata.Type)?.init()
  }

  package static func answer(
    of subject: any ReLUDerivativeKata, to script: ActivationScript, on fixture: ActivationFixture
  ) -> [Part] {
    ActivationMethods(value: subject.value, slope: subject.slope, backward: subject.backward)
      .answer(to: script, on: fixture)
  }
}

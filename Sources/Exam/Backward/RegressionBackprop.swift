package import KataKit

package enum RegressionBackpropExam: Exam {
  package typealias Script = GradientScript

  package static let name = "regression-backprop"
  package static let type = "RegressionBackprop"

  package static func subject(of type: any Any.Type) -> (any RegressionBackpropKata)? {
    (type as? any RegressionBackpropKata.Type)?.init()
  }

  package static func answer(
    of subject: any RegressionBackpropKata, to script: Script, on fixture: NetworkFixture
  ) -> [Part] {
    switch script {
    case .everything:
      subject.gradients(
        of: fixture.layers, inputs: fixture.inputs, targets: fixture.targets
      ).parts
    case .doubled:
      answer(of: subject, to: .everything, on: fixture.gathered(fixture.rowsTwice))
    }
  }
}

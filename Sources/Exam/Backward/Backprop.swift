package import KataKit

package enum BackpropExam: Exam {
  package typealias Script = GradientScript

  package static let name = "backprop"
  package static let type = "Backprop"

  package static func subject(of type: any Any.Type) -> (any BackpropKata)? {
    (type as? any BackpropKata.Type)?.init()
  }

  package static func answer(
    of subject: any BackpropKata, to script: Script, on fixture: NetworkFixture
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

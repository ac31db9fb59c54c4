package import KataKit

package enum TanhDerivativeExam: Exam {
  package static let name = "tanh-derivative"
  package static let type = "TanhDerivative"

  package static func subject(of type: any Any.Type) -> (any TanhDerivativeKata)? {
    (type as? any TanhDerivativeKata.Type)?.init()
  }

  /// The step back is handed what the forward pass kept: KataKit's own tanh(Z).
  package static func answer(
    of subject: any TanhDerivativeKata, to script: ActivationScript, on fixture: ActivationFixture
  ) -> [Part] {
    ActivationMethods(
      value: subject.value, slope: subject.slope,
      backward: { subject.backward(upstream: $0, activation: tanh($1)) },
      stepAxes: "as activation"
    ).answer(to: script, on: fixture)
  }
}

package import KataKit

package enum TwoLayerBackpropExam: Exam {
  package typealias Script = GradientScript

  package static let name = "two-layer-backprop"
  package static let type = "TwoLayerBackprop"

  package static func subject(of type: any Any.Type) -> (any TwoLayerBackpropKata)? {
    (type as? any TwoLayerBackpropKata.Type)?.init()
  }

  /// From the output back to the inputs, as backpropagation computes them.
  package static func answer(
    of subject: any TwoLayerBackpropKata, to script: Script, on fixture: NetworkFixture
  ) -> [Part] {
    switch script {
    case .everything:
      let gradients = subject.gradients(
        hidden: fixture.layers[0], output: fixture.layers[1], inputs: fixture.inputs,
        targets: fixture.targets)
      return [
        Part("dW₂", gradients.output.weights, axes: "units × 1"),
        Part("db₂", gradients.output.biases, axes: "1 × 1"),
        Part("dW₁", gradients.hidden.weights, axes: "inputs × units"),
        Part("db₁", gradients.hidden.biases, axes: "1 × units"),
      ]
    case .doubled:
      return answer(of: subject, to: .everything, on: fixture.gathered(fixture.rowsTwice))
    }
  }
}

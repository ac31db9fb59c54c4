package import KataKit

package enum ResidualBlockExam: Exam {
  package struct Fixture: Codable, Sendable {
    package var hidden: DenseLayer
    package var output: DenseLayer
    package var inputs: Matrix
    package var upstream: Matrix

    package init(hidden: DenseLayer, output: DenseLayer, inputs: Matrix, upstream: Matrix) {
      self.hidden = hidden
      self.output = output
      self.inputs = inputs
      self.upstream = upstream
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, forward, backward
    /// The gradients of −3 times the upstream gradient.
    case scaled
  }

  package static let name = "residual-block"
  package static let type = "ResidualBlock"

  package static func subject(of type: any Any.Type) -> (any ResidualBlockKata)? {
    (type as? any ResidualBlockKata.Type)?.init()
  }

  package static func answer(
    of subject: any ResidualBlockKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func forward() -> [Part] {
      let y = subject.forward(fixture.inputs, hidden: fixture.hidden, output: fixture.output)
      return [Part("Y", y, axes: "as X")]
    }
    /// From the output back to the inputs.
    func backward(_ upstream: Matrix) -> [Part] {
      let gradients = subject.backward(
        upstream: upstream, inputs: fixture.inputs, hidden: fixture.hidden,
        output: fixture.output)
      return [
        Part("dW₂", gradients.output.weights, axes: "as W₂"),
        Part("db₂", gradients.output.biases, axes: "as b₂"),
        Part("dW₁", gradients.hidden.weights, axes: "as W₁"),
        Part("db₁", gradients.hidden.biases, axes: "as b₁"),
        Part("dX", gradients.inputs, axes: "as X"),
      ]
    }
    switch script {
    case .everything: return forward() + backward(fixture.upstream)
    case .forward: return forward()
    case .backward: return backward(fixture.upstream)
    case .scaled: return backward(-3 * fixture.upstream)
    }
  }
}

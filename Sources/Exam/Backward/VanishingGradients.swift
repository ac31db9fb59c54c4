package import KataKit

package enum VanishingGradientsExam: Exam {
  /// A deep network with a batch, and what comes back to its last activation.
  package struct Fixture: Codable, Sendable {
    package var layers: [DenseLayer]
    private var isReLU: Bool
    package var inputs: Matrix
    package var upstream: Matrix

    package init(
      layers: [DenseLayer], activation: LayerActivation, inputs: Matrix, upstream: Matrix
    ) {
      self.layers = layers
      isReLU = activation == .relu
      self.inputs = inputs
      self.upstream = upstream
    }

    package var activation: LayerActivation { isReLU ? .relu : .sigmoid }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything
    /// Everything, with −3 times the upstream gradient.
    case scaled
    /// The norms with either activation, whatever the fixture's own.
    case bothActivations
  }

  package static let name = "vanishing-gradients"
  package static let type = "VanishingGradients"

  package static func subject(of type: any Any.Type) -> (any VanishingGradientsKata)? {
    (type as? any VanishingGradientsKata.Type)?.init()
  }

  package static func answer(
    of subject: any VanishingGradientsKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    func norms(_ activation: LayerActivation, upstream: Matrix) -> [Double] {
      subject.gradientNorms(
        of: fixture.layers, activation: activation, inputs: fixture.inputs, upstream: upstream)
    }
    switch script {
    case .everything: return parts(norms(fixture.activation, upstream: fixture.upstream))
    case .scaled: return parts(norms(fixture.activation, upstream: -3 * fixture.upstream))
    case .bothActivations:
      return [
        Part("sigmoid", norms(.sigmoid, upstream: fixture.upstream)),
        Part("ReLU", norms(.relu, upstream: fixture.upstream)),
      ]
    }
  }

  /// From the last layer back to the first, as backpropagation computes them.
  private static func parts(_ norms: [Double]) -> [Part] {
    norms.enumerated().reversed().map { Part("norm of dW".subscripted($0 + 1), $1) }
  }
}

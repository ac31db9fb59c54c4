package import KataKit

package enum L2RegularizationExam: Exam {
  /// Layers, what backpropagation made of them, and λ.
  package struct Fixture: Codable, Sendable {
    package var layers: [DenseLayer]
    package var gradients: [DenseGradient]
    package var lambda: Double

    package init(layers: [DenseLayer], gradients: [DenseGradient], lambda: Double) {
      self.layers = layers
      self.gradients = gradients
      self.lambda = lambda
    }
  }

  package enum Script: String, CaseIterable, Sendable {
    case everything, penalty, gradients
    /// The gradients, and the attempt's own penalty around the weights of every layer.
    case ownPenalty
    /// Everything, with biases ten times as large.
    case largerBiases
  }

  package static let name = "l2-regularization"
  package static let type = "L2Regularization"

  package static func subject(of type: any Any.Type) -> (any L2RegularizationKata)? {
    (type as? any L2RegularizationKata.Type)?.init()
  }

  package static func answer(
    of subject: any L2RegularizationKata, to script: Script, on fixture: Fixture
  ) -> [Part] {
    let (layers, lambda) = (fixture.layers, fixture.lambda)
    func penalty(_ layers: [DenseLayer]) -> Part {
      Part("penalty", subject.penalty(of: layers, lambda: lambda))
    }
    func gradients(_ layers: [DenseLayer]) -> [Part] {
      let gradients = subject.regularized(fixture.gradients, of: layers, lambda: lambda)
      return gradients.enumerated().flatMap { index, gradient in
        [
          Part("dW".subscripted(index + 1), gradient.weights, axes: "inputs × outputs"),
          Part("db".subscripted(index + 1), gradient.biases, axes: "1 × outputs"),
        ]
      }
    }
    switch script {
    case .everything: return gradients(layers) + [penalty(layers)]
    case .penalty: return [penalty(layers)]
    case .gradients: return gradients(layers)
    case .ownPenalty:
      return gradients(layers)
        + layers.indices.map { index in
          let values = Slopes.values(
            of: { weights in
              var moved = layers
              moved[index].weights = weights
              return subject.penalty(of: moved, lambda: lambda)
            }, around: layers[index].weights)
          return Part("penalties around W".subscripted(index + 1), values)
        }
    case .largerBiases:
      let moved = layers.map { DenseLayer(weights: $0.weights, biases: 10 * $0.biases) }
      return gradients(moved) + [penalty(moved)]
    }
  }
}

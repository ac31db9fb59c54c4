package import KataKit

package enum AdamExam: OptimizerExam {
  package struct Settings: Codable, Sendable {
    package var learningRate = 0.001
    package var beta1 = 0.9
    package var beta2 = 0.999
    package var epsilon = 1e-8

    package init() {}
  }

  package static let name = "adam"
  package static let type = "Adam"

  package static func subject(of type: any Any.Type) -> ((Settings) -> any Optimizer)? {
    guard let type = type as? any AdamKata.Type else { return nil }
    return {
      type.init(
        learningRate: $0.learningRate, beta1: $0.beta1, beta2: $0.beta2, epsilon: $0.epsilon)
    }
  }
}

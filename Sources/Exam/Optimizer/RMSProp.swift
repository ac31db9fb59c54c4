package import KataKit

package enum RMSPropExam: OptimizerExam {
  package struct Settings: Codable, Sendable {
    package var learningRate = 0.01
    package var rho = 0.9
    package var epsilon = 1e-8

    package init() {}
  }

  package static let name = "rmsprop"
  package static let type = "RMSProp"

  package static func subject(of type: any Any.Type) -> ((Settings) -> any Optimizer)? {
    guard let type = type as? any RMSPropKata.Type else { return nil }
    return { type.init(learningRate: $0.learningRate, rho: $0.rho, epsilon: $0.epsilon) }
  }
}

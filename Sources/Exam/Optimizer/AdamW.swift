package import KataKit

package enum AdamWExam: OptimizerExam {
  package struct Settings: Codable, Sendable {
    package var adam = AdamExam.Settings()
    package var weightDecay = 0.01

    package init() {}
  }

  package static let name = "adamw"
  package static let type = "AdamW"

  package static func subject(of type: any Any.Type) -> ((Settings) -> any Optimizer)? {
    guard let type = type as? any AdamWKata.Type else { return nil }
    return {
      type.init(
        learningRate: $0.adam.learningRate, beta1: $0.adam.beta1, beta2: $0.adam.beta2,
        epsilon: $0.adam.epsilon, weightDecay: $0.weightDecay)
    }
  }
}

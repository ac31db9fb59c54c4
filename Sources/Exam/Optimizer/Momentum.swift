package import KataKit

package enum MomentumExam: OptimizerExam {
  package struct Settings: Codable, Sendable {
    package var learningRate = 0.01
    package var momentum = 0.9

    package init() {}
  }

  package static let name = "momentum"
  package static let type = "Momentum"

  package static func subject(of type: any Any.Type) -> ((Settings) -> any Optimizer)? {
    guard let type = type as? any MomentumKata.Type else { return nil }
    return { type.init(learningRate: $0.learningRate, momentum: $0.momentum) }
  }
}

/// Every kata's exam, in the order of the catalogue.
package enum Exams {
  package static let all: [any Exam.Type] = [
    ReLUDerivativeExam.self,
    ForwardPassExam.self,
    TwoLayerBackpropExam.self,
    RegressionBackpropExam.self,
    BackpropExam.self,
    VanishingGradientsExam.self,
    DropoutExam.self,
    ResidualBlockExam.self,
  ]

  package static func exam(named name: String) -> (any Exam.Type)? {
    all.first { $0.name == name }
  }
}

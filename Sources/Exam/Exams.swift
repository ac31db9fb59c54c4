/// Every kata's exam, in the order of the catalogue.
package enum Exams {
  package static let all: [any Exam.Type] = [
    NeuronExam.self,
    PerceptronExam.self,
    SigmoidExam.self,
    TanhDerivativeExam.self,
    ReLUDerivativeExam.self,
    LeakyReLUExam.self,
    GELUExam.self,
    SwiGLUExam.self,
    DropoutExam.self,
    RMSNormExam.self,
  ]

  package static func exam(named name: String) -> (any Exam.Type)? {
    all.first { $0.name == name }
  }
}

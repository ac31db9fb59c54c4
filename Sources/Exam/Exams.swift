/// Every kata's exam, in the order of the catalogue.
package enum Exams {
  package static let all: [any Exam.Type] = [
    ReLUDerivativeExam.self,
    GradientCheckExam.self,
    TrainingLoopExam.self,
    DropoutExam.self,
    MLPExam.self,
  ]

  package static func exam(named name: String) -> (any Exam.Type)? {
    all.first { $0.name == name }
  }
}

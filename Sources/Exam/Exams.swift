/// Every kata's exam, in the order of the catalogue.
package enum Exams {
  package static let all: [any Exam.Type] = [
    ReLUDerivativeExam.self,
    XavierInitExam.self,
    HeInitExam.self,
    SymmetryBreakingExam.self,
    MiniBatchesExam.self,
    DropoutExam.self,
  ]

  package static func exam(named name: String) -> (any Exam.Type)? {
    all.first { $0.name == name }
  }
}

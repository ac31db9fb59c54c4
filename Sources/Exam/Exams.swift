/// Every kata's exam, in the order of the catalogue.
package enum Exams {
  package static let all: [any Exam.Type] = [
    ReLUDerivativeExam.self,
    GradientDescentExam.self,
    LearningRateScheduleExam.self,
    LearningRateFinderExam.self,
    EarlyStoppingExam.self,
    DropoutExam.self,
  ]

  package static func exam(named name: String) -> (any Exam.Type)? {
    all.first { $0.name == name }
  }
}

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
    OneHotExam.self,
    SoftmaxExam.self,
    MeanSquaredErrorExam.self,
    BinaryCrossEntropyExam.self,
    SoftmaxCrossEntropyExam.self,
    GradientCheckExam.self,
    GradientDescentExam.self,
    SGDExam.self,
    MomentumExam.self,
    RMSPropExam.self,
    AdamExam.self,
    AdamWExam.self,
    L2RegularizationExam.self,
    GradientClippingExam.self,
    LearningRateScheduleExam.self,
    LearningRateFinderExam.self,
    TrainingLoopExam.self,
    EarlyStoppingExam.self,
    DropoutExam.self,
    BatchNormExam.self,
    LayerNormExam.self,
    RMSNormExam.self,
    MLPExam.self,
  ]

  package static func exam(named name: String) -> (any Exam.Type)? {
    all.first { $0.name == name }
  }
}

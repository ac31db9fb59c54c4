package import Grading

extension Catalogue {
  /// Every kata, in an order in which each needs only what came before.
  package static let curriculum = Catalogue([
    NeuronSuite.self,
    PerceptronSuite.self,
    SigmoidSuite.self,
    TanhDerivativeSuite.self,
    ReLUDerivativeSuite.self,
    LeakyReLUSuite.self,
    GELUSuite.self,
    SwiGLUSuite.self,
    OneHotSuite.self,
    SoftmaxSuite.self,
    MeanSquaredErrorSuite.self,
    BinaryCrossEntropySuite.self,
    SoftmaxCrossEntropySuite.self,
    GradientCheckSuite.self,
    GradientDescentSuite.self,
    SGDSuite.self,
    MomentumSuite.self,
    RMSPropSuite.self,
    AdamSuite.self,
    AdamWSuite.self,
    L2RegularizationSuite.self,
    GradientClippingSuite.self,
    LearningRateScheduleSuite.self,
    LearningRateFinderSuite.self,
    TrainingLoopSuite.self,
    EarlyStoppingSuite.self,
    DropoutSuite.self,
    BatchNormSuite.self,
    LayerNormSuite.self,
    RMSNormSuite.self,
    MLPSuite.self,
  ])
}

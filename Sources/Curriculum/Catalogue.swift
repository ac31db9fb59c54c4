package import Grading

/// Every kata, in an order in which each needs only what came before.
package enum Catalogue {
  package static let suites: [any Suite.Type] = [
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
    ForwardPassSuite.self,
    TwoLayerBackpropSuite.self,
    RegressionBackpropSuite.self,
    BackpropSuite.self,
    GradientCheckSuite.self,
    VanishingGradientsSuite.self,
    XavierInitSuite.self,
    HeInitSuite.self,
    SymmetryBreakingSuite.self,
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
    MiniBatchesSuite.self,
    TrainingLoopSuite.self,
    EarlyStoppingSuite.self,
    DropoutSuite.self,
    BatchNormSuite.self,
    LayerNormSuite.self,
    ResidualBlockSuite.self,
    MLPSuite.self,
  ]

  package static var katas: [Kata] { suites.map { $0.kata } }

  package static func suite(named name: String) -> (any Suite.Type)? {
    suites.first { $0.kata.name == name }
  }
}

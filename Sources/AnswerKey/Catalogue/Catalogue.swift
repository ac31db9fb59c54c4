import BackwardAnswers
import CapstoneAnswers
package import Grading
import InitializationAnswers
import LayersAnswers
import LossAnswers
import NeuronAnswers
import OptimizerAnswers
import RegularizationAnswers
import TrainingAnswers

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
    GradientClippingSuite.self,
    LearningRateScheduleSuite.self,
    LearningRateFinderSuite.self,
    MiniBatchesSuite.self,
    TrainingLoopSuite.self,
    EarlyStoppingSuite.self,
    L2RegularizationSuite.self,
    DropoutSuite.self,
    BatchNormSuite.self,
    LayerNormSuite.self,
    RMSNormSuite.self,
    ResidualBlockSuite.self,
    MLPSuite.self,
  ])
}

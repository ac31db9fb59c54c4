package import Grading

extension Catalogue {
  /// Every kata, in an order in which each needs only what came before.
  package static let curriculum = Catalogue([
    ReLUDerivativeSuite.self,
    OneHotSuite.self,
    SoftmaxSuite.self,
    MeanSquaredErrorSuite.self,
    BinaryCrossEntropySuite.self,
    SoftmaxCrossEntropySuite.self,
    DropoutSuite.self,
    BatchNormSuite.self,
    LayerNormSuite.self,
  ])
}

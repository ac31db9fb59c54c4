package import Grading

extension Catalogue {
  /// Every kata, in an order in which each needs only what came before.
  package static let curriculum = Catalogue([
    ReLUDerivativeSuite.self,
    ForwardPassSuite.self,
    TwoLayerBackpropSuite.self,
    RegressionBackpropSuite.self,
    BackpropSuite.self,
    VanishingGradientsSuite.self,
    DropoutSuite.self,
    ResidualBlockSuite.self,
  ])
}

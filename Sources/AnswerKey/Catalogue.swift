package import Grading

extension Catalogue {
  /// Every kata, in an order in which each needs only what came before.
  package static let curriculum = Catalogue([
    ReLUDerivativeSuite.self,
    SGDSuite.self,
    MomentumSuite.self,
    RMSPropSuite.self,
    AdamSuite.self,
    AdamWSuite.self,
    L2RegularizationSuite.self,
    GradientClippingSuite.self,
    DropoutSuite.self,
  ])
}

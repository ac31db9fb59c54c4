package import Grading

extension Catalogue {
  /// Every kata, in an order in which each needs only what came before.
  package static let curriculum = Catalogue([
    ReLUDerivativeSuite.self,
    GradientDescentSuite.self,
    LearningRateScheduleSuite.self,
    LearningRateFinderSuite.self,
    EarlyStoppingSuite.self,
    DropoutSuite.self,
  ])
}

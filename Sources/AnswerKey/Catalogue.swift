package import Grading

extension Catalogue {
  /// Every kata, in an order in which each needs only what came before.
  package static let curriculum = Catalogue([
    ReLUDerivativeSuite.self,
    XavierInitSuite.self,
    HeInitSuite.self,
    SymmetryBreakingSuite.self,
    MiniBatchesSuite.self,
    DropoutSuite.self,
  ])
}

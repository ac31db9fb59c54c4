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
    DropoutSuite.self,
    RMSNormSuite.self,
  ])
}

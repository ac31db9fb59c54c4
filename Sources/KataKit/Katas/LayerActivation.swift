/// What a layer applies to its pre-activation, elementwise.
public enum LayerActivation: CaseIterable, Sendable {
  /// σ(z) = 1/(1 + e^−z).
  case sigmoid
  /// max(0, z).
  case relu
}

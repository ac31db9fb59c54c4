/// How a step moves a parameter θ along its gradient g, at a learning rate η.
public enum UpdateRule: Equatable, Sendable {
  /// θ ← θ − η·g.
  case sgd
  /// v ← μ·v + g, which starts at 0, then θ ← θ − η·v; the number is μ.
  case momentum(Double)
  /// Kingma & Ba 2015, algorithm 1, with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8.
  case adam
}

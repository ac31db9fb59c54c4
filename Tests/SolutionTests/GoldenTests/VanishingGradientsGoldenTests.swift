import BackwardAnswers
import Grading
import KataKit
import Testing

@testable import Solutions

@Test("vanishing-gradients: norms of jax.vjp agree with the reference and the solution")
func vanishingGradientsGoldens() throws {
  for golden in try Golden("vanishing-gradients").cases {
    let activation: LayerActivation = golden.name.hasPrefix("relu") ? .relu : .sigmoid
    for subject in [VanishingGradientsSuite.reference(making: []), VanishingGradients()] {
      let norms = subject.gradientNorms(
        of: try golden.layers(), activation: activation, inputs: try golden.input("X"),
        upstream: try golden.input("U"))
      try golden.expect(Matrix([norms]), is: "norms", by: "\(type(of: subject))")
    }
  }
}

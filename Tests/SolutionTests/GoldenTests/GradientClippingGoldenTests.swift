import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("gradient-clipping: optax agrees with the reference and the solution")
func gradientClippingGoldens() throws {
  for golden in try Golden("gradient-clipping").cases {
    let gradients = try (1...3).prefix { golden.inputs["g\($0)"] != nil }.map {
      try golden.input("g\($0)")
    }
    for subject in [GradientClippingSuite.reference(making: []), GradientClipping()] {
      let clipped = subject.clipped(gradients, toNorm: try golden.input("maximumNorm")[0, 0])
      try #require(clipped.count == gradients.count)
      for (index, matrix) in clipped.enumerated() {
        try golden.expect(matrix, is: "clipped\(index + 1)", by: "\(type(of: subject))")
      }
    }
  }
}

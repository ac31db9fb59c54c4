import BackwardAnswers
import Grading
import KataKit
import Numerics
import Testing

@testable import Solutions

@Test("forward-pass: jax agrees with the reference and the solution")
func forwardPassGoldens() throws {
  for golden in try Golden("forward-pass").cases {
    let layers = try golden.layers()
    for subject in [ForwardPassSuite.reference(making: []), ForwardPass()] {
      let author = "\(type(of: subject))"
      let pass = subject.forward(try golden.input("X"), through: layers)
      try #require(pass.preActivations.count == layers.count)
      try #require(pass.activations.count == layers.count + 1)
      for (index, z) in pass.preActivations.enumerated() {
        try golden.expect(z, is: "Z\(index + 1)", by: author)
      }
      for (index, a) in pass.activations.enumerated() {
        try golden.expect(a, is: "A\(index)", by: author)
      }
    }
  }
}

import BackwardAnswers
import Grading
import KataKit
import Numerics
import Testing

@testable import Solutions

@Test("backprop: jax.grad agrees with the reference and the solution")
func backpropGoldens() throws {
  for golden in try Golden("backprop").cases {
    for subject in [BackpropSuite.reference(making: []), Backprop()] {
      let gradients = subject.gradients(
        of: try golden.layers(), inputs: try golden.input("X"), targets: try golden.input("T"))
      for (index, gradient) in gradients.enumerated() {
        let author = "\(type(of: subject))"
        try golden.expect(gradient.weights, is: "dW\(index + 1)", by: author)
        try golden.expect(gradient.biases, is: "db\(index + 1)", by: author)
      }
    }
  }
}

import BackwardAnswers
import Grading
import KataKit
import Numerics
import Testing

@testable import Solutions

@Test("two-layer-backprop: jax.grad agrees with the reference and the solution")
func twoLayerBackpropGoldens() throws {
  for golden in try Golden("two-layer-backprop").cases {
    let layers = try golden.layers()
    for subject in [TwoLayerBackpropSuite.reference(making: []), TwoLayerBackprop()] {
      let author = "\(type(of: subject))"
      let gradients = subject.gradients(
        hidden: layers[0], output: layers[1], inputs: try golden.input("X"),
        targets: try golden.input("y"))
      try golden.expect(gradients.hidden.weights, is: "dW1", by: author)
      try golden.expect(gradients.hidden.biases, is: "db1", by: author)
      try golden.expect(gradients.output.weights, is: "dW2", by: author)
      try golden.expect(gradients.output.biases, is: "db2", by: author)
    }
  }
}

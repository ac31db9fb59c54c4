import Grading
import KataKit
import LayersAnswers
import Numerics
import Testing

@testable import Solutions

@Test("residual-block: jax.vjp agrees with the reference and the solution")
func residualBlockGoldens() throws {
  for golden in try Golden("residual-block").cases {
    let layers = try golden.layers()
    let inputs = try golden.input("X")
    for subject in [ResidualBlockSuite.reference(making: []), ResidualBlock()] {
      let author = "\(type(of: subject))"
      let y = subject.forward(inputs, hidden: layers[0], output: layers[1])
      let gradients = subject.backward(
        upstream: try golden.input("U"), inputs: inputs, hidden: layers[0], output: layers[1])
      try golden.expect(y, is: "Y", by: author)
      try golden.expect(gradients.inputs, is: "dX", by: author)
      try golden.expect(gradients.hidden.weights, is: "dW1", by: author)
      try golden.expect(gradients.hidden.biases, is: "db1", by: author)
      try golden.expect(gradients.output.weights, is: "dW2", by: author)
      try golden.expect(gradients.output.biases, is: "db2", by: author)
    }
  }
}

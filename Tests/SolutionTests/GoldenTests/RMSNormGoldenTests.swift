import Grading
import KataKit
import LayersAnswers
import Numerics
import Testing

@testable import Solutions

@Test("rms-norm: jax.vjp of jax.nn.standardize agrees with the reference and the solution")
func rmsNormGoldens() throws {
  for golden in try Golden("rms-norm").cases {
    let (inputs, gamma) = (try golden.input("X"), try golden.input("gamma"))
    let epsilon = try golden.input("epsilon")[0, 0]
    for subject in [RMSNormSuite.reference(making: []), RMSNorm()] {
      let author = "\(type(of: subject))"
      try golden.expect(
        subject.forward(inputs, gamma: gamma, epsilon: epsilon), is: "Y", by: author)
      let gradient = subject.backward(
        upstream: try golden.input("U"), inputs: inputs, gamma: gamma, epsilon: epsilon)
      try golden.expect(gradient.inputs, is: "dX", by: author)
      try golden.expect(gradient.gamma, is: "dgamma", by: author)
    }
  }
}

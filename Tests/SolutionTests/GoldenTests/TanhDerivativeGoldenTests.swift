import Grading
import KataKit
import NeuronAnswers
import Testing

@testable import Solutions

@Test("tanh-derivative: jnp.tanh and its jax.vjp agree with the reference and the solution")
func tanhDerivativeGoldens() throws {
  for golden in try Golden("tanh-derivative").cases {
    for subject in [TanhDerivativeSuite.reference(making: []), TanhDerivative()] {
      let author = "\(type(of: subject))"
      let z = try golden.input("Z")
      try golden.expect(subject.value(at: z), is: "A", by: author)
      try golden.expect(subject.slope(at: z), is: "S", by: author)
      let backward = subject.backward(
        upstream: try golden.input("U"), activation: try golden.output("A"))
      try golden.expect(backward, is: "G", by: author)
    }
  }
}

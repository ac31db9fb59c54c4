import Grading
import KataKit
import NeuronAnswers
import Numerics
import Testing

@testable import Solutions

@Test("relu-derivative: jax.vjp of jax.nn.relu agrees with the reference and the solution")
func reluDerivativeGoldens() throws {
  for golden in try Golden("relu-derivative").cases {
    for subject in [ReLUDerivativeSuite.reference(making: []), ReLUDerivative()] {
      let author = "\(type(of: subject))"
      let (z, upstream) = (try golden.input("Z"), try golden.input("U"))
      try golden.expect(subject.value(at: z), is: "A", by: author)
      try golden.expect(subject.slope(at: z), is: "S", by: author)
      try golden.expect(subject.backward(upstream: upstream, z: z), is: "G", by: author)
    }
  }
}

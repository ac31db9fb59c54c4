import Grading
import KataKit
import NeuronAnswers
import Testing

@testable import Solutions

@Test("sigmoid: jax.nn.sigmoid and its jax.vjp agree with the reference and the solution")
func sigmoidGoldens() throws {
  for golden in try Golden("sigmoid").cases {
    for subject in [SigmoidSuite.reference(making: []), Sigmoid()] {
      let author = "\(type(of: subject))"
      let z = try golden.input("Z")
      try golden.expect(subject.value(at: z), is: "A", by: author)
      try golden.expect(subject.slope(at: z), is: "S", by: author)
    }
  }
}

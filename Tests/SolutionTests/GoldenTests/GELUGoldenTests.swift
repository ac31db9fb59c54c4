import Grading
import KataKit
import NeuronAnswers
import Testing

@testable import Solutions

@Test(
  "gelu: jax.nn.gelu(approximate=False) and its jax.vjp agree with the reference and the solution")
func geluGoldens() throws {
  for golden in try Golden("gelu").cases {
    for subject in [GELUSuite.reference(making: []), GELU()] {
      let author = "\(type(of: subject))"
      let z = try golden.input("Z")
      try golden.expect(subject.value(at: z), is: "A", by: author)
      try golden.expect(subject.slope(at: z), is: "S", by: author)
    }
  }
}

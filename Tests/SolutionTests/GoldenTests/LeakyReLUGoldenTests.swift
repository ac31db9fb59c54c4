import Grading
import KataKit
import NeuronAnswers
import Numerics
import Testing

@testable import Solutions

@Test("leaky-relu: jax.vjp of jax.nn.leaky_relu agrees with the reference and the solution")
func leakyReLUGoldens() throws {
  for golden in try Golden("leaky-relu").cases {
    let alpha = try golden.input("negativeSlope")[0, 0]
    for subject in [
      LeakyReLUSuite.reference(making: [])(alpha), LeakyReLU(negativeSlope: alpha),
    ] {
      let author = "\(type(of: subject))"
      let (z, upstream) = (try golden.input("Z"), try golden.input("U"))
      try golden.expect(subject.value(at: z), is: "A", by: author)
      try golden.expect(subject.slope(at: z), is: "S", by: author)
      try golden.expect(subject.backward(upstream: upstream, z: z), is: "G", by: author)
    }
  }
}

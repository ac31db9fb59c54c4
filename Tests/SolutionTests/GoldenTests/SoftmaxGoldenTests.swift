import Grading
import KataKit
import LossAnswers
import Numerics
import Testing

@testable import Solutions

@Test("softmax: jax.vjp of jax.nn.softmax agrees with the reference and the solution")
func softmaxGoldens() throws {
  for golden in try Golden("softmax").cases {
    let (logits, upstream) = (try golden.input("logits"), try golden.input("upstream"))
    for subject in [SoftmaxSuite.reference(making: []), Softmax()] {
      let author = "\(type(of: subject))"
      try golden.expect(subject.value(at: logits), is: "P", by: author)
      try golden.expect(
        subject.backward(upstream: upstream, logits: logits), is: "G", by: author)
    }
  }
}

import Grading
import KataKit
import NeuronAnswers
import Testing

@testable import Solutions

@Test("swiglu: jax.nn.silu and jax.vjp agree with the reference and the solution")
func swiGLUGoldens() throws {
  for golden in try Golden("swiglu").cases {
    for subject in [SwiGLUSuite.reference(making: []), SwiGLU()] {
      let author = "\(type(of: subject))"
      let x = try golden.input("X")
      try golden.expect(subject.silu(x), is: "silu", by: author)
      let (w1, w3) = (try golden.input("W1"), try golden.input("W3"))
      let w2 = try golden.input("W2")
      try golden.expect(
        subject.forward(x, w1: w1, w3: w3, w2: w2), is: "Y", by: author)
      let gradients = subject.backward(
        upstream: try golden.input("upstream"), x: x, w1: w1, w3: w3, w2: w2)
      try golden.expect(gradients.x, is: "dX", by: author)
      try golden.expect(gradients.w1, is: "dW1", by: author)
      try golden.expect(gradients.w3, is: "dW3", by: author)
      try golden.expect(gradients.w2, is: "dW2", by: author)
    }
  }
}

import AnswerKey
import Grading
import KataKit
import Testing

@testable import Solutions

@Test("swiglu: jax.nn.silu agrees with the reference and the solution")
func swiGLUGoldens() throws {
  for golden in try Golden("swiglu").cases {
    for subject in [SwiGLUSuite.reference(making: []), SwiGLU()] {
      let author = "\(type(of: subject))"
      let x = try golden.input("X")
      try golden.expect(subject.silu(x), is: "silu", by: author)
      let output = subject.forward(
        x, w1: try golden.input("W1"), w3: try golden.input("W3"), w2: try golden.input("W2"))
      try golden.expect(output, is: "Y", by: author)
    }
  }
}

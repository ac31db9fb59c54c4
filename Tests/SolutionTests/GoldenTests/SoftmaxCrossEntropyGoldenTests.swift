import Grading
import KataKit
import LossAnswers
import Numerics
import Testing

@testable import Solutions

@Test("softmax-cross-entropy: jax agrees with the reference and the solution")
func softmaxCrossEntropyGoldens() throws {
  for golden in try Golden("softmax-cross-entropy").cases {
    let (logits, targets) = (try golden.input("logits"), try golden.input("targets"))
    for subject in [SoftmaxCrossEntropySuite.reference(making: []), SoftmaxCrossEntropy()] {
      let author = "\(type(of: subject))"
      try golden.expect(
        subject.probabilities(of: logits), is: "probabilities", by: author)
      try golden.expect(
        Matrix(rows: 1, columns: 1, repeating: subject.loss(logits: logits, targets: targets)),
        is: "loss", by: author)
      try golden.expect(
        subject.gradient(logits: logits, targets: targets), is: "gradient", by: author)
    }
  }
}

import Grading
import KataKit
import LossAnswers
import Numerics
import Testing

@testable import Solutions

@Test("binary-cross-entropy: jax agrees with the reference and the solution")
func binaryCrossEntropyGoldens() throws {
  for golden in try Golden("binary-cross-entropy").cases {
    let (probabilities, targets) = (try golden.input("probabilities"), try golden.input("targets"))
    for subject in [BinaryCrossEntropySuite.reference(making: []), BinaryCrossEntropy()] {
      let author = "\(type(of: subject))"
      let loss = subject.loss(probabilities: probabilities, targets: targets)
      try golden.expect(Matrix([[loss]]), is: "loss", by: author)
      try golden.expect(
        subject.gradient(probabilities: probabilities, targets: targets), is: "gradient",
        by: author)
    }
  }
}

import Grading
import KataKit
import LossAnswers
import Numerics
import Testing

@testable import Solutions

@Test("mean-squared-error: optax agrees with the reference and the solution")
func meanSquaredErrorGoldens() throws {
  for golden in try Golden("mean-squared-error").cases {
    let (predictions, targets) = (try golden.input("predictions"), try golden.input("targets"))
    for subject in [MeanSquaredErrorSuite.reference(making: []), MeanSquaredError()] {
      let author = "\(type(of: subject))"
      let loss = subject.loss(predictions: predictions, targets: targets)
      try golden.expect(Matrix([[loss]]), is: "loss", by: author)
      try golden.expect(
        subject.gradient(predictions: predictions, targets: targets), is: "gradient", by: author)
    }
  }
}

import Exam
import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("adam: optax agrees with the reference and the solution")
func adamGoldens() throws {
  for golden in try Golden("adam").cases {
    var settings = AdamSuite.Settings()
    settings.learningRate = try golden.number("learningRate")
    settings.beta1 = try golden.number("beta1")
    settings.beta2 = try golden.number("beta2")
    settings.epsilon = try golden.number("epsilon")
    let solution = Adam(
      learningRate: settings.learningRate, beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon)
    try golden.expectSteps(of: AdamSuite.reference(making: [])(settings), solution)
  }
}

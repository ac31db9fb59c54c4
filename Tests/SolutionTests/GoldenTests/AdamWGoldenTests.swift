import Exam
import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("adamw: optax agrees with the reference and the solution")
func adamWGoldens() throws {
  for golden in try Golden("adamw").cases {
    var settings = AdamWSuite.Settings()
    settings.learningRate = try golden.number("learningRate")
    settings.adam.beta1 = try golden.number("beta1")
    settings.adam.beta2 = try golden.number("beta2")
    settings.epsilon = try golden.number("epsilon")
    settings.weightDecay = try golden.number("weightDecay")
    let solution = AdamW(
      learningRate: settings.learningRate, beta1: settings.adam.beta1,
      beta2: settings.adam.beta2, epsilon: settings.epsilon, weightDecay: settings.weightDecay)
    try golden.expectSteps(of: AdamWSuite.reference(making: [])(settings), solution)
  }
}

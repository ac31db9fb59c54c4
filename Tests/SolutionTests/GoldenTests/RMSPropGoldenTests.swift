import Exam
import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("rmsprop: optax, with ε outside the root, agrees with the reference and the solution")
func rmsPropGoldens() throws {
  for golden in try Golden("rmsprop").cases {
    var settings = RMSPropSuite.Settings()
    settings.learningRate = try golden.number("learningRate")
    settings.rho = try golden.number("rho")
    settings.epsilon = try golden.number("epsilon")
    let solution = RMSProp(
      learningRate: settings.learningRate, rho: settings.rho, epsilon: settings.epsilon)
    try golden.expectSteps(of: RMSPropSuite.reference(making: [])(settings), solution)
  }
}

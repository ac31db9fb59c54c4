import Exam
import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("momentum: optax agrees with the reference and the solution")
func momentumGoldens() throws {
  for golden in try Golden("momentum").cases {
    var settings = MomentumSuite.Settings()
    settings.learningRate = try golden.number("learningRate")
    settings.momentum = try golden.number("momentum")
    let solution = Momentum(learningRate: settings.learningRate, momentum: settings.momentum)
    try golden.expectSteps(of: MomentumSuite.reference(making: [])(settings), solution)
  }
}

import Grading
import KataKit
import Numerics
import Testing
import TrainingAnswers

@testable import Solutions

@Test("learning-rate-finder: jax agrees with the reference and the solution")
func learningRateFinderGoldens() throws {
  for golden in try Golden("learning-rate-finder").cases {
    let losses = try golden.input("losses")
    let bounds = try golden.input("bounds")
    let count = Int(try golden.input("count")[0, 0])
    for subject in [LearningRateFinderSuite.reference(making: []), LearningRateFinder()] {
      let author = "\(type(of: subject))"
      let rates = subject.rates(from: bounds[0, 0], to: bounds[0, 1], count: count)
      try golden.expect(Matrix([rates]), is: "rates", by: author)
      let suggestion = subject.suggestion(rates: rates, losses: losses.elements)
      try golden.expect([[suggestion]], is: "suggestion", by: author)
    }
  }
}

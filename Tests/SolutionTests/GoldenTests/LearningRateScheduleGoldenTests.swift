import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("learning-rate-schedule: optax agrees with the reference and the solution")
func learningRateScheduleGoldens() throws {
  for golden in try Golden("learning-rate-schedule").cases {
    func number(_ name: String) throws -> Double { try golden.input(name)[0, 0] }
    let (rate, final) = (try number("initialRate"), try number("finalRate"))
    let (factor, interval) = (try number("factor"), Int(try number("interval")))
    let (warmup, total) = (Int(try number("warmupSteps")), Int(try number("totalSteps")))
    let steps = try golden.input("steps")

    for subject in [LearningRateScheduleSuite.reference(making: []), LearningRateSchedule()] {
      let author = "\(type(of: subject))"
      try golden.expect(
        steps.map {
          subject.stepDecay(atStep: Int($0), initialRate: rate, factor: factor, interval: interval)
        }, is: "stepDecay", by: author)
      try golden.expect(
        steps.map {
          subject.cosine(atStep: Int($0), initialRate: rate, finalRate: final, totalSteps: total)
        }, is: "cosine", by: author)
      try golden.expect(
        steps.map {
          subject.warmup(
            atStep: Int($0), peakRate: rate, finalRate: final, warmupSteps: warmup,
            totalSteps: total)
        }, is: "warmup", by: author)
    }
  }
}

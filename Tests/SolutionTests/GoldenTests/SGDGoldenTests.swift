import Exam
import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test(
  "sgd: optax, with the gradient of the whole batch, agrees with the reference and the solution")
func sgdGoldens() throws {
  for golden in try Golden("sgd").cases {
    var settings = SGDSuite.Settings()
    settings.learningRate = try golden.number("learningRate")
    guard golden.inputs["rows"] != nil else {
      try golden.expectSteps(
        of: SGDSuite.reference(making: [])(settings), SGD(learningRate: settings.learningRate))
      continue
    }
    settings.rows = try golden.input("rows").elements.map { Int($0) }
    let parts = try settings.rows.indices.map { i in
      try (1...2).map { try golden.input("g\($0)_part\(i + 1)") }
    }
    let start = try (1...2).map { try golden.input("theta\($0)_0") }

    var (byReference, bySolution) = (start, start)
    var reference = SGDSuite.reference(making: [])(settings)
    reference.step(&byReference, gradients: Array(parts.joined()))
    SGD(learningRate: settings.learningRate).step(
      &bySolution, microBatches: parts, rows: settings.rows)
    for p in 1...2 {
      try golden.expect(byReference[p - 1], is: "theta\(p)", by: "reference")
      try golden.expect(bySolution[p - 1], is: "theta\(p)", by: "SGD")
    }
  }
}

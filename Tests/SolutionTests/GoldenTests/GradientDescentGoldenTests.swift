import Grading
import KataKit
import Numerics
import OptimizerAnswers
import Testing

@testable import Solutions

@Test("gradient-descent: jax.grad agrees with the reference and the solution")
func gradientDescentGoldens() throws {
  for golden in try Golden("gradient-descent").cases {
    for subject in [GradientDescentSuite.reference(making: []), GradientDescent()] {
      let author = "\(type(of: subject))"
      let start = try golden.input("start")
      let path = subject.path(
        from: start, along: subject.gradient, learningRate: try golden.number("learningRate"),
        steps: Int(try golden.number("steps")))
      #expect(path.count == Int(try golden.number("steps")) + 1, "\(author), \(golden.name)")
      for (step, w) in path.enumerated() { try golden.expect(w, is: "w\(step)", by: author) }
      try golden.expect([[subject.loss(at: start)]], is: "loss", by: author)
      try golden.expect(subject.gradient(at: start), is: "gradient", by: author)
    }
  }
}

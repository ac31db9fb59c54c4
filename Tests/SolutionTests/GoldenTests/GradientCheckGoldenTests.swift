import BackwardAnswers
import Grading
import KataKit
import Testing

@testable import Solutions

@Test("gradient-check: scipy's central differences agree, and jax.grad is found right")
func gradientCheckGoldens() throws {
  for golden in try Golden("gradient-check").cases {
    let point = try golden.input("W")
    let step = try golden.input("h")[0, 0]
    let gradient = try golden.output("D")
    let loss = try golden.loss()
    for subject in [GradientCheckSuite.reference(making: []), GradientCheck()] {
      let author = "\(type(of: subject))"
      let numerical = subject.numericalGradient(of: loss, at: point, step: step)
      try golden.expect(numerical, is: "G", by: author)
      #expect(subject.isCorrect(gradient, of: loss, at: point), "\(author), \(golden.name)")
      #expect(!subject.isCorrect(1.06 * gradient, of: loss, at: point), "\(author), \(golden.name)")
    }
  }
}

extension Golden.Case {
  /// Σ W³, or with inputs the mean over the rows of Σ ln(1 + e^z) − t·z for Z = X·W.
  fileprivate func loss() throws -> (Matrix) -> Double {
    guard inputs["X"] != nil else { return { pow($0, 3).sum() } }
    let (x, t) = (try input("X"), try input("T"))
    return { w in
      let z = x.matmul(w)
      return (log(1 + exp(z)) - t * z).sum() / Double(x.rows)
    }
  }
}

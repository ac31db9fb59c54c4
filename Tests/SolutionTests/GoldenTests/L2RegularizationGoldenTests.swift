import Grading
import KataKit
import Numerics
import RegularizationAnswers
import Testing

@testable import Solutions

@Test("l2-regularization: optax agrees with the reference and the solution")
func l2RegularizationGoldens() throws {
  for golden in try Golden("l2-regularization").cases {
    let (layers, lambda) = (try golden.layers(), try golden.input("lambda")[0, 0])
    let gradients = try layers.indices.map { k in
      DenseGradient(
        weights: try golden.input("dW\(k + 1)"), biases: try golden.input("db\(k + 1)"))
    }
    for subject in [L2RegularizationSuite.reference(making: []), L2Regularization()] {
      let author = "\(type(of: subject))"
      try golden.expect([[subject.penalty(of: layers, lambda: lambda)]], is: "penalty", by: author)
      let regularized = subject.regularized(gradients, of: layers, lambda: lambda)
      try #require(regularized.count == layers.count)
      for (index, gradient) in regularized.enumerated() {
        try golden.expect(gradient.weights, is: "dW\(index + 1)", by: author)
        try golden.expect(gradient.biases, is: "db\(index + 1)", by: author)
      }
    }
  }
}

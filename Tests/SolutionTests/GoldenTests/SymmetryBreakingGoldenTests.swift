import Grading
import InitializationAnswers
import KataKit
import Testing

@testable import Solutions

@Test("symmetry-breaking: steps along jax.grad agree with the reference and the solution")
func symmetryBreakingGoldens() throws {
  for golden in try Golden("symmetry-breaking").cases {
    let layers = try golden.layers()
    for subject in [SymmetryBreakingSuite.reference(making: []), SymmetryBreaking()] {
      let author = "\(type(of: subject))"
      let trained = subject.train(
        layers, inputs: try golden.input("X"), targets: try golden.input("T"),
        learningRate: try golden.input("rate")[0, 0], steps: Int(try golden.input("steps")[0, 0]))
      for (index, layer) in trained.enumerated() {
        try golden.expect(layer.weights, is: "W\(index + 1)", by: author)
        try golden.expect(layer.biases, is: "b\(index + 1)", by: author)
      }
      try golden.expect(
        [[Double(subject.distinctUnits(in: layers[0], inputs: try golden.input("X")))]],
        is: "units", by: author)
    }
  }
}

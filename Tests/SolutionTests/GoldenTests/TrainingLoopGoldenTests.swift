import Grading
import KataKit
import Numerics
import Testing
import TrainingAnswers

@testable import Solutions

@Test("training-loop: optax.sgd on jax.grad agrees with the reference and the solution")
func trainingLoopGoldens() throws {
  for golden in try Golden("training-loop").cases {
    let layers = try golden.layers()
    for subject in [TrainingLoopSuite.reference(making: []), TrainingLoop()] {
      let author = "\(type(of: subject))"
      let run = subject.train(
        hidden: layers[0], output: layers[1], inputs: try golden.input("X"),
        targets: try golden.input("y"), learningRate: try golden.input("learningRate")[0, 0],
        epochs: Int(try golden.input("epochs")[0, 0]))
      try golden.expect(Matrix([run.losses]), is: "losses", by: author)
      try golden.expect(run.hidden.weights, is: "W1", by: author)
      try golden.expect(run.hidden.biases, is: "b1", by: author)
      try golden.expect(run.output.weights, is: "W2", by: author)
      try golden.expect(run.output.biases, is: "b2", by: author)
    }
  }
}

import Grading
import KataKit
import NeuronAnswers
import Numerics
import Testing

@testable import Solutions

@Test("neuron: jax agrees with the reference and the solution")
func neuronGoldens() throws {
  let activations: [String: (Double) -> Double] = [
    "relu": { max(0, $0) }, "sigmoid": { 1 / (1 + exp(-$0)) }, "tanh": { tanh($0) },
    "identity": { $0 },
  ]
  for golden in try Golden("neuron").cases {
    let (weights, bias) = (try golden.input("w").elements, try golden.input("b")[0, 0])
    let activation = try #require(activations[golden.name])
    for subject in [
      NeuronSuite.reference(making: [])(weights, bias, activation),
      Neuron(weights: weights, bias: bias, activation: activation),
    ] {
      let author = "\(type(of: subject))"
      let batch = try golden.input("X")
      try golden.expect(subject.outputs(for: batch), is: "A", by: author)
      let single = (0..<batch.rows).map { [subject.output(for: batch.row($0).elements)] }
      try golden.expect(Matrix(single), is: "A", by: author)
    }
  }
}

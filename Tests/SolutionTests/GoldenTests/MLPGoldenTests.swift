import CapstoneAnswers
import Grading
import KataKit
import Numerics
import Testing

@testable import Solutions

@Test("mlp: optax.adam on jax.grad agrees with the reference and the solution")
func mlpGoldens() throws {
  for golden in try Golden("mlp").cases {
    let layers = try golden.layers()
    let inputs = try golden.input("X")
    let labels = try golden.input("labels").elements.map { Int($0) }
    let widths = [inputs.columns] + layers.map(\.biases.columns)
    let activations = layers.dropLast().map { _ in LayerActivation.relu }
    var generator = SeededGenerator(seed: 1)
    for subject in [
      MLPSuite.reference(making: [])(widths, activations, &generator),
      MLP(widths: widths, activations: activations, using: &generator),
    ] {
      let author = "\(type(of: subject))"
      var network = subject
      network.layers = layers
      let losses = network.fit(
        inputs, labels: labels, epochs: Int(try golden.input("epochs")[0, 0]),
        batchSize: labels.count, optimizer: .adam,
        learningRate: try golden.input("learningRate")[0, 0],
        using: &generator)
      try golden.expect(Matrix([losses]), is: "losses", by: author)
      for (index, layer) in network.layers.enumerated() {
        try golden.expect(layer.weights, is: "W\(index + 1)", by: author)
        try golden.expect(layer.biases, is: "b\(index + 1)", by: author)
      }
      let predicted = network.predict(inputs)
      try golden.expect(Matrix([predicted.map { Double($0) }]), is: "predicted", by: author)
      let accuracy = network.accuracy(on: inputs, labels: labels)
      try golden.expect(Matrix([[accuracy]]), is: "accuracy", by: author)
    }
  }
}

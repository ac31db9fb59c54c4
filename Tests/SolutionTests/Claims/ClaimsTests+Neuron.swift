import KataKit
import Testing

@testable import Solutions

@Suite("What the pages of the neuron track claim")
struct NeuronClaims {
  private static let axis = Matrix([(-80_000...80_000).map { Double($0) / 10_000 }])

  @Test("gelu: how far the approximations are off, and where the minimum is")
  func gelu() {
    let z = Self.axis
    let exact = GELU().value(at: z)
    let inner = (2 / Double.pi).squareRoot() * (z + 0.044715 * z * z * z)
    let withTanh = 0.5 * z * (1 + tanh(inner))
    let withSigmoid = z * Sigmoid().value(at: 1.702 * z)
    #expect(abs(abs(withTanh - exact).max() - 4.7e-4) < 0.05e-4)
    #expect(abs(abs(withSigmoid - exact).max() - 0.02) < 0.001)
    #expect(abs(exact.min() + 0.17) < 0.001)
    let lowest = z[0, (-exact).argmax(axis: 1)[0]]
    #expect(abs(lowest + 0.75) < 0.005)
  }

  @Test("swiglu: the slope of SiLU peaks at 1.10 near 2.4, and is negative below −1.28")
  func silu() {
    let z = Self.axis
    let h = 1e-5
    let slope = (SwiGLU().silu(z + h) - SwiGLU().silu(z - h)) / (2 * h)
    #expect(abs(slope.max() - 1.1) < 0.001)
    #expect(abs(z[0, slope.argmax(axis: 1)[0]] - 2.4) < 0.01)
    for (z, slope) in zip(z.elements, slope.elements) where abs(z + 1.28) > 0.005 {
      #expect((slope < 0) == (z < -1.28))
    }
  }

  @Test("tanh-derivative: tanh(z) = 2σ(2z) − 1")
  func sigmoids() {
    let z = Self.axis
    #expect(abs(2 * Sigmoid().value(at: 2 * z) - 1 - tanh(z)).max() < 1e-14)
  }

  private static let corners: Matrix = [[0, 0], [0, 1], [1, 0], [1, 1]]

  private func predictions(after epochs: Int, labels: [Int], learningRate: Double = 1) -> [Int] {
    let trained = Perceptron().train(
      weights: [0, 0], bias: 0, inputs: Self.corners, labels: labels, learningRate: learningRate,
      epochs: epochs)
    return Perceptron().predictions(
      for: Self.corners, weights: trained.weights, bias: trained.bias)
  }

  @Test("perceptron: it learns OR and AND, and never XOR, at any learning rate")
  func gates() {
    for labels in [[0, 1, 1, 1], [0, 0, 0, 1]] {
      #expect(predictions(after: 20, labels: labels) == labels)
    }
    for epochs in 0..<100 {
      let learned = predictions(after: epochs, labels: [0, 1, 1, 0])
      #expect(learned != [0, 1, 1, 0])
      #expect(learned == predictions(after: epochs, labels: [0, 1, 1, 0], learningRate: 0.125))
    }
  }

  @Test("perceptron: at most (R/γ)² mistakes from zeros")
  func mistakeBound() {
    var generator = SeededGenerator(seed: 5)
    let truth = [0.6, -0.8]
    var inputs = Matrix(rows: 0, columns: 2)
    while inputs.rows < 200 {
      let x = Matrix.uniform(rows: 1, columns: 2, in: -1...1, using: &generator)
      // A margin of 0.05 to the plane through (w, b) = (0.6, −0.8, 0), which has length 1.
      if abs(x[0, 0] * truth[0] + x[0, 1] * truth[1]) >= 0.05 {
        inputs = Matrix(rows: inputs.rows + 1, columns: 2, elements: inputs.elements + x.elements)
      }
    }
    let labels = (0..<200).map { inputs[$0, 0] * truth[0] + inputs[$0, 1] * truth[1] > 0 ? 1 : 0 }
    let longest = (0..<200).map { (inputs.row($0) * inputs.row($0)).sum() + 1 }.max() ?? 0
    var (weights, bias, mistakes) = ([0.0, 0.0], 0.0, 0)
    for _ in 0..<200 {
      for row in 0..<200 {
        let x = inputs.row(row)
        if Perceptron().predictions(for: x, weights: weights, bias: bias) != [labels[row]] {
          mistakes += 1
        }
        (weights, bias) = Perceptron().train(
          weights: weights, bias: bias, inputs: x, labels: [labels[row]], learningRate: 1,
          epochs: 1)
      }
    }
    #expect(mistakes > 0)
    #expect(Double(mistakes) <= longest / (0.05 * 0.05))
    #expect(Perceptron().predictions(for: inputs, weights: weights, bias: bias) == labels)
  }

  @Test("relu-derivative: half of the units are 0 where pre-activations have mean 0")
  func sparsity() {
    var generator = SeededGenerator(seed: 6)
    let z = Matrix.normal(rows: 100, columns: 100, using: &generator)
    #expect(abs((ReLUDerivative().value(at: z) .> 0).mean() - 0.5) < 0.02)
  }
}

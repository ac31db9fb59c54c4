import KataKit
import Testing

@testable import Solutions

@Suite("What the pages of the tracks regularization and layers claim")
struct LayerClaims {
  @Test("dropout: the variance of an output is x²·p/(1 − p)")
  func noise() {
    var generator = SeededGenerator(seed: 1)
    let ones = Matrix(rows: 500, columns: 500, repeating: 1)
    for (p, variance) in [(0.5, 1.0), (0.1, 1.0 / 9)] {
      var dropout = Dropout(dropProbability: p)
      let output = dropout.forward(ones, isTraining: true, using: &generator)
      #expect(abs(output.mean() - 1) < 0.01)
      #expect(abs(((output - 1) * (output - 1)).mean() / variance - 1) < 0.02)
    }
  }

  @Test("l2-regularization: under SGD the penalty multiplies a weight by 1 − ηλ")
  func decay() {
    let layer = DenseLayer(weights: [[3, -2]], biases: [[1, 1]])
    let zero = DenseGradient(weights: [[0, 0]], biases: [[0, 0]])
    let gradient = L2Regularization().regularized([zero], of: [layer], lambda: 0.2)[0]
    var parameters = [layer.weights, layer.biases]
    SGD(learningRate: 0.5).step(&parameters, gradients: [gradient.weights, gradient.biases])
    #expect(parameters == [[[2.7, -1.8]], [[1, 1]]])
  }

  @Test("batch-norm: ten million spreads from 0, E[x²] − μ² has a digit or two left")
  func cancellation() {
    var generator = SeededGenerator(seed: 1)
    let errors = { (offset: Double) in
      (0..<201).map { _ in
        let x =
          Matrix.normal(rows: 7, columns: 1, standardDeviation: 1, using: &generator) + offset
        let variance = ((x - x.mean()) * (x - x.mean())).mean()
        return Swift.abs((x * x).mean() - x.mean() * x.mean() - variance) / variance
      }.sorted()[100]
    }
    let (near, far) = (errors(1e7), errors(1e8))
    #expect((0.005...0.1).contains(near), "\(near)")
    #expect(far > 0.5, "\(far)")
  }

  @Test("batch-norm: folded into the layer before, it computes the same")
  func folding() {
    var generator = SeededGenerator(seed: 1)
    let normal = { (rows: Int, columns: Int) in
      Matrix.normal(rows: rows, columns: columns, standardDeviation: 1, using: &generator)
    }
    let (x, weights, biases) = (normal(6, 4), normal(4, 3), normal(1, 3))
    var layer = BatchNorm(features: 3, momentum: 0.3, epsilon: 1e-5)
    (layer.gamma, layer.beta) = (normal(1, 3), normal(1, 3))
    _ = layer.forward(x.matmul(weights) + biases, isTraining: true)
    let expected = layer.forward(x.matmul(weights) + biases, isTraining: false)
    let scale = layer.gamma / sqrt(layer.runningVariance + 1e-5)
    let folded =
      x.matmul(weights * scale) + scale * (biases - layer.runningMean) + layer.beta
    #expect(abs(folded - expected).max() < 1e-12)
  }

  @Test("batch-norm: with γ = √(σ² + ε) and β = μ it is the identity")
  func undoing() {
    let x: Matrix = [[1, 7], [4, 2], [-2, 5]]
    var layer = BatchNorm(features: 2, momentum: 0.1, epsilon: 1e-5)
    let centered = x - x.mean(axis: 0)
    layer.gamma = sqrt((centered * centered).mean(axis: 0) + 1e-5)
    layer.beta = x.mean(axis: 0)
    #expect(abs(layer.forward(x, isTraining: true) - x).max() < 1e-12)
  }

  @Test("rms-norm: inputs ten times as large give the same output, a tenth of the gradient")
  func scale() {
    let (x, upstream): (Matrix, Matrix) = ([[1, -2, 4]], [[3, 1, -1]])
    let gamma: Matrix = [[1, 2, 0.5]]
    let norm = RMSNorm()
    let outputs = [1.0, 10].map { norm.forward($0 * x, gamma: gamma, epsilon: 1e-12) }
    let gradients = [1.0, 10].map {
      norm.backward(upstream: upstream, inputs: $0 * x, gamma: gamma, epsilon: 1e-12).inputs
    }
    #expect(abs(outputs[0] - outputs[1]).max() < 1e-9)
    #expect(abs(gradients[0] / 10 - gradients[1]).max() < 1e-9)
  }

  #if !(os(macOS) && arch(x86_64))
    @Test("recall, rms-norm: what 16-bit floats hold")
    func halves() {
      #expect(Float16.greatestFiniteMagnitude == 65504 && !(Float16(256) * Float16(256)).isFinite)
      #expect(abs(Double(Float16.leastNonzeroMagnitude) - 6e-8) < 1e-9)
      #expect(Float16.significandBitCount == 10 && Float16.exponentBitCount == 5)
    }
  #endif

  @Test("residual-block: unit-gain branches double the variance, 1/√N keeps it in bounds")
  func variances() {
    /// The variance behind `blocks` branches of unit gain, whose inputs are normalized or not.
    func variance(blocks: Int, scale: Double, isNormalized: Bool) -> Double {
      var generator = SeededGenerator(seed: 3)
      var x = Matrix.normal(rows: 20, columns: 64, standardDeviation: 1, using: &generator)
      for _ in 0..<blocks {
        let hidden = DenseLayer(
          weights: .normal(
            rows: 64, columns: 128, standardDeviation: sqrt(2.0 / 64), using: &generator),
          biases: Matrix(rows: 1, columns: 128))
        let output = DenseLayer(
          weights: .normal(
            rows: 128, columns: 64, standardDeviation: scale / sqrt(128), using: &generator),
          biases: Matrix(rows: 1, columns: 64))
        let read =
          isNormalized
          ? RMSNorm().forward(
            x, gamma: Matrix(rows: 1, columns: 64, repeating: 1), epsilon: 1e-5) : x
        x += ResidualBlock().forward(read, hidden: hidden, output: output) - read
      }
      return (x * x).mean()
    }
    let doubled = variance(blocks: 8, scale: 1, isNormalized: false)
    #expect((180...340).contains(doubled), "\(doubled)")
    for blocks in [4, 64] {
      let plain = variance(blocks: blocks, scale: 1, isNormalized: true)
      let scaled = variance(blocks: blocks, scale: 1 / sqrt(Double(blocks)), isNormalized: true)
      #expect(abs(plain / Double(blocks + 1) - 1) < 0.25, "\(plain)")
      #expect(abs(scaled / 2 - 1) < 0.25, "\(scaled)")
    }
  }
}

import KataKit
import Testing

@testable import Solutions

@Suite("What the pages of the initialization track claim")
struct InitializationClaims {
  /// The norm of the first layer's gradient over that of the last one's in twelve layers of 100 units,
  /// as a geometric mean.
  private func ratio(
    deviation: Double, activation: (Matrix) -> (a: Matrix, slope: Matrix)
  ) -> Double {
    let logarithms = (1...3 as ClosedRange<UInt64>).map { seed -> Double in
      var generator = SeededGenerator(seed: seed)
      var a = Matrix.normal(rows: 32, columns: 100, using: &generator)
      var passes: [(input: Matrix, weights: Matrix, slope: Matrix)] = []
      for _ in 0..<12 {
        let weights = Matrix.normal(
          rows: 100, columns: 100, standardDeviation: deviation, using: &generator)
        let next = activation(a.matmul(weights))
        passes.append((a, weights, next.slope))
        a = next.a
      }
      var upstream = Matrix.normal(rows: 32, columns: 100, using: &generator)
      var norms: [Double] = []
      for pass in passes.reversed() {
        let delta = upstream * pass.slope
        let gradient = pass.input.transposed.matmul(delta)
        norms.append((gradient * gradient).sum().squareRoot())
        upstream = delta.matmul(pass.weights.transposed)
      }
      return log(norms[11] / norms[0])
    }
    return exp(logarithms.reduce(0, +) / 3)
  }

  private let tanhUnit = { (z: Matrix) in (a: tanh(z), slope: 1 - tanh(z) * tanh(z)) }
  private let sigmoidUnit = { (z: Matrix) in
    (a: Sigmoid().value(at: z), slope: Sigmoid().slope(at: z))
  }

  @Test("xavier-init: in a tanh network large weights explode first, and vanish from about 50 on")
  func largeWeights() {
    #expect((3e3...3e4).contains(ratio(deviation: 1, activation: tanhUnit)))
    #expect(ratio(deviation: 10, activation: tanhUnit) > 1e4)
    #expect(ratio(deviation: 60, activation: tanhUnit) < 1e-2)
  }

  @Test("xavier-init: it holds the gradient of tanh, and not of the sigmoid")
  func activations() {
    let xavier = (2.0 / 200).squareRoot()
    #expect((0.5...2).contains(ratio(deviation: xavier, activation: tanhUnit)))
    #expect((3e-8...1e-6).contains(ratio(deviation: xavier, activation: sigmoidUnit)))
  }

  @Test("xavier-init: twenty layers of ReLU leave a millionth of the second moment; He keeps it")
  func secondMoments() {
    func moment(_ layer: (inout SeededGenerator) -> DenseLayer) -> Double {
      var generator = SeededGenerator(seed: 9)
      var a = Matrix.normal(rows: 64, columns: 200, using: &generator)
      for _ in 0..<20 { a = maximum(a.matmul(layer(&generator).weights), 0) }
      return (a * a).mean()
    }
    let xavier = moment { XavierInit().layer(fanIn: 200, fanOut: 200, using: &$0) }
    #expect((2e-7...5e-6).contains(xavier))
    #expect((0.2...5).contains(moment { HeInit().layer(fanIn: 200, fanOut: 200, using: &$0) }))
  }

  @Test("he-init: a deviation of 0.01 and 500 inputs leave a fortieth per layer")
  func smallWeights() {
    var generator = SeededGenerator(seed: 10)
    let x = Matrix.normal(rows: 200, columns: 500, using: &generator)
    let weights = Matrix.normal(
      rows: 500, columns: 500, standardDeviation: 0.01, using: &generator)
    let a = maximum(x.matmul(weights), 0)
    #expect(abs((a * a).mean() / (x * x).mean() * 40 - 1) < 0.1)
    #expect((0.5e-16...2e-16).contains(pow(1.0 / 40, 10)))
  }

  @Test("he-init: cut off at two deviations 77% of the variance is left, clipped 92%")
  func cutOff() {
    var generator = SeededGenerator(seed: 11)
    let draws = (0..<200_000).map { _ in generator.normal() }
    let inside = draws.filter { abs($0) <= 2 }
    let cut = inside.reduce(0) { $0 + $1 * $1 } / Double(inside.count)
    let clipped = draws.reduce(0) { $0 + min($1 * $1, 4) } / Double(draws.count)
    #expect(abs(cut - 0.77) < 0.01)
    #expect(abs(clipped - 0.92) < 0.01)
  }

  @Test("xavier-init: tanh keeps similar inputs apart and together at fanIn · Var(W) = 1 only")
  func edgeOfChaos() {
    /// The correlation of two inputs that began with 0.9, after thirty layers.
    func correlation(_ gain: Double) -> Double {
      var generator = SeededGenerator(seed: 12)
      let x = Matrix.normal(rows: 1, columns: 400, using: &generator)
      let other = Matrix.normal(rows: 1, columns: 400, using: &generator)
      var (a, b) = (x, 0.9 * x + (1 - 0.81).squareRoot() * other)
      for _ in 0..<30 {
        let weights = Matrix.normal(
          rows: 400, columns: 400, standardDeviation: (gain / 400).squareRoot(), using: &generator)
        (a, b) = (tanh(a.matmul(weights)), tanh(b.matmul(weights)))
      }
      return (a * b).sum() / ((a * a).sum() * (b * b).sum()).squareRoot()
    }
    // Well above 1 they part; at 1 they stay about as alike as they were.
    #expect(correlation(9) < 0.3)
    #expect(correlation(1) > 0.8)
  }

  @Test("symmetry-breaking: from zero weights random hidden biases move nothing if classes balance")
  func balancedZeros() {
    var generator = SeededGenerator(seed: 13)
    let start = [
      DenseLayer(
        weights: Matrix(rows: 3, columns: 4),
        biases: .normal(rows: 1, columns: 4, using: &generator)),
      DenseLayer(weights: Matrix(rows: 4, columns: 2), biases: Matrix(rows: 1, columns: 2)),
    ]
    let inputs = Matrix.normal(rows: 4, columns: 3, using: &generator)
    func trained(_ labels: [Int]) -> [DenseLayer] {
      SymmetryBreaking().train(
        start, inputs: inputs, targets: OneHot().encode(labels, classes: 2), learningRate: 0.5,
        steps: 50)
    }
    let balanced = trained([0, 1, 1, 0])
    #expect(balanced[0].weights == start[0].weights && balanced[0].biases == start[0].biases)
    #expect(balanced[1].weights == start[1].weights && balanced[1].biases == start[1].biases)
    #expect(trained([0, 1, 1, 1])[0].weights != start[0].weights)
  }
}

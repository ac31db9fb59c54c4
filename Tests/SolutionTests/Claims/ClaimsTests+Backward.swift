import Exam
import KataKit
import Testing

@testable import BackwardAnswers
@testable import Grading
@testable import Solutions

@Suite("What the pages of the backward track claim")
struct BackwardClaims {
  @Test("forward-pass: h₁ − 2h₂ is XOR")
  func xor() {
    let corners: Matrix = [[0, 0], [0, 1], [1, 0], [1, 1]]
    let hidden = maximum(corners.matmul([[1, 1], [1, 1]]) + ([[0, -1]] as Matrix), 0)
    #expect(hidden.matmul([[1], [-2]]) == [[0], [1], [1], [0]])
  }

  /// The norm of the first layer's gradient over that of the last one's, as a geometric mean.
  private func ratio(_ activation: LayerActivation, deviation: Double) -> Double {
    let logarithms = (1...3 as ClosedRange<UInt64>).map { seed -> Double in
      var generator = SeededGenerator(seed: seed)
      let layers = (0..<12).map { _ in
        DenseLayer(
          weights: .normal(
            rows: 100, columns: 100, standardDeviation: deviation, using: &generator),
          biases: Matrix(rows: 1, columns: 100))
      }
      let norms = VanishingGradients().gradientNorms(
        of: layers, activation: activation,
        inputs: .normal(rows: 32, columns: 100, using: &generator),
        upstream: .normal(rows: 32, columns: 100, using: &generator))
      return log(norms[0] / norms[11])
    }
    return exp(logarithms.reduce(0, +) / 3)
  }

  @Test("vanishing-gradients: larger weights turn vanishing into exploding")
  func sigmoids() {
    #expect((0.5e-7...5e-7).contains(ratio(.sigmoid, deviation: 0.1)))
    #expect((0.4...2.5).contains(ratio(.sigmoid, deviation: 1)))
    #expect((1e3...2e4).contains(ratio(.sigmoid, deviation: 5)))
    // He's deviation holds the norm of a ReLU network.
    #expect((0.3...3).contains(ratio(.relu, deviation: 0.02.squareRoot())))
  }

  @Test("backprop: what the loss does not depend on has gradient zero")
  func untouched() {
    var generator = SeededGenerator(seed: 8)
    var inputs = Matrix.normal(rows: 6, columns: 4, using: &generator)
    for row in 0..<6 { inputs[row, 2] = 0 }
    var hidden = DenseLayer(
      weights: .normal(rows: 4, columns: 5, using: &generator), biases: [[0.1, 0.2, 0, -0.1, 0.3]])
    hidden.biases[0, 3] = -100
    let output = DenseLayer(
      weights: .normal(rows: 5, columns: 3, using: &generator), biases: [[0.1, 0, -0.2]])
    let gradients = Backprop().gradients(
      of: [hidden, output], inputs: inputs,
      targets: OneHot().encode([0, 2, 1, 1, 0, 2], classes: 3))
    #expect(gradients[0].weights.row(2) == Matrix(rows: 1, columns: 5))
    #expect(gradients[0].weights.column(3) == Matrix(rows: 4, columns: 1))
    #expect(gradients[0].biases[0, 3] == 0)
    #expect(gradients[1].weights.row(3) == Matrix(rows: 1, columns: 3))
    #expect(gradients[1].weights.row(0) != Matrix(rows: 1, columns: 3))
  }

  @Test("regression-backprop: Ŷ − Y is n·m/2 times the gradient of the mean")
  func reportedLoss() {
    let (predictions, targets): (Matrix, Matrix) = (
      [[1, 2, 3], [0, -1, 4]], [[0, 5, 1], [2, 2, 2]]
    )
    let gradient = MeanSquaredError().gradient(predictions: predictions, targets: targets)
    #expect(abs(gradient * (6.0 / 2) - (predictions - targets)).max() < 1e-12)
  }

  // MARK: gradient-check

  @Test("gradient-check: central, one-sided and without the ½ at x³")
  func cube() {
    let cube = { (x: Double) in x * x * x }
    #expect(abs((cube(1.1) - cube(0.9)) / 0.2 - 3.01) < 1e-12)
    #expect(abs((cube(1.1) - cube(1)) / 0.1 - 3.31) < 1e-12)
  }

  /// The mean error of difference quotients of the sine.
  private func error<Number: BinaryFloatingPoint>(
    step: Number, of sine: (Number) -> Number, isCentral: Bool = true
  ) -> Double {
    let points = (1...300).map { Double($0) / 100 }
    let errors = points.map { point -> Double in
      let x = Number(point)
      let quotient =
        isCentral
        ? (sine(x + step) - sine(x - step)) / (2 * step) : (sine(x + step) - sine(x)) / step
      return abs(Double(quotient) - cos(Double(x)))
    }
    return errors.reduce(0, +) / Double(errors.count)
  }

  @Test("gradient-check: 1e-10 in place of 1e-5, and the best steps of both precisions")
  func steps() {
    let sine = { (x: Double) in sin(x) }
    #expect((1e-6...1e-5).contains(error(step: 1e-5, of: sine, isCentral: false)))
    #expect(error(step: 1e-5, of: sine) < 1e-10)
    #expect(error(step: 1e-5, of: sine) < error(step: 1e-3, of: sine))
    #expect(error(step: 1e-5, of: sine) < error(step: 1e-7, of: sine))
    let single = { (x: Float) in Float(sin(Double(x))) }
    #expect(error(step: 5e-3, of: single) < error(step: 1e-1, of: single))
    #expect(error(step: 5e-3, of: single) < error(step: 1e-4, of: single))
    #expect(error(step: 5e-3, of: single) > 1e-6)
  }

  @Test("gradient-check: an absolute bound of 1e-4 rejects right gradients from 1e7 on")
  func absoluteBound() {
    func scaled(_ factor: Double) -> Double {
      error(step: 1e-5, of: { factor * sin($0) }, scale: factor)
    }
    #expect(scaled(1e6) < 1e-4)
    #expect(scaled(1e7) > 1e-4)
  }

  private func error(
    step: Double, of function: (Double) -> Double, scale: Double
  ) -> Double {
    let errors = (1...300).map { point -> Double in
      let x = Double(point) / 100
      return abs((function(x + step) - function(x - step)) / (2 * step) - scale * cos(x))
    }
    return errors.max() ?? 0
  }

  @Test("gradient-check: the losses are at most a hundred times their gradients")
  func lossesAreNoObstacle() {
    for seed in 0..<50 as Range<UInt64> {
      let paper = Paper<GradientCheckSuite>(seed: seed)
      for question in paper.questions {
        let fixture = paper.drawn(question, seed: seed).fixture
        let gradient = fixture.gradient
        let norm = (gradient * gradient).sum().squareRoot()
        if case .constant = fixture.loss { continue }
        #expect(abs(fixture.loss.value(at: fixture.point)) <= 100 * norm)
        #expect((1e-6...1e6).contains(norm))
      }
    }
  }
}

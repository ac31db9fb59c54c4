import Grading
import KataKit
import Numerics
import Testing

@testable import Solutions

@Suite("What the pages of the optimizer track claim")
struct OptimizerClaims {
  /// The steps until gradient descent on ½(w₁² + κ·w₂²) is 10⁻⁴ of its start away from the minimum.
  private func steps(
    curvature: Matrix, by step: (inout [Matrix], [Matrix]) -> Void
  ) -> Int {
    var w: [Matrix] = [[[1, 1]]]
    var count = 0
    while abs(w[0]).max() > 1e-4, count < 100_000 {
      step(&w, [curvature * w[0]])
      count += 1
    }
    return count
  }

  @Test("gradient-descent: on the bowl a rate below ½ converges, one above diverges")
  func stability() {
    let start: Matrix = [[5, 3]]
    let end = { rate in
      let descent = GradientDescent()
      return descent.path(
        from: start, along: descent.gradient, learningRate: rate, steps: 2000)[2000]
    }
    #expect(abs(end(0.49) - [[2, -1]]).max() < 1e-9)
    #expect(abs(end(0.51) - [[2, -1]]).max() > 1e9)
  }

  @Test("gradient-descent, momentum: steps grow with the condition number, and with its root")
  func conditionNumbers() {
    var plain: [Double] = []
    var heavy: [Double] = []
    for condition in [100.0, 400] {
      let curvature: Matrix = [[1, condition]]
      let sgd = SGD(learningRate: 2 / (1 + condition))
      plain.append(Double(steps(curvature: curvature) { sgd.step(&$0, gradients: $1) }))
      let root = condition.squareRoot()
      let share = (root - 1) / (root + 1)
      var momentum = Momentum(
        learningRate: 4 / ((root + 1) * (root + 1)), momentum: share * share)
      heavy.append(Double(steps(curvature: curvature) { momentum.step(&$0, gradients: $1) }))
    }
    #expect((3.9...4.1).contains(plain[1] / plain[0]), "\(plain)")
    #expect((1.8...2.2).contains(heavy[1] / heavy[0]), "\(heavy)")
  }

  @Test("sgd: the error of a batch's gradient falls as one over the root of its size")
  func batchNoise() {
    var generator = SeededGenerator(seed: 1)
    let deviation = { (size: Int) in
      let means = Matrix.normal(
        rows: 2000, columns: size, standardDeviation: 1, using: &generator
      ).mean(axis: 1)
      return sqrt((means * means).mean())
    }
    let ratio = deviation(16) / deviation(64)
    #expect((1.9...2.1).contains(ratio), "\(ratio)")
  }

  @Test("sgd: the mean of the last points is closer to the minimum than the last one")
  func averages() {
    var generator = SeededGenerator(seed: 2)
    let sgd = SGD(learningRate: 0.1)
    var w = [Matrix(rows: 1, columns: 50)]
    var sum = w[0]
    for step in 0..<2000 {
      let noise = Matrix.normal(rows: 1, columns: 50, standardDeviation: 1, using: &generator)
      sgd.step(&w, gradients: [w[0] + noise])
      if step >= 1000 { sum += w[0] }
    }
    let mean = sum / 1000
    #expect((mean * mean).mean() < 0.1 * (w[0] * w[0]).mean())
  }

  @Test("momentum: under a steady gradient the velocity is 10 gradients at 0.9, 100 at 0.99")
  func steadyVelocity() {
    for (share, times) in [(0.9, 10.0), (0.99, 100)] {
      var momentum = Momentum(learningRate: 1, momentum: share)
      var w: [Matrix] = [[[0]]]
      for _ in 0..<5000 { momentum.step(&w, gradients: [[[1]]]) }
      let before = w[0]
      momentum.step(&w, gradients: [[[1]]])
      #expect(abs((before - w[0])[0, 0] - times) < 1e-6)
    }
  }

  @Test("rmsprop: the first step is 3.2 rates at 0.9, 10 at 0.99; Adam with β₁ = 0 agrees later")
  func firstSteps() {
    for (rho, times) in [(0.9, 3.16), (0.99, 10)] {
      var rmsProp = RMSProp(learningRate: 1, rho: rho, epsilon: 1e-8)
      var adam = Adam(learningRate: 1, beta1: 0, beta2: rho, epsilon: 1e-8)
      var (one, other): ([Matrix], [Matrix]) = ([[[0]]], [[[0]]])
      rmsProp.step(&one, gradients: [[[3]]])
      adam.step(&other, gradients: [[[3]]])
      #expect(abs(-one[0][0, 0] - times) < 0.01 && abs(-other[0][0, 0] - 1) < 1e-6)
      for step in 0..<Int(10 / (1 - rho)) {
        rmsProp.step(&one, gradients: [[[1 + Double(step % 3)]]])
        adam.step(&other, gradients: [[[1 + Double(step % 3)]]])
      }
      let (before, otherBefore) = (one[0], other[0])
      rmsProp.step(&one, gradients: [[[2]]])
      adam.step(&other, gradients: [[[2]]])
      #expect(abs((before - one[0]) / (otherBefore - other[0]) - 1).max() < 1e-3)
    }
  }

  @Test("adam: a step is the rate under a steady gradient, 3 rates after silence, 7 at the worst")
  func largestStep() {
    /// The longest step after 20,000 gradients of next to nothing.
    func longest(_ gradients: [Double]) -> Double {
      var adam = Adam(learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 0)
      var w: [Matrix] = [[[0]]]
      for _ in 0..<20_000 { adam.step(&w, gradients: [[[1e-150]]]) }
      return gradients.map { gradient in
        let before = w[0][0, 0]
        adam.step(&w, gradients: [[[gradient]]])
        return before - w[0][0, 0]
      }.max() ?? 0
    }
    #expect(abs(longest([1]) - 3.16) < 0.01)
    #expect((7...7.3).contains(longest((0..<300).map { pow(1.1, Double($0)) })))
    #expect(abs(longest([1e-150]) - 1) < 1e-6)
  }

  @Test("adam, gradient-clipping: one spike shortens the steps for about a thousand more")
  func spike() {
    func step(afterSpike steps: Int) -> Double {
      var adam = Adam(learningRate: 1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      var w: [Matrix] = [[[0]]]
      for _ in 0..<5000 { adam.step(&w, gradients: [[[1]]]) }
      adam.step(&w, gradients: [[[100]]])
      for _ in 1..<steps { adam.step(&w, gradients: [[[1]]]) }
      let before = w[0][0, 0]
      adam.step(&w, gradients: [[[1]]])
      return before - w[0][0, 0]
    }
    let lengths = [100, 1000, 10_000].map(step)
    #expect(lengths[0] < 0.35 && lengths[1] < 0.6 && lengths[2] > 0.99, "\(lengths)")
  }

  @Test("adamw: without a gradient a weight fades over 1/(ηλ) = 10,000 steps")
  func fading() {
    var optimizer = AdamW(
      learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.1)
    var w: [Matrix] = [[[1]]]
    for _ in 0..<10_000 { optimizer.step(&w, gradients: [[[0]]]) }
    #expect(abs(w[0][0, 0] - exp(-1)) < 1e-4)
  }

  @Test("gradient-descent: the sharpness of a network grows to 2/η and stays there")
  func edgeOfStability() {
    var curve = SineCurve(units: 20, seed: 5)
    let rate = 0.3
    let before = curve.sharpness * rate / 2
    for _ in 0..<5000 { curve.move(by: -rate * curve.gradient(at: curve.parameters)) }
    let after = curve.sharpness * rate / 2
    #expect(before < 0.9 && (0.9...1.1).contains(after), "\(before), \(after)")
  }
}

/// A tanh network that learns sin(4x), with its parameters in one row.
private struct SineCurve {
  private let units: Int
  private let x, y: Matrix
  private(set) var parameters: Matrix

  init(units: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    self.units = units
    x = Matrix((0..<20).map { [Double($0) / 9.5 - 1] })
    y = x.map { cos(4 * $0 - .pi / 2) }
    let normal = { (deviation: Double, columns: Int) in
      Matrix.normal(
        rows: columns, columns: 1, standardDeviation: deviation, using: &generator)
    }
    let root = Double(units).squareRoot()
    parameters =
      Matrix(
        stacked: [normal(1, units), normal(0.5, units), normal(1 / root, units), [[0]]]
      ).transposed
  }

  mutating func move(by change: Matrix) { parameters += change }

  /// Of half the mean squared error.
  func gradient(at parameters: Matrix) -> Matrix {
    let columns = parameters.transposed
    let part = { columns.slice(rows: $0 * units..<($0 + 1) * units).transposed }
    let a = tanh(x.matmul(part(0)) + part(1))
    let delta = (a.matmul(part(2).transposed) + columns[3 * units, 0] - y) / Double(x.rows)
    let hidden = delta.matmul(part(2)) * (1 - a * a)
    return Matrix(
      stacked: [
        x.transposed.matmul(hidden).transposed, hidden.sum(axis: 0).transposed,
        a.transposed.matmul(delta), delta.sum(axis: 0),
      ]
    ).transposed
  }

  /// The largest curvature, by power iteration with products of the Hessian and a vector.
  var sharpness: Double {
    var direction = parameters.map { _ in 1 } / sqrt(Double(parameters.count))
    var curvature = 0.0
    for _ in 0..<100 {
      let product =
        (gradient(at: parameters + 1e-4 * direction)
          - gradient(at: parameters - 1e-4 * direction)) / 2e-4
      curvature = sqrt((product * product).sum())
      direction = product / curvature
    }
    return curvature
  }
}

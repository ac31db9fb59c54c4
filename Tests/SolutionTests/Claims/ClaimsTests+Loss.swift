import KataKit
import Testing

@testable import Solutions

@Suite("What the pages of the loss track claim")
struct LossClaims {
  @Test("binary-cross-entropy: what the clipping bounds, and what knows nothing")
  func binary() {
    #expect(abs(-log(1e-7) - 16) < 0.2)
    let targets: Matrix = [[1, 0, 0, 1, 1]]
    let unsure = BinaryCrossEntropy().loss(probabilities: targets * 0 + 0.5, targets: targets)
    #expect(abs(unsure - 0.693) < 0.0005)
  }

  @Test("binary-cross-entropy: right zeros and ones have the slope ±1/(n·m)")
  func rightSlopes() {
    let right: Matrix = [[0, 1, 1], [1, 0, 0]]
    let gradient = BinaryCrossEntropy().gradient(probabilities: right, targets: right)
    #expect(abs(gradient - (1 - 2 * right) / 6).max() < 1e-9)
  }

  @Test("binary-cross-entropy: the output bias of a class of 1%")
  func rareClass() {
    let bias = log(0.01 / 0.99)
    #expect(abs(bias + 4.6) < 0.01)
    var targets = Matrix(rows: 100, columns: 1)
    targets[0, 0] = 1
    let p = Sigmoid().value(at: targets * 0 + bias)
    let loss = BinaryCrossEntropy().loss(probabilities: p, targets: targets)
    #expect(abs(loss - 0.056) < 0.0005)
  }

  @Test("softmax-cross-entropy: the loss of uniform probabilities is ln k, the perplexity k")
  func uniform() {
    let targets = OneHot().encode([3, 7, 0], classes: 10)
    let loss = SoftmaxCrossEntropy().loss(logits: targets * 0, targets: targets)
    #expect(abs(loss - 2.303) < 0.0005)
    #expect(abs(exp(loss) - 10) < 1e-9)
  }

  @Test("softmax-cross-entropy: with smoothed targets the gradient is 0 at finite logits")
  func smoothing() {
    let smoothed = 0.9 * OneHot().encode([0, 2, 3], classes: 4) + 0.1 / 4
    let gradient = SoftmaxCrossEntropy().gradient(logits: log(smoothed), targets: smoothed)
    #expect(abs(gradient).max() < 1e-15)
  }

  @Test("softmax-cross-entropy: in every row of the table the gradient is prediction − target")
  func table() {
    let z: Matrix = [[0.3, -1.2, 0.8]]
    let targets: Matrix = [[0, 1, 0]]
    let count = 3.0
    let losses: [(String, (Matrix) -> Double, Matrix)] = [
      (
        "regression", { MeanSquaredError().loss(predictions: $0, targets: targets) },
        2 * (z - targets) / count
      ),
      (
        "yes or no, or several labels",
        { BinaryCrossEntropy().loss(probabilities: Sigmoid().value(at: $0), targets: targets) },
        (Sigmoid().value(at: z) - targets) / count
      ),
      (
        "classes", { SoftmaxCrossEntropy().loss(logits: $0, targets: targets) },
        Softmax().value(at: z) - targets
      ),
      ("counts", { (exp($0) - targets * log(exp($0))).sum() }, exp(z) - targets),
    ]
    for (task, loss, expected) in losses {
      let numerical = GradientCheck().numericalGradient(of: loss, at: z, step: 1e-5)
      #expect(abs(numerical - expected).max() < 1e-8, "\(task)")
    }
  }

  @Test("softmax: scores of 64 terms have deviation 8, and saturate softmax unless divided by 8")
  func attention() {
    var generator = SeededGenerator(seed: 7)
    let queries = Matrix.normal(rows: 200, columns: 64, using: &generator)
    let keys = Matrix.normal(rows: 50, columns: 64, using: &generator)
    let scores = queries.matmul(keys.transposed)
    #expect(abs((scores * scores).mean().squareRoot() - 8) < 0.3)
    #expect(Softmax().value(at: scores).max(axis: 1).mean() > 0.75)
    #expect(Softmax().value(at: scores / 8).max(axis: 1).mean() < 0.25)
  }

  @Test("softmax: log-sum-exp lies between the maximum and the maximum + ln k")
  func logSumExp() {
    for row in [[3.0, -1, 2], [5, 5, 5], [0, 1000, -1000]] as [[Double]] {
      let z = Matrix([row])
      let value = z.max() + log(exp(z - z.max()).sum())
      #expect(value >= z.max() && value <= z.max() + log(3) + 1e-12)
    }
  }

  @Test("mean-squared-error: with a hidden layer it is not convex")
  func notConvex() {
    let x: Matrix = [[-1], [0.5], [2]]
    func prediction(_ incoming: Matrix, _ outgoing: Matrix) -> Matrix {
      tanh(x.matmul(incoming)).matmul(outgoing)
    }
    let targets = prediction([[2, -0.5]], [[1], [3]])
    func loss(_ incoming: Matrix, _ outgoing: Matrix) -> Double {
      MeanSquaredError().loss(predictions: prediction(incoming, outgoing), targets: targets)
    }
    #expect(loss([[-0.5, 2]], [[3], [1]]) < 1e-20)
    #expect(loss([[0.75, 0.75]], [[2], [2]]) > 0.1)
  }
}

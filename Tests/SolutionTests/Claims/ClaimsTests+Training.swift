import Grading
import KataKit
import Testing

@testable import CapstoneAnswers
@testable import Exam
@testable import Solutions

@Suite("What the pages of the training track and of the capstone claim")
struct TrainingClaims {
  private let inputs: Matrix = [[0, 0], [0, 1], [1, 0], [1, 1]]
  private let targets: Matrix = [[0], [1], [1], [0]]

  @Test("training-loop: two ReLU units learn XOR from about one start in five")
  func twoUnits() {
    var generator = SeededGenerator(seed: 1)
    let starts = 300
    let learned = (0..<starts).count { _ in learnsWithReLU(using: &generator) }
    let share = Double(learned) / Double(starts)
    #expect((0.13...0.27).contains(share), "\(share)")
  }

  @Test("training-loop: eight tanh units learn it from practically every start")
  func eightUnits() {
    var generator = SeededGenerator(seed: 2)
    let learned = (0..<50).count { _ in
      let run = TrainingLoop().train(
        hidden: .drawn(2, 8, using: &generator), output: .drawn(8, 1, using: &generator),
        inputs: inputs, targets: targets, learningRate: 0.5, epochs: 2000)
      return (run.losses.last ?? 1) < 0.1
    }
    #expect(learned == 50)
  }

  private func learnsWithReLU(using generator: inout SeededGenerator) -> Bool {
    var hidden = DenseLayer.drawn(2, 2, using: &generator)
    var output = DenseLayer.drawn(2, 1, using: &generator)
    var errors = 4.0
    for _ in 0..<1000 {
      let a = maximum(inputs.matmul(hidden.weights) + hidden.biases, 0)
      let z = a.matmul(output.weights) + output.biases
      let deltaOutput = (z.map { 1 / (1 + exp(-$0)) } - targets) / 4
      let deltaHidden = deltaOutput.matmul(output.weights.transposed) * (a .> 0)
      output.weights -= 0.5 * a.transposed.matmul(deltaOutput)
      output.biases -= 0.5 * deltaOutput.sum(axis: 0)
      hidden.weights -= 0.5 * inputs.transposed.matmul(deltaHidden)
      hidden.biases -= 0.5 * deltaHidden.sum(axis: 0)
      errors = abs((z .> 0) - targets).sum()
    }
    return errors == 0
  }

  @Test("mini-batches: swapping with any place shuffles unevenly, Fisher–Yates evenly")
  func shuffles() {
    /// How often each order of three comes out over all choices of places to swap with.
    func counts(_ choices: [[Int]]) -> [Int] {
      var orders: [[Int]: Int] = [:]
      for choice in choices {
        var order = [0, 1, 2]
        for (place, other) in choice.enumerated() { order.swapAt(2 - place, other) }
        orders[order, default: 0] += 1
      }
      return orders.values.sorted()
    }
    let places = [0, 1, 2]
    let any = places.flatMap { i in places.flatMap { j in places.map { [i, j, $0] } } }
    #expect(counts(any) == [4, 4, 4, 5, 5, 5])
    #expect(counts(places.flatMap { i in [0, 1].map { [i, $0, 0] } }) == [1, 1, 1, 1, 1, 1])
    #expect(counts([0, 1].map { [$0, 0, 0] }).count == 2)
  }

  @Test("mlp: the model answer reads 97% of the digits, and 94% at worst")
  func digits() {
    var shares: [Double] = []
    for seed in 1...5 as ClosedRange<UInt64> {
      var generator = FixtureGenerator(seed: seed)
      let (training, test) = Digits.split(using: &generator)
      var draws = SeededGenerator(seed: seed)
      var network = MLP(widths: [64, 32, 10], activations: [.relu], using: &draws)
      _ = network.fit(
        training.inputs, labels: training.labels, epochs: 15, batchSize: 32, optimizer: .adam,
        learningRate: 0.01, using: &draws)
      shares.append(network.accuracy(on: test.inputs, labels: test.labels))
    }
    #expect(shares.allSatisfy { $0 >= 0.94 }, "\(shares)")
    #expect((0.96...0.98).contains(shares.sorted()[2]), "\(shares)")
  }
}

extension DenseLayer {
  /// He's weights, and no biases.
  fileprivate static func drawn(
    _ fanIn: Int, _ fanOut: Int, using generator: inout SeededGenerator
  ) -> DenseLayer {
    DenseLayer(
      weights: .normal(
        rows: fanIn, columns: fanOut, standardDeviation: sqrt(2 / Double(fanIn)),
        using: &generator),
      biases: Matrix(rows: 1, columns: fanOut))
  }
}

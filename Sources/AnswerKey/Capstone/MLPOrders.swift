import Exam
import Grading
import KataKit
import Numerics

/// In which of six ways an epoch took two pairs of rows, told from its loss, and whether the second epoch
/// did so again.
struct MLPOrders {
  private var first: [Double] = []
  private var repeated: [Double] = []

  init(of training: MLPExam.Training) {
    for pair in [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]] {
      let order = [pair, (0..<4).filter { !pair.contains($0) }]
      var network = MLPSuite.Reference(training)
      var memory = MLPSuite.Reference.Memory(for: network)
      first.append(network.loss(ofEpoch: order, in: training, &memory))
      repeated.append(network.loss(ofEpoch: order, in: training, &memory))
    }
  }

  private func isSame(_ loss: Double, _ expected: Double) -> Bool {
    abs(loss - expected) <= 1e-3 * expected
  }

  func order(with loss: Double) -> Int? {
    first.indices.min { abs(first[$0] - loss) < abs(first[$1] - loss) }
      .flatMap { isSame(loss, first[$0]) ? $0 : nil }
  }

  func isRepeated(_ order: Int?, with loss: Double) -> Bool {
    order.map { isSame(loss, repeated[$0]) } ?? false
  }

  /// What the losses of 24 calls tell, of which some have a second epoch.
  func blocks(of runs: [[Double]]) -> [Block] {
    let orders = runs.map { $0.first.flatMap(order) }
    let areNew = zip(runs, orders).contains { losses, order in
      losses.count == 2 && !isRepeated(order, with: losses[1])
    }
    var firstLosses: [Double] = []
    for loss in runs.compactMap(\.first)
    where !firstLosses.contains(where: { abs($0 - loss) < 1e-9 }) {
      firstLosses.append(loss)
    }
    return [
      Block("all rows once in every epoch", orders.contains(nil) ? 0 : 1),
      // Of 24 draws from six there are fewer than three different ones once in 10¹⁰.
      Block(
        "different orders in 24 epochs", Double(min(6, firstLosses.count)),
        acceptance: .between(3...6, noise: 0.1)),
      Block("second epochs in an order of their own", areNew ? 1 : 0),
    ]
  }
}

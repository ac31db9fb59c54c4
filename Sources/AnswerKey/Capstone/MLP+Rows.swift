import KataKit

extension MLPSuite {
  /// The order in which an epoch takes the rows.
  struct Rows {
    private(set) var order: [Int]
    /// Of each row.
    var labels: [Int]
    var batches: [[Int]] = []
    private(set) var epoch = 0
    private(set) var generator: SeededGenerator
    private let cut: ([Int]) -> [[Int]]

    init(labels: [Int], generator: SeededGenerator, cut: @escaping ([Int]) -> [[Int]]) {
      order = Array(labels.indices)
      (self.labels, self.generator, self.cut) = (labels, generator, cut)
    }

    /// The rows in the order of the epoch before.
    mutating func begin(_ epoch: Int, labels: [Int]) {
      (self.epoch, self.labels, batches) = (epoch, labels, cut(order))
    }

    func shuffled() -> Rows {
      var rows = self
      rows.order = order.shuffled(using: &rows.generator)
      rows.batches = cut(rows.order)
      return rows
    }

    func shuffled<Element>(_ list: WritableKeyPath<Rows, [Element]>) -> Rows {
      var rows = self
      rows[keyPath: list] = rows[keyPath: list].shuffled(using: &rows.generator)
      return rows
    }

    func redrawn() -> Rows {
      var rows = self
      for row in order.indices {
        rows.order[row] = .random(in: order.indices, using: &rows.generator)
      }
      rows.batches = cut(rows.order)
      return rows
    }
  }
}

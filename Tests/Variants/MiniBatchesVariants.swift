import KataKit

private typealias Batches = [(inputs: Matrix, targets: Matrix)]

extension CorrectAnswers {
  static let miniBatches = CorrectAnswers(
    kata: "mini-batches",
    variants: [
      FisherYatesBatches.self, RandomKeyBatches.self, PermutationBatches.self,
      PointerBatches.self, RecursiveBatches.self, DealingBatches.self, SortedBatches.self,
    ])
}

/// Fisher–Yates by hand, from the end, and row after row appended.
private struct FisherYatesBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    var order = Array(0..<inputs.rows)
    for last in stride(from: order.count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(generator.next() % UInt64(last + 1)))
    }
    var result: [([[Double]], [[Double]])] = []
    for (place, row) in order.enumerated() {
      if place % batchSize == 0 { result.append(([], [])) }
      result[result.count - 1].0.append(inputs.row(row).elements)
      result[result.count - 1].1.append(targets.row(row).elements)
    }
    return result.map { (Matrix($0.0), Matrix($0.1)) }
  }
}

/// Sorted by a random key each; all rows are gathered first, then sliced.
private final class RandomKeyBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    let keys = (0..<inputs.rows).map { _ in generator.uniform() }
    let order = keys.indices.sorted { keys[$0] < keys[$1] }
    let (shuffled, alike) = (inputs.gather(rows: order), targets.gather(rows: order))
    let count = (inputs.rows + batchSize - 1) / batchSize
    return (0..<count).map { batch in
      let rows = batch * batchSize..<min(inputs.rows, (batch + 1) * batchSize)
      return (shuffled.slice(rows: rows), alike.slice(rows: rows))
    }
  }
}

/// Products with rows of a permutation matrix.
private struct PermutationBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    let permutation = Matrix.identity(inputs.rows)
      .gather(rows: (0..<inputs.rows).shuffled(using: &generator))
    return stride(from: 0, to: inputs.rows, by: batchSize).map { start in
      let part = permutation.slice(rows: start..<min(start + batchSize, inputs.rows))
      return (part.matmul(inputs), part.matmul(targets))
    }
  }
}

/// A start that moves on; one batch of all rows is not shuffled, as its order means nothing.
private struct PointerBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    if batchSize >= inputs.rows { return [(inputs, targets)] }
    var order = Array(0..<inputs.rows)
    order.shuffle(using: &generator)
    var (result, start) = (Batches(), 0)
    while start < order.count {
      let rows = Array(order.dropFirst(start).prefix(batchSize))
      result.append((inputs.gather(rows: rows), targets.gather(rows: rows)))
      start += rows.count
    }
    return result
  }
}

/// The first batch, and the batches of the rest.
private enum Cutting {
  static func batches(of rows: ArraySlice<Int>, _ size: Int) -> [[Int]] {
    rows.isEmpty
      ? [] : [Array(rows.prefix(size))] + batches(of: rows.dropFirst(size), size)
  }
}

private struct RecursiveBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    var child = SeededGenerator(seed: generator.next())
    let pairs = zip(0..., 0..<inputs.rows).shuffled(using: &child)
    return Cutting.batches(of: pairs.map(\.1)[...], batchSize).map {
      (inputs.gather(rows: $0), targets.gather(rows: $0))
    }
  }
}

/// Every row is drawn from those that are left.
private struct DealingBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    var (left, result) = (Array(0..<inputs.rows), Batches())
    while !left.isEmpty {
      let rows = (0..<min(batchSize, left.count)).map { _ in
        left.remove(at: Int(generator.uniform() * Double(left.count)))
      }
      result.append((inputs.gather(rows: rows), targets.gather(rows: rows)))
    }
    return result
  }
}

/// Inside a batch the rows are in their old order.
private struct SortedBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    let order = (0..<inputs.rows).shuffled(using: &generator)
    return stride(from: 0, to: order.count, by: batchSize).map { start in
      let rows = order[start..<min(start + batchSize, order.count)].sorted()
      return (inputs.gather(rows: rows), targets.gather(rows: rows))
    }
  }
}

import KataKit

struct MiniBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    // solution:begin
    // One order for both keeps the pairs together.
    let order = (0..<inputs.rows).shuffled(using: &generator)
    return stride(from: 0, to: order.count, by: batchSize).map { start in
      let rows = Array(order[start..<min(start + batchSize, order.count)])
      return (inputs.gather(rows: rows), targets.gather(rows: rows))
    }
    // solution:end
  }
}

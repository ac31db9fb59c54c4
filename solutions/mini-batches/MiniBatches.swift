import KataKit

struct MiniBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    // solution:begin
    // One order for both keeps the pairs together.
    // bug not-shuffled: let order = Array(0..<inputs.rows)
    // bug drawn-with-replacement: let order = (0..<inputs.rows).map { _ in Int.random(in: 0..<inputs.rows, using: &generator) }
    let order = (0..<inputs.rows).shuffled(using: &generator)
    // bug rest-lost: return stride(from: 0, through: order.count - batchSize, by: batchSize).map { start in
    // bug empty-last: return stride(from: 0, through: order.count, by: batchSize).map { start in
    return stride(from: 0, to: order.count, by: batchSize).map { start in
      // bug one-row-too-few: let rows = Array(order[start..<min(start + batchSize - 1, order.count)])
      // bug one-row-too-many: let rows = Array(order[start...min(start + batchSize, order.count - 1)])
      let rows = Array(order[start..<min(start + batchSize, order.count)])
      return (inputs.gather(rows: rows), targets.gather(rows: rows))
    }
    // solution:end
  }
}

import KataKit

struct MiniBatches: MiniBatchesKata {
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    todo()
  }
}

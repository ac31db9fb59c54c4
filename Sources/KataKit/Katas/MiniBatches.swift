/// The mini-batches of one epoch.
public protocol MiniBatchesKata {
  init()

  /// All rows in a new order, cut into batches of `batchSize` rows.
  ///
  /// Every row is in exactly one batch, its inputs and its targets at the same place in the same batch.
  /// The last batch holds the rows that are left over: from 1 to `batchSize` of them, never none.
  ///
  /// Every order of the rows is equally likely. It is drawn from `generator`, by any algorithm.
  ///
  /// - Parameters:
  ///   - inputs: n × features, n ≥ 1.
  ///   - targets: n × outputs.
  ///   - batchSize: 1 or more; if it is n or more, all rows are one batch.
  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)]
}

import Grading

extension MLPSuite {
  /// What an epoch goes through, and its loss.
  enum Course {
    static let all: [any SiteListing] = [order, batches, losses]

    static let order = Site<Rows, Rows>("order") {
      $0.shuffled()
    } mistakes: {
      Mistake("no-shuffle", "You did not shuffle the rows.") { $0 }
      Mistake("shuffled-once", "You shuffled the rows once; every epoch has an order of its own.") {
        $0.epoch == 0 ? $0.shuffled() : $0
      }
      Mistake(
        "batches-shuffled-only",
        "You shuffled the batches, and each has the same rows in every epoch; shuffle the rows."
      ) { $0.shuffled(\.batches) }
      Mistake(
        "pairs-torn-apart",
        "You shuffled inputs and labels apart, so that they no longer belong together."
      ) { $0.shuffled().shuffled(\.labels) }
      Mistake(
        "drawn-with-replacement",
        "You drew the rows of an epoch with replacement; every row comes once."
      ) { $0.redrawn() }
    }

    static let batches = Site<(order: [Int], size: Int), [[Int]]>("batches") {
      cut($0.order, $0.size)
    } mistakes: {
      Mistake("first-batch-only", "You trained on the first batch of every epoch only.") {
        Array(cut($0.order, $0.size).prefix(1))
      }
      Mistake(
        "last-batch-dropped", "You left out the last batch where it is smaller than the others."
      ) { rows in
        cut(rows.order, rows.size).filter { $0.count == rows.size }
      }
      Mistake("batch-size-ignored", "You took all rows as one batch; an epoch is cut into batches.")
      { [$0.order] }
    }

    static func cut(_ order: [Int], _ size: Int) -> [[Int]] {
      stride(from: 0, to: order.count, by: size).map {
        Array(order[$0..<min($0 + size, order.count)])
      }
    }

    /// The losses of the batches of an epoch, and how many rows there are in each and in all.
    typealias Losses = (ofBatches: [Double], counts: [Int], rows: Int)

    static let losses = Site<Losses, [Double]>("loss") {
      [sum($0) / Double($0.rows)]
    } mistakes: {
      Mistake(
        "loss-summed", "You summed the loss over the rows; the loss of an epoch is their mean."
      ) { [sum($0)] }
      Mistake(
        "loss-of-batches-averaged",
        "You averaged over batches; a smaller last one counts by its rows in the mean over all."
      ) { [$0.ofBatches.reduce(0, +) / Double($0.ofBatches.count)] }
      Mistake(
        "loss-of-last-batch",
        "You returned the loss of the last batch; the loss of an epoch is the mean over all rows."
      ) { $0.ofBatches.isEmpty ? nil : $0.ofBatches.suffix(1) }
      Mistake(
        "loss-of-every-batch", "You returned the loss of every batch; return one number per epoch."
      ) { $0.ofBatches }
    }

    private static func sum(_ losses: Losses) -> Double {
      zip(losses.ofBatches, losses.counts).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
  }
}

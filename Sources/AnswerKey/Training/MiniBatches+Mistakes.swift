package import Grading
package import KataKit
import Numerics
import SharedAnswers

extension MiniBatchesSuite {
  package static let mistakes = MistakeCatalogue(at: [orders, source, cuts, targetPlaces])

  package static func reference(at: Computation<Self>) -> any MiniBatchesKata {
    FaultyMiniBatches(at: at)
  }
}

/// Mini-batches that can make any of the mistakes on purpose.
private struct FaultyMiniBatches: MiniBatchesKata {
  var at = Computation<MiniBatchesSuite>()

  func batches(
    of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
  ) -> [(inputs: Matrix, targets: Matrix)] {
    let source = at(source, generator)
    let order = at(orders, Epoch(count: inputs.rows, batchSize: batchSize, source: source))
    source.moveOn(&generator)
    let cuts = at(cuts, Cuts(count: inputs.rows, size: batchSize))
    return cuts.map { places in
      let targetPlaces = at(targetPlaces, (places, cuts[0], inputs.rows))
      return (
        inputs.gather(rows: places.map { order.inputs[$0] }),
        targets.gather(rows: targetPlaces.map { order.targets[$0] })
      )
    }
  }
}

// MARK: Which row is where

/// What goes into the order of the rows in one epoch.
private struct Epoch {
  let count: Int
  let batchSize: Int
  let source: Source

  var rows: [Int] { Array(0..<count) }
  var shuffled: [Int] { source.shuffled(rows) }
  /// Each row drawn from a buffer of the next sixteen.
  var buffered: [Int] {
    var (buffer, order) = ([Int](), [Int]())
    for row in rows {
      buffer.append(row)
      if buffer.count > 16 { order.append(buffer.remove(at: source.index(below: buffer.count))) }
    }
    return order + source.shuffled(buffer)
  }

  /// The rows as they come, cut into batches.
  var batches: [[Int]] { Cuts(count: count, size: batchSize).all }
}

/// The rows of the inputs, and those of the targets.
private struct Order {
  let inputs, targets: [Int]

  init(_ inputs: [Int], targets: [Int]? = nil) {
    (self.inputs, self.targets) = (inputs, targets ?? inputs)
  }
}

private let orders = Site<Epoch, Order>("order") {
  Order($0.shuffled)
} mistakes: {
  Mistake(
    "shuffled-apart",
    "You shuffled inputs and targets apart; gather both by one and the same order."
  ) { Order($0.shuffled, targets: $0.shuffled) }
  Mistake(
    "only-inputs-shuffled", "You shuffled the inputs only; the targets have to follow them."
  ) { Order($0.shuffled, targets: $0.rows) }
  Mistake(
    "only-targets-shuffled", "You shuffled the targets only; the inputs have to follow them."
  ) { Order($0.rows, targets: $0.shuffled) }
  Mistake(
    "not-shuffled", "You left the rows in the order they came in; shuffle them first."
  ) { Order($0.rows) }
  Mistake("reversed", "You only turned the rows round; shuffle them.") { Order($0.rows.reversed()) }
  Mistake(
    "rotated", "You only began at another row and went on from there; shuffle the rows."
  ) { epoch in
    let start = epoch.source.index(below: epoch.count)
    return Order(Array(start..<epoch.count) + Array(0..<start))
  }
  Mistake(
    "only-batches-shuffled",
    "You shuffled the batches and left the rows in them; shuffle the rows, then cut."
  ) { epoch in
    let batches = epoch.batches
    return Order(epoch.source.shuffled(Array(batches.indices)).flatMap { batches[$0] })
  }
  Mistake(
    "shuffled-within-batches",
    "You shuffled each batch by itself; shuffle all the rows first, then cut."
  ) { epoch in Order(epoch.batches.flatMap { epoch.source.shuffled($0) }) }
  Mistake(
    "shuffled-for-each-batch",
    "You shuffled again for each batch; shuffle once, and cut that one order."
  ) { epoch in Order(epoch.batches.flatMap { epoch.shuffled.prefix($0.count) }) }
  Mistake(
    "shuffled-in-a-window",
    "Your rows travel a short way only, as from a shuffle buffer or in chunks; shuffle all at once."
  ) { Order($0.buffered) }
  Mistake(
    "drawn-with-replacement",
    "You drew the rows with replacement; an epoch takes each exactly once: shuffle them."
  ) { epoch in Order(epoch.rows.map { _ in epoch.source.index(below: epoch.count) }) }
}

/// A generator that always starts anew and a shuffle that leaves no row where it is may both change two
/// rows' places every time.
private let source = SamplerSites.generator(
  copied: "pass the one handed in on with `&`.",
  other:
    "An equal generator gave another order; draw from nothing else, and keep nothing between calls.",
  and: [
    Mistake(
      "cyclic-orders-only",
      "Two rows always change places with you; in Fisher–Yates a row may swap with itself: 0...i."
    ) { Source($0) { sattolo($0, using: &$1) } }
  ])

/// Sattolo 1986: Fisher–Yates that excludes the row itself.
private func sattolo(_ rows: [Int], using generator: inout SeededGenerator) -> [Int] {
  var order = rows
  for last in rows.indices.dropFirst().reversed() {
    order.swapAt(last, .random(in: 0..<last, using: &generator))
  }
  return order
}

// MARK: Where an order is cut

/// `count` places in batches of `size`.
private struct Cuts {
  let count, size: Int

  /// The rest comes last.
  var all: [[Int]] { batches(of: size) }
  var full: [[Int]] { all.filter { $0.count == size } }

  /// Where each batch starts, `length` places, as far as there are any.
  func batches(of length: Int) -> [[Int]] {
    let places = Array(0..<count)
    return stride(from: 0, to: count, by: size).map { Array(places[$0..<min($0 + length, count)]) }
  }
}

private let cuts = Site<Cuts, [[Int]]>("cuts") {
  $0.all
} mistakes: {
  Mistake(
    "rest-lost", "You dropped the rows that do not fill a batch; make them the last batch."
  ) { $0.full }
  Mistake(
    "single-row-lost", "You dropped a last batch of a single row; a batch may be as small."
  ) { $0.size > 1 && $0.count > $0.size ? $0.all.filter { $0.count > 1 } : nil }
  Mistake(
    "rest-first", "Your smaller batch comes first; the rows that are left over are the last batch."
  ) { cuts in
    let rest = cuts.count % cuts.size
    let (places, later) = (Array(0..<cuts.count), Cuts(count: cuts.count - rest, size: cuts.size))
    return (rest > 0 ? [Array(places[..<rest])] : []) + later.all.map { $0.map { $0 + rest } }
  }
  Mistake(
    "evenly-split",
    "You made all batches as equal as possible; each has `batchSize` rows, and the last what is left."
  ) { cuts in
    let batches = (cuts.count + cuts.size - 1) / cuts.size
    return (0..<batches).map {
      Array($0 * cuts.count / batches..<($0 + 1) * cuts.count / batches)
    }
  }
  Mistake(
    "rest-filled-up", "You filled up the last batch with rows of other batches; leave it smaller."
  ) { cuts in
    cuts.all.map { batch in (0..<cuts.size).map { (batch[0] + $0) % cuts.count } }
  }
  Mistake(
    "rest-merged",
    "You put the rows that are left over into the batch before; make them a batch of their own."
  ) {
    let (batches, rest) = ($0.full, $0.all.suffix(from: $0.full.count).joined())
    return batches.isEmpty ? nil : batches.dropLast() + [batches[batches.count - 1] + rest]
  }
  Mistake(
    "empty-last", "You made an empty last batch where no row is left over; stop before it."
  ) { $0.count % $0.size == 0 ? $0.all + [[]] : nil }
  Mistake(
    "one-row-too-many",
    "Your batches run one row too far, into the next; the end is exclusive: ..<."
  ) { $0.batches(of: $0.size + 1) }
  Mistake(
    "one-row-too-few", "Your batches stop one row early, so that a row of each is lost."
  ) { $0.batches(of: $0.size - 1) }
  Mistake(
    "count-for-size",
    "You took `batchSize` for the number of batches; use it as the number of rows in a batch."
  ) { Cuts(count: $0.count, size: max(1, $0.count / $0.size)).all }
}

private let targetPlaces = Site<(places: [Int], first: [Int], count: Int), [Int]>("targets") {
  $0.places
} mistakes: {
  Mistake(
    "targets-of-first-batch", "You gave every batch the targets of the first one; cut them alike."
  ) { $0.first }
  Mistake(
    "targets-uncut", "You gave every batch all the targets; cut them as you cut the inputs."
  ) { Array(0..<$0.count) }
}

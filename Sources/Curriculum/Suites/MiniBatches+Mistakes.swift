import Grading
import KataKit

extension MiniBatchesSuite {
  package enum Slip: String, ListedMistake {
    case apart = "shuffled-apart"
    case onlyInputs = "only-inputs-shuffled"
    case onlyTargets = "only-targets-shuffled"
    case notShuffled = "not-shuffled"
    case reversed
    case rotated
    case batchesOnly = "only-batches-shuffled"
    case withinBatches = "shuffled-within-batches"
    case reshuffled = "shuffled-for-each-batch"
    case replacement = "drawn-with-replacement"
    case cyclic = "cyclic-orders-only"
    case ownSeed = "own-seed"
    case otherSource = "other-source"
    case generatorCopied = "generator-copied"
    case restLost = "rest-lost"
    case restFilledUp = "rest-filled-up"
    case restMerged = "rest-merged"
    case emptyLast = "empty-last"
    case oneTooMany = "one-row-too-many"
    case oneTooFew = "one-row-too-few"
    case countForSize = "count-for-size"
    case firstTargets = "targets-of-first-batch"
    case allTargets = "targets-uncut"

    package var sentence: String {
      switch self {
      case .apart:
        "You shuffled inputs and targets apart; gather both by one and the same order."
      case .onlyInputs: "You shuffled the inputs only; the targets have to follow them."
      case .onlyTargets: "You shuffled the targets only; the inputs have to follow them."
      case .notShuffled: "You left the rows in the order they came in; shuffle them first."
      case .reversed: "You only turned the rows round; shuffle them."
      case .rotated: "You only began at another row and went on from there; shuffle the rows."
      case .batchesOnly:
        "You shuffled the batches and left the rows in them; shuffle the rows, then cut."
      case .withinBatches:
        "You shuffled each batch by itself; shuffle all the rows first, then cut."
      case .reshuffled:
        "You shuffled anew for each batch; shuffle once, and cut that one order."
      case .replacement:
        "You drew the rows with replacement; an epoch takes each exactly once: shuffle them."
      case .cyclic:
        "Your shuffle never leaves a row in its place; a row may swap with itself: 0...i."
      case .ownSeed:
        "You drew from a generator with a seed of your own; use the one that is handed in."
      case .otherSource:
        "You drew from the system's randomness; use the generator that is handed in."
      case .generatorCopied:
        "You drew from a copy of the generator; pass the one handed in on with `&`."
      case .restLost: "You dropped the rows that do not fill a batch; they are the last batch."
      case .restFilledUp:
        "You filled the last batch up with rows of other batches; it is smaller."
      case .restMerged: "You put the rows that are left over into the batch before; they are one."
      case .emptyLast:
        "You made an empty last batch where no row is left over; stop before it."
      case .oneTooMany:
        "Your batches run one row too far, into the next; the end is exclusive: ..<."
      case .oneTooFew: "Your batches stop one row early, so that a row of each is lost."
      case .countForSize:
        "You took `batchSize` for the number of batches; it is the number of rows in one."
      case .firstTargets: "You gave every batch the targets of the first one; cut them alike."
      case .allTargets: "You gave every batch all the targets; cut them as you cut the inputs."
      }
    }

    package var site: String {
      switch self {
      case .apart, .onlyInputs, .onlyTargets, .notShuffled, .reversed, .rotated, .batchesOnly,
        .withinBatches, .reshuffled, .replacement:
        "order"
      // A generator that always begins anew, too, may change two rows' places every time.
      case .ownSeed, .otherSource, .generatorCopied, .cyclic: "generator"
      case .restLost, .restFilledUp, .restMerged, .emptyLast, .oneTooMany, .oneTooFew,
        .countForSize:
        "cuts"
      case .firstTargets, .allTargets: "targets"
      }
    }
  }

  /// Mini-batches that can make any of the mistakes on purpose.
  struct Reference: MiniBatchesKata {
    let mistakes: Set<Slip>

    init() { mistakes = [] }
    init(mistakes: Set<Slip>) { self.mistakes = mistakes }

    private func makes(_ slip: Slip) -> Bool { mistakes.contains(slip) }

    func batches(
      of inputs: Matrix, targets: Matrix, batchSize: Int, using generator: inout SeededGenerator
    ) -> [(inputs: Matrix, targets: Matrix)] {
      var source = generator
      if makes(.ownSeed) { source = SeededGenerator(seed: 42) }
      if makes(.otherSource) { source = SeededGenerator(seed: .random(in: .min ... .max)) }
      let (order, targetOrder) = orders(inputs.rows, batchSize, using: &source)
      if mistakes.isDisjoint(with: [.ownSeed, .otherSource, .generatorCopied]) {
        generator = source
      }

      let targetBatches = cut(targetOrder, batchSize)
      return zip(cut(order, batchSize), targetBatches).map { rows, targetRows in
        let targetRows =
          makes(.firstTargets) ? targetBatches[0] : makes(.allTargets) ? targetOrder : targetRows
        return (inputs.gather(rows: rows), targets.gather(rows: targetRows))
      }
    }

    /// The rows of the inputs and those of the targets.
    private func orders(
      _ count: Int, _ batchSize: Int, using generator: inout SeededGenerator
    ) -> ([Int], [Int]) {
      let rows = Array(0..<count)
      let order = order(rows, batchSize, using: &generator)
      if makes(.apart) { return (order, rows.shuffled(using: &generator)) }
      return (makes(.onlyTargets) ? rows : order, makes(.onlyInputs) ? rows : order)
    }

    private func order(
      _ rows: [Int], _ batchSize: Int, using generator: inout SeededGenerator
    ) -> [Int] {
      func batches() -> [[Int]] {
        stride(from: 0, to: rows.count, by: batchSize).map {
          Array(rows[$0...].prefix(batchSize))
        }
      }
      switch mistakes.first(where: { $0.site == "order" }) {
      case .notShuffled: return rows
      case .reversed: return rows.reversed()
      case .rotated:
        let start = Int.random(in: 0..<rows.count, using: &generator)
        return Array(rows[start...] + rows[..<start])
      case .batchesOnly: return batches().shuffled(using: &generator).flatMap { $0 }
      case .withinBatches: return batches().flatMap { $0.shuffled(using: &generator) }
      case .reshuffled:
        return batches().flatMap { rows.shuffled(using: &generator).prefix($0.count) }
      case .replacement: return rows.map { _ in .random(in: 0..<rows.count, using: &generator) }
      default:
        guard makes(.cyclic) else { return rows.shuffled(using: &generator) }
        // Sattolo 1986: Fisher–Yates that excludes the row itself.
        var order = rows
        for last in rows.indices.dropFirst().reversed() {
          order.swapAt(last, .random(in: 0..<last, using: &generator))
        }
        return order
      }
    }

    private func cut(_ order: [Int], _ batchSize: Int) -> [[Int]] {
      let count = order.count
      let size = makes(.countForSize) ? max(1, count / batchSize) : batchSize
      var starts = Array(stride(from: 0, to: count, by: size))
      if makes(.restLost) { starts.removeAll { $0 + size > count } }
      if makes(.restMerged) { starts = Array(starts.prefix(max(1, count / size))) }
      if makes(.emptyLast), count % size == 0 { starts.append(count) }
      return starts.map { start in
        if makes(.restFilledUp) { return (start..<start + size).map { order[$0 % count] } }
        var end = start + size
        if makes(.oneTooMany) { end += 1 }
        if makes(.oneTooFew) { end -= 1 }
        if makes(.restMerged), start == starts.last { end = count }
        return Array(order[start..<min(end, count)])
      }
    }
  }
}

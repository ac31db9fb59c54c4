package import Grading
package import KataKit

package enum MiniBatchesSuite: Suite {
  /// Rows to be cut into batches, all different from each other.
  package struct Fixture: Sendable {
    let inputs: Matrix
    let targets: Matrix
    let batchSize: Int
    /// Of the generator that is handed in.
    let seed: UInt64
    let question: Question

    var rows: Int { inputs.rows }
  }

  package enum Question: Sendable {
    case cuts, order, twoRows
  }

  package static let kata = Kata(
    "mini-batches", type: "MiniBatches", requirement: "MiniBatchesKata",
    title: "shuffled mini-batches, every row once an epoch", track: .training, minutes: 6)

  package static func subject(of type: any Any.Type) -> (any MiniBatchesKata)? {
    (type as? any MiniBatchesKata.Type)?.init()
  }

  /// What can be said of the batches without regard to which order was drawn.
  package static func answer(of subject: any MiniBatchesKata, to fixture: Fixture) -> [Block] {
    switch fixture.question {
    case .cuts: cuts(subject, fixture)
    case .order: order(subject, fixture) + source(subject, fixture)
    case .twoRows: bothOrders(subject, fixture)
    }
  }

  package static var checks: [Check<Self>] {
    [
      check(on: leftOver, holds: "every row once, with its target", cuts),
      check("the rest comes last", on: leftOver, holds: "only the last batch is smaller", sizes),
      check(on: even, holds: "every batch full, none empty", cuts),
      check(on: ones, holds: "one row in every batch", cuts),
      check(on: whole, holds: "one batch with every row", cuts),
      check(on: larger, holds: "one batch with every row", cuts),
      check(on: single, holds: "one batch of one row", cuts),
      chance(on: many, holds: "no trace of the old order, and a new one each time", order),
      chance(on: twoRows, holds: "both orders occur", bothOrders),
      .generator(of: "batches", on: many, source: source),
      .repeatable(on: leftOver),
      chance(
        on: places, holds: "each row is equally often in each batch",
        pattern: "Some orders come more often than others; all have to be equally likely.",
        uniformity
      ).afterTheRest,
    ]
  }

  private static func check(
    _ name: String? = nil, on probe: Case<Fixture>, holds: String,
    _ part: @escaping @Sendable (any MiniBatchesKata, Fixture) -> [Block]
  ) -> Check<Self> {
    Check(name ?? probe.name, on: [probe]) { (subject, seed) throws(Finding) in
      let fixture = probe.fixture(seed: seed)
      let truth = part(reference(making: []), fixture)
      if let finding = part(subject, fixture).finding(against: truth) { throw finding }
      return holds
    }
  }

  /// No truth need be drawn where every block has a range of its own.
  private static func chance(
    on probe: Case<Fixture>, holds: String, pattern: String? = nil,
    _ part: @escaping @Sendable (any MiniBatchesKata, Fixture) -> [Block]
  ) -> Check<Self> {
    Check(probe.name, on: [probe]) { (subject, seed) throws(Finding) in
      let blocks = part(subject, probe.fixture(seed: seed))
      if let finding = blocks.finding(against: blocks.map(\.nearestAccepted)) {
        throw Finding(finding.message, pattern: pattern)
      }
      return holds
    }
  }

  // MARK: Fixtures

  /// With 14 rows and more no order comes by chance: 1/14! = 1e-11.
  private static let leftOver = Case<Fixture>("rows left over") { generator in
    let size = Int.random(in: 4...6, using: &generator)
    let rest = Int.random(in: 2..<size, using: &generator)
    return fixture(3 * size + rest, batchSize: size, using: &generator)
  }

  private static let even = Case<Fixture>("nothing left over") { generator in
    let size = Int.random(in: 5...7, using: &generator)
    return fixture(3 * size, batchSize: size, using: &generator)
  }

  private static let ones = Case<Fixture>("batches of one") { generator in
    fixture(.random(in: 14...20, using: &generator), batchSize: 1, using: &generator)
  }

  private static let whole = Case<Fixture>("as many as rows") { generator in
    let rows = Int.random(in: 14...20, using: &generator)
    return fixture(rows, batchSize: rows, using: &generator)
  }

  private static let larger = Case<Fixture>("more than rows") { generator in
    let rows = Int.random(in: 14...20, using: &generator)
    return fixture(
      rows, batchSize: rows + .random(in: 3...9, using: &generator), using: &generator)
  }

  private static let single = Case<Fixture>("single row") { generator in
    fixture(1, batchSize: .random(in: 3...5, using: &generator), using: &generator)
  }

  private static let many = Case<Fixture>("new order") { generator in
    fixture(62, batchSize: 5, .order, using: &generator)
  }

  private static let twoRows = Case<Fixture>("two rows") { generator in
    fixture(2, batchSize: 1, .twoRows, using: &generator)
  }

  private static let places = Case<Fixture>("equal chances") { generator in
    fixture(12, batchSize: 1, using: &generator)
  }

  private static func fixture(
    _ rows: Int, batchSize: Int, _ question: Question = .cuts,
    using generator: inout SeededGenerator
  ) -> Fixture {
    let widths = generator.sizes(2)
    return Fixture(
      inputs: .normal(rows: rows, columns: widths[0], using: &generator),
      targets: .normal(rows: rows, columns: widths[1], using: &generator),
      batchSize: batchSize, seed: generator.next(), question: question)
  }

  // MARK: Which rows are where

  private typealias Batches = [(inputs: Matrix, targets: Matrix)]

  private static func batches(
    _ subject: any MiniBatchesKata, _ fixture: Fixture, using generator: inout SeededGenerator
  ) -> Batches {
    subject.batches(
      of: fixture.inputs, targets: fixture.targets, batchSize: fixture.batchSize,
      using: &generator)
  }

  private static func batches(_ subject: any MiniBatchesKata, _ fixture: Fixture) -> Batches {
    var generator = SeededGenerator(seed: fixture.seed)
    return batches(subject, fixture, using: &generator)
  }

  /// Finds the rows of a matrix again.
  private struct Register {
    private let matrix: Matrix
    private var places: [Double: Int] = [:]

    init(_ matrix: Matrix) {
      self.matrix = matrix
      for row in 0..<matrix.rows { places[matrix[row, 0]] = row }
    }

    /// For each row of `part` the one that it is; nil for one that is none of them.
    func rows(of part: Matrix) -> [Int?] {
      guard part.columns == matrix.columns else { return Array(repeating: nil, count: part.rows) }
      let found = (0..<part.rows).map { places[part[$0, 0]] }
      if matrix.gather(rows: found.compactMap { $0 }) == part { return found }
      return found.enumerated().map { row, place in
        place.flatMap { part.row(row) == matrix.row($0) ? $0 : nil }
      }
    }
  }

  // MARK: Blocks

  /// A count that has to be 0; how far it is from it may be chance.
  private static func none(_ things: String, _ count: Int) -> Block {
    Block("number of \(things)", Double(count), acceptance: .between(0...0, noise: 1))
  }

  /// As many numbers as there should be batches, so that a wrong number of batches is one finding.
  private static func list(_ name: String, _ counts: [Int], _ fixture: Fixture) -> Block {
    let expected = (fixture.rows + fixture.batchSize - 1) / fixture.batchSize
    let padded =
      counts.prefix(expected) + Array(repeating: 0, count: max(0, expected - counts.count))
    return Block(name, padded.map { Double($0) })
  }

  /// How large the batches are, the largest first, and whether each row is in one, with its target.
  @Sendable private static func cuts(
    _ subject: any MiniBatchesKata, _ fixture: Fixture
  ) -> [Block] {
    let batches = batches(subject, fixture)
    let inputs = Register(fixture.inputs)
    let targets = Register(fixture.targets)
    let pairs = batches.map { (inputs.rows(of: $0.inputs), targets.rows(of: $0.targets)) }
    let taken = pairs.flatMap { $0.0 }
    let targetsTaken = pairs.flatMap { $0.1 }
    let torn = pairs.reduce(0) { $0 + zip($1.0, $1.1).count { $0 != $1 } }
    return [
      Block("number of batches", Double(batches.count)),
      list("input rows of batch", batches.map(\.inputs.rows).sorted(by: >), fixture),
      list("target rows of batch", batches.map(\.targets.rows).sorted(by: >), fixture),
      none(
        "batches with other columns",
        batches.count {
          $0.inputs.columns != fixture.inputs.columns
            || $0.targets.columns != fixture.targets.columns
        }),
      none("rows that were not handed in", (taken + targetsTaken).count { $0 == nil }),
      none("rows in no batch", fixture.rows - Set(taken.compactMap { $0 }).count),
      none("rows taken again", taken.count - Set(taken).count),
      none("targets in no batch", fixture.rows - Set(targetsTaken.compactMap { $0 }).count),
      none("rows with another row's target", torn),
    ]
  }

  @Sendable private static func sizes(
    _ subject: any MiniBatchesKata, _ fixture: Fixture
  ) -> [Block] {
    [list("input rows of batch", batches(subject, fixture).map(\.inputs.rows), fixture)]
  }

  /// What is left of the order in which 62 rows came, in batches of 5.
  ///
  /// Any one order comes once in 62! times. k steps from row to row are one given distance, mod 62, with
  /// a probability of at most 1/k!, and 25 of them are below 1e-9 even where rows are sorted again
  /// inside each batch, with 4 steps of 1 on average. Of the rows 5 stay in their batch on average; 36
  /// have a probability of at most 5³⁶/36! · 62³⁶·26!/62! < 1e-9.
  @Sendable private static func order(
    _ subject: any MiniBatchesKata, _ fixture: Fixture
  ) -> [Block] {
    var generator = SeededGenerator(seed: fixture.seed)
    let epochs = [0, 1].map { _ in batches(subject, fixture, using: &generator) }
    let register = Register(fixture.inputs)
    let orders = epochs.map { $0.flatMap { register.rows(of: $0.inputs).compactMap { $0 } } }
    let targets = Register(fixture.targets)
    let targetOrder = epochs[0].flatMap { targets.rows(of: $0.targets).compactMap { $0 } }
    func blocks(_ name: String, _ order: [Int]) -> [Block] {
      let isOld = !order.isEmpty && order == Array(0..<order.count)
      var counts = [Int](repeating: 0, count: fixture.rows)
      for (row, next) in zip(order, order.dropFirst()) {
        counts[(next - row + fixture.rows) % fixture.rows] += 1
      }
      func steps(_ count: Int, _ name: String) -> Block {
        Block(name, Double(count), acceptance: .between(0...24, noise: 0.1))
      }
      let staying = order.enumerated().count {
        $0.offset / fixture.batchSize == $0.element / fixture.batchSize
      }
      return [
        none("epochs with the \(name) in their old order", isOld ? 1 : 0),
        steps(counts[1], "number of \(name) right after their old neighbour"),
        steps(counts[fixture.rows - 1], "number of \(name) right before their old neighbour"),
        steps(
          counts.dropFirst().max() ?? 0, "number of equal steps from row to row of \(name)"),
        Block(
          "number of \(name) in their old batch", Double(staying),
          acceptance: .between(0...35, noise: 0.02)),
      ]
    }
    return blocks("inputs", orders[0]) + blocks("targets", targetOrder)
      + [none("epochs in the order of the one before", orders[0] == orders[1] ? 1 : 0)]
  }

  /// Whether the order comes from the generator; rows that stay where they were leave it open.
  @Sendable private static func source(
    _ subject: any MiniBatchesKata, _ fixture: Fixture
  ) -> [Block] {
    func matrices(_ batches: Batches) -> [Matrix] { batches.map(\.inputs) + batches.map(\.targets) }
    let taken = matrices(batches(subject, fixture)).flatMap(\.elements)
    let isOld = taken == fixture.inputs.elements + fixture.targets.elements
    return Samplers.source(
      of: "batches", seed: fixture.seed, drawsNothing: isOld || taken.isEmpty
    ) {
      matrices(batches(subject, fixture, using: &$0))
    }
  }

  /// How often two rows change places: in 40 epochs less than twice, or more than 38 times, with a
  /// probability of 2 · 41/2⁴⁰ < 1e-10.
  @Sendable private static func bothOrders(
    _ subject: any MiniBatchesKata, _ fixture: Fixture
  ) -> [Block] {
    var generator = SeededGenerator(seed: fixture.seed)
    let second = fixture.inputs.row(1)
    let changes = (0..<40).count { _ in
      batches(subject, fixture, using: &generator).first?.inputs == second
    }
    return [
      Block(
        "number of 40 epochs in which two rows change places", Double(changes),
        acceptance: .between(2...38, noise: 0))
    ]
  }

  /// How unevenly 12 rows are spread over 12 batches of one, in 2000 epochs.
  ///
  /// With N the counts of each row in each batch and m = 2000/12, Σ(N − m)²/m · 11/12 is χ² of 11² degrees of
  /// freedom, whose ratio to these is bounded as a variance is: by 2.0. Fisher–Yates that swaps with any
  /// row gives 3.
  @Sendable private static func uniformity(
    _ subject: any MiniBatchesKata, _ fixture: Fixture
  ) -> [Block] {
    let (rows, epochs) = (fixture.rows, 2000)
    let register = Register(fixture.inputs)
    var generator = SeededGenerator(seed: fixture.seed)
    var counts = [Double](repeating: 0, count: rows * rows)
    for _ in 0..<epochs {
      let epoch = batches(subject, fixture, using: &generator)
      for (place, batch) in epoch.prefix(rows).enumerated() {
        if let row = register.rows(of: batch.inputs).first ?? nil {
          counts[row * rows + place] += 1
        }
      }
    }
    let expected = Double(epochs) / Double(rows)
    let squares = counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) }
    let freedom = (rows - 1) * (rows - 1)
    let ratio = squares / expected / Double(rows * (rows - 1))
    return [
      Block(
        "unevenness of rows over batches", ratio,
        acceptance: .between(0...Chance.varianceRatios(count: freedom).upperBound, noise: 0.3))
    ]
  }
}

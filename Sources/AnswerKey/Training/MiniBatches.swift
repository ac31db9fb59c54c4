package import Exam
package import Grading
import KataKit
package import Numerics
import SharedAnswers

package enum MiniBatchesSuite: Suite {
  package typealias Paper = MiniBatchesExam

  package static let kata = Kata(
    Paper.self, title: "shuffled mini-batches, every row once an epoch", track: .training,
    minutes: 6)

  /// What can be said of the batches without regard to which order was drawn.
  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] {
    switch script {
    case .batches: cuts(answer, fixture)
    case .orders where fixture.rows == 2: bothOrders(answer, fixture)
    case .orders where isOfChances(fixture): uniformity(answer, fixture)
    case .orders where fixture.rows >= 1000: LongOrder(answer, fixture).traces
    case .orders: order(answer, fixture)
    case .source: source(answer, fixture)
    }
  }

  package static var checks: [Check<Self>] {
    [
      cuts(leftOver, holds: "every row once, with its target"),
      .property(
        "the rest comes last", on: leftOver, to: .batches, holds: "only the last batch is smaller"
      ) { answered in
        func sizes(_ answer: [Part]) -> [Block] {
          [list("input rows of batch", answer.values("inputs").map(\.rows), answered.fixture)]
        }
        return (sizes(answered.parts), sizes(answered.trueParts))
      },
      cuts(oneLeftOver, holds: "a single row is a batch, too"),
      cuts(even, holds: "every batch full, none empty"),
      cuts(ones, holds: "one row in every batch"),
      cuts(whole, holds: "one batch with every row"),
      cuts(larger, holds: "one batch with every row"),
      cuts(single, holds: "one batch of one row"),
      cuts(columns, holds: "one input and one target a row"),
      .ranges(
        many.name, on: many, to: .orders,
        holds: "no trace of the old order, and a new one each time"
      ),
      .ranges(twoRows.name, on: twoRows, to: .orders, holds: "both orders occur"),
      Check(thousands.name, on: thousands, to: .orders) { (answered) throws(Finding) in
        if let finding = LongOrder(answered.parts, answered.fixture).finding { throw finding }
        return "a row lands anywhere, near or far"
      },
      .generator(of: "batches", on: many, to: .source),
      equalChances.afterTheRest,
    ]
  }

  private static func cuts(_ probe: Case<Fixture>, holds: String) -> Check<Self> {
    Check(probe.name, on: probe, to: .batches) { (answered) throws(Finding) in
      if let finding = answered.blocks.finding(against: answered.truth) { throw finding }
      return holds
    }
  }

  private static let equalChances = Check<Self>(places.name, on: places, to: .orders) {
    (answered) throws(Finding) in
    let blocks = answered.blocks
    if let finding = blocks.finding(against: blocks.map(\.nearestAccepted)) {
      throw Finding(
        finding.message,
        pattern: "Some orders come more often than others; all have to be equally likely.")
    }
    return "each row is equally often in each batch"
  }

  // MARK: Which rows are where

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

    /// The rows that these elements are, one row after the other.
    func order(in elements: [Double]) -> [Int?] {
      let (count, rest) = elements.count.quotientAndRemainder(dividingBy: matrix.columns)
      return rows(
        of: Matrix(
          rows: count, columns: matrix.columns, elements: Array(elements.dropLast(rest))))
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
  private static func cuts(_ answer: [Part], _ fixture: Fixture) -> [Block] {
    let (inputs, targets) = (answer.values("inputs"), answer.values("targets"))
    let inputRows = inputs.map(Register(fixture.inputs).rows)
    let targetRows = targets.map(Register(fixture.targets).rows)
    let (taken, targetsTaken) = (inputRows.flatMap(\.self), targetRows.flatMap(\.self))
    let torn = zip(inputRows, targetRows).reduce(0) { $0 + zip($1.0, $1.1).count { $0 != $1 } }
    return [
      Block("number of batches", Double(inputs.count)),
      list("input rows of batch", inputs.map(\.rows).sorted(by: >), fixture),
      list("target rows of batch", targets.map(\.rows).sorted(by: >), fixture),
      none(
        "batches with other columns",
        zip(inputs, targets).count {
          $0.columns != fixture.inputs.columns || $1.columns != fixture.targets.columns
        }),
      none("rows that were not handed in", (taken + targetsTaken).count { $0 == nil }),
      none("rows in no batch", fixture.rows - Set(taken.compactMap { $0 }).count),
      none("rows taken again", taken.count - Set(taken).count),
      none("targets in no batch", fixture.rows - Set(targetsTaken.compactMap { $0 }).count),
      none("rows with another row's target", torn),
    ]
  }

  /// What is left of the order in which 62 rows came, in batches of 5.
  ///
  /// Any one order comes once in 62! times. k steps from row to row are one given distance, mod 62, with
  /// a probability of at most 1/k!, and 25 of them are below 1e-9 even where rows are sorted again
  /// inside each batch, with 4 steps of 1 on average. Of the rows 5 stay in their batch on average; 36
  /// have a probability of at most 5³⁶/36! · 62³⁶·26!/62! < 1e-9.
  private static func order(_ answer: [Part], _ fixture: Fixture) -> [Block] {
    let (inputs, targets) = (Register(fixture.inputs), Register(fixture.targets))
    let orders = answer.values("inputs").map { inputs.order(in: $0.elements).compactMap(\.self) }
    let targetOrder = targets.order(in: answer.value("targets").elements).compactMap(\.self)
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
        steps(counts[1], "number of \(name) right after their old neighbor"),
        steps(counts[fixture.rows - 1], "number of \(name) right before their old neighbor"),
        steps(
          counts.dropFirst().max() ?? 0, "number of equal steps from row to row of \(name)"),
        Block(
          "number of \(name) in their old batch", Double(staying),
          acceptance: .between(0...35, noise: 0.02)),
      ]
    }
    let isSame = orders.first == orders.dropFirst().first
    return blocks("inputs", orders.first ?? []) + blocks("targets", targetOrder)
      + [none("epochs in the order of the one before", isSame ? 1 : 0)]
  }

  /// Whether the order comes from the generator; rows that stay where they were leave it open.
  private static func source(_ answer: [Part], _ fixture: Fixture) -> [Block] {
    let taken = answer.values(Draws.once).flatMap(\.elements)
    let isOld = taken == fixture.inputs.elements + fixture.targets.elements
    return Samplers.source(
      of: "batches", seed: fixture.seed, drawsNothing: isOld || taken.isEmpty, from: answer)
  }

  /// How often two rows change places: in 40 epochs less than twice, or more than 38 times, with a
  /// probability of 2 · 41/2⁴⁰ < 1e-10.
  private static func bothOrders(_ answer: [Part], _ fixture: Fixture) -> [Block] {
    let second = fixture.inputs.row(1).elements
    let changes = answer.values("inputs").count { $0.elements.starts(with: second) }
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
  private static func uniformity(_ answer: [Part], _ fixture: Fixture) -> [Block] {
    let rows = fixture.rows
    let register = Register(fixture.inputs)
    var counts = [Double](repeating: 0, count: rows * rows)
    let epochs = answer.values("inputs").filter { $0.count == fixture.inputs.count }
    for (turn, row) in register.order(in: epochs.flatMap(\.elements)).enumerated() {
      if let row { counts[row * rows + turn % rows] += 1 }
    }
    let expected = Double(fixture.epochs) / Double(rows)
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

extension MiniBatchesExam.Fixture {
  var rows: Int { inputs.rows }
}

import AnswerKey
import Exam
import KataKit
import Numerics
import Testing

@testable import Grading

/// A difference made on purpose in one part of the right answer to a question of any kata.
private struct Alteration: Sendable {
  let name: String
  /// The part with the difference; nil where it cannot have it.
  let apply: @Sendable (Matrix, FixtureFields, UInt64) -> Matrix?

  init(_ name: String, _ apply: @escaping @Sendable (Matrix, FixtureFields, UInt64) -> Matrix?) {
    (self.name, self.apply) = (name, apply)
  }

  private static func rows(
    _ e: Matrix, _ change: (_ row: Int, _ column: Int, _ value: Double) -> Double
  ) -> Matrix {
    var result = e
    for row in 0..<e.rows {
      for column in 0..<e.columns { result[row, column] = change(row, column, e[row, column]) }
    }
    return result
  }

  /// What a field of the fixture does to the part.
  private static func byNumber(
    _ name: String, _ change: @escaping @Sendable (Matrix, Double) -> Matrix
  ) -> Alteration {
    Alteration(name) { e, fields, _ in fields.numbers.first.map { change(e, $0.value) } }
  }

  private static func byMatrix(
    _ name: String, _ change: @escaping @Sendable (Matrix, Matrix) -> Matrix
  ) -> Alteration {
    Alteration(name) { e, fields, _ in
      fields.matrices.first { $0.value.shape == e.shape }.map { change(e, $0.value) }
    }
  }

  /// Differences that can be described, as far as a part is large enough to show them.
  static let simple: [Alteration] = [
    Alteration("opposite sign") { e, _, _ in -e },
    Alteration("doubled") { e, _, _ in 2 * e },
    Alteration("halved") { e, _, _ in e / 2 },
    Alteration("odd factor") { e, _, _ in 0.7312 * e },
    Alteration("zero") { e, _, _ in e * 0 },
    Alteration("one more") { e, _, _ in e + 1 },
    Alteration("absolute") { e, _, _ in abs(e) },
    Alteration("squared") { e, _, _ in e * e },
    Alteration("transposed") { e, _, _ in
      min(e.rows, e.columns) > 1 && e.rows != e.columns ? nil : e.transposed
    },
    Alteration("rows reversed") { e, _, _ in e.gather(rows: (0..<e.rows).reversed()) },
    Alteration("rows late") { e, _, _ in
      e.gather(rows: (0..<e.rows).map { ($0 + e.rows - 1) % e.rows })
    },
    Alteration("not a number") { e, _, _ in e.map { _ in .nan } },
    Alteration("last row doubled") { e, _, _ in
      rows(e) { row, _, value in row == e.rows - 1 ? 2 * value : value }
    },
    Alteration("first column zero") { e, _, _ in
      rows(e) { _, column, value in column == 0 ? 0 : value }
    },
    Alteration("diagonal turned") { e, _, _ in
      rows(e) { row, column, value in row == column ? -value : value }
    },
    Alteration("zero below 0") { e, _, _ in e.map { max($0, 0) } },
    Alteration("rows summed") { e, _, _ in
      e.rows > 1 ? e.sum(axis: 0) + Matrix(rows: e.rows, columns: e.columns) : nil
    },
    Alteration("rows lost") { e, _, _ in min(e.rows, e.columns) > 1 ? e.sum(axis: 0) : nil },
    byNumber("times a field") { $0 * $1 },
    byNumber("by a field") { $0 / $1 },
    byNumber("times 1 − field") { $0 * (1 - $1) },
    byNumber("plus a field") { $0 + $1 },
    byMatrix("a matrix instead") { $1 },
    byMatrix("a matrix with the opposite sign") { -$1 },
    byMatrix("a matrix more") { $0 + $1 },
    byMatrix("a matrix times") { $0 * $1 },
    byMatrix("twice as far from a matrix") { $1 + 2 * ($0 - $1) },
    Alteration("none above 0.3") { e, _, _ in e.map { min($0, 0.3) } },
    Alteration("none beyond ±0.4") { e, _, _ in e.map { max(-0.4, min($0, 0.4)) } },
    byMatrix("half, and twice a matrix") { 0.5 * $0 + 2 * $1 },
    Alteration("two matrices instead") { e, fields, _ in
      let fitting = fields.matrices.map(\.value).filter { $0.shape == e.shape }
      return fitting.count > 1 ? 0.9 * fitting[0] - 3 * fitting[1] : nil
    },
    byMatrix("zero where a matrix is negative") { e, m in e * (m .> 0) },
    Alteration("times the rows") { e, _, _ in Double(e.rows) * e },
    Alteration("by the root of the entries") { e, _, _ in e / Double(e.count).squareRoot() },
    Alteration("times rows by columns") { e, _, _ in e * (Double(e.rows) / Double(e.columns)) },
  ]

  /// Differences that follow nothing, everywhere or in one place.
  static let wild: [Alteration] = [
    Alteration("noise") { e, _, seed in
      var generator = SeededGenerator(seed: seed)
      return e.map { $0 + 0.1 + generator.uniform() }
    },
    Alteration("other factors") { e, _, seed in
      var generator = SeededGenerator(seed: seed)
      return e.map { $0 * (1.1 + generator.uniform()) }
    },
    Alteration("one odd entry") { e, _, seed in
      var other = e
      let place = Int(seed % UInt64(e.count))
      other[place / e.columns, place % e.columns] += 0.3 + Double(seed % 7)
      return other
    },
    Alteration("another power") { e, _, _ in e.map { abs($0) * abs($0) * $0 + 0.1 } },
  ]
}

@Suite("A difference that was made on purpose is described rightly, or not at all")
struct DifferenceTests {
  private struct Count {
    var (made, described, wrong) = (0, 0, [String]())
    var undescribed: [String: Int] = [:]
  }

  /// Enough to tell, and others to see whether what was told is so.
  private static let (told, unseen) = (1...6 as ClosedRange<UInt64>, 11...14 as ClosedRange<UInt64>)

  private static let further = 21...44 as ClosedRange<UInt64>

  @Test("of every kata, whatever has one simple relation to the truth")
  func simple() {
    let count = total(Alteration.simple)
    print("differences: \(count.made) made, \(count.described) described, \(count.undescribed)")
    #expect(count.wrong == [])
    #expect(count.made > 1500)
    #expect(Double(count.described) > 0.9 * Double(count.made))
  }

  /// The third power of 0 and 1 and a tenth more is a tenth more, which is right to say.
  @Test("what follows nothing is not explained, unless it happens to be so")
  func wild() {
    let count = total(Alteration.wild)
    print("differences that follow nothing: \(count.made) made, \(count.described) described")
    #expect(count.wrong == [])
    #expect(count.made > 250)
    #expect(count.described < count.made / 20)
  }

  private func total(_ alterations: [Alteration]) -> Count {
    Catalogue.curriculum.suites.reduce(into: Count()) { count, suite in
      tally(suite, alterations, into: &count)
    }
  }

  private func tally<S: Grading.Suite>(
    _ suite: S.Type, _ alterations: [Alteration], into count: inout Count
  ) {
    let paper = Paper<S>(seed: 1)
    for question in paper.telling.prefix(1) {
      let drawn = Self.told.map { paper.drawn(question, seed: $0) }
      let parts = drawn[0].trueParts.map(\.name).prefix(3)
      guard drawn.allSatisfy({ $0.trueParts.map(\.name).starts(with: parts) }) else { continue }
      for (place, part) in parts.enumerated() {
        for alteration in alterations {
          func answers(_ seeds: ClosedRange<UInt64>) -> [Answered<S>] {
            seeds.compactMap { seed in
              altered(paper.drawn(question, seed: seed), place, alteration, seed: seed)
            }
          }
          let answered = answers(Self.told)
          guard answered.count == Self.told.count, answered.allSatisfy({ Self.isWrong($0) }) else {
            continue
          }
          let telling = DifferenceTelling(
            answered, elsewhere: [], in: question.probe.name,
            further: { Self.further.map { paper.drawn(question, seed: $0).flawless } })
          guard let first = telling.first, Self.observation(of: first, in: answered[0]) != nil
          else { continue }
          count.made += 1
          guard let told = telling.telling(of: first), told.hypothesis.relation != nil else {
            count.undescribed[alteration.name, default: 0] += 1
            continue
          }
          count.described += 1
          let holds = answers(Self.unseen).filter(Self.isWrong).allSatisfy { answer in
            Self.observation(of: first, in: answer).map(told.hypothesis.holds) ?? true
          }
          if !holds {
            count.wrong.append(
              "\(S.kata.name), \(question.probe.name), \(part): \(alteration.name) is told as "
                + told.hypothesis.clause(of: told.observation))
          }
        }
      }
    }
  }

  private func altered<S: Grading.Suite>(
    _ drawn: Drawn<S>, _ place: Int, _ alteration: Alteration, seed: UInt64
  ) -> Answered<S>? {
    guard drawn.trueParts.indices.contains(place) else { return nil }
    var parts = drawn.trueParts
    let part = parts[place]
    guard !part.value.isEmpty,
      let value = alteration.apply(part.value, FixtureFields(of: drawn.fixture), seed)
    else { return nil }
    parts[place] = Part(part.name, value, axes: part.axes)
    return Answered(drawn, parts: parts)
  }

  private static func isWrong<S: Grading.Suite>(_ answered: Answered<S>) -> Bool {
    !answered.blocks.agree(with: answered.truth)
  }

  private static func observation<S: Grading.Suite>(
    of name: String, in answered: Answered<S>
  ) -> Observation? {
    answered.truth.firstIndex { $0.name == name }.flatMap { Observation(answered, at: $0) }
  }
}

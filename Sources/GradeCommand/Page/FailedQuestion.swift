import Grading
import KataKit
import Numerics
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The question that the last attempt at a kata failed, kept for whoever looks at it later.
struct FailedQuestion: Codable, Equatable {
  /// A part of the answer beside what it should have been.
  struct Comparison: Codable, Equatable {
    let name: String
    let shape: String
    /// The shape that came, where it is another one.
    let wrongShape: String?
    /// Which rows and columns are kept of a large matrix.
    let rows: [Int]
    let columns: [Int]
    let yours: [[Double]]?
    let expected: [[Double]]
    /// Whether each entry is right, by row.
    let isWrong: [[Bool]]
    let wrongCount: Int
  }

  let time: Date
  let seed: UInt64
  let check: String
  /// What the screen said: the mistakes by name, or what the numbers are.
  let sentences: [String]
  let comparisons: [Comparison]
  let pictures: [Picture]

  /// Nil where no check was failed, or nothing is written that could fail.
  init?(_ report: Report, _ records: [QuestionRecord], at time: Date) {
    guard ![.passed, .notAttempted].contains(report.verdict), let leading = report.checks.leading
    else { return nil }
    self.time = time
    seed = report.seed
    check = leading.name
    let named = report.mistakes.map(\.sentence)
    sentences =
      named.isEmpty
      ? [report.difference?.sentence, leading.message, leading.pattern].compactMap(\.self) : named
    let asked = records.filter { $0.checks.contains(leading.name) }
    let record = asked.first { !$0.isRight } ?? asked.first
    comparisons = record.map(Self.comparisons) ?? []
    pictures = report.pictures ?? []
  }

  private static func comparisons(of record: QuestionRecord) -> [Comparison] {
    let judged = record.judged
    return record.expected.map { expected in
      Comparison(judged?.first { $0.name == expected.name }, expected)
    }
  }
}

extension FailedQuestion.Comparison {
  private static let mostRows = 16
  private static let mostColumns = 24

  fileprivate init(_ yours: Block?, _ expected: Block) {
    name = expected.name
    shape = "\(expected.value.shape)"
    let wrong = yours?.differences(from: expected)
    wrongShape = wrong == nil ? yours.map { "\($0.value.shape)" } : nil
    let width = expected.value.columns
    let places = wrong ?? []
    let rows = MatrixTable.chosen(
      expected.value.rows, most: Self.mostRows, wanted: places.map { $0 / max(1, width) }
    ).compactMap(\.self)
    let columns = MatrixTable.chosen(
      width, most: Self.mostColumns, wanted: places.map { $0 % max(1, width) }
    ).compactMap(\.self)
    (self.rows, self.columns) = (rows, columns)
    func cut(_ matrix: Matrix) -> [[Double]] {
      rows.map { row in columns.map { matrix[row, $0] } }
    }
    self.expected = cut(expected.value)
    self.yours = wrong == nil ? nil : yours.map { cut($0.value) }
    let isPlaceWrong = Set(places)
    isWrong = rows.map { row in columns.map { isPlaceWrong.contains(row * width + $0) } }
    wrongCount = wrong?.count ?? expected.value.count
  }
}

extension FailedQuestion {
  private static func file(_ kata: Kata, _ project: Project) -> MemoryFile {
    MemoryFile("failed/\(kata.name).json", in: project)
  }

  /// What is kept of `kata`; nil where nothing is, or another version wrote it.
  static func kept(of kata: Kata, in project: Project) -> FailedQuestion? {
    guard let bytes = file(kata, project).contents(most: 1 << 20) else { return nil }
    do {
      return try JSONDecoder.ofAnyNumber().decode(Self.self, from: Data(bytes))
    } catch {
      return nil
    }
  }

  /// Keeps it until the kata is passed.
  static func keep(
    _ report: Report, _ records: [QuestionRecord], at time: Date, of kata: Kata, in project: Project
  ) throws(HarnessError) {
    let file = file(kata, project)
    if report.verdict == .passed { return try file.forget() }
    guard let failed = FailedQuestion(report, records, at: time) else { return }
    let data: Data
    do {
      data = try JSONEncoder.ofAnyNumber().encode(failed)
    } catch {
      // Every number has its JSON, and nothing else is in it.
      preconditionFailure("\(error)")
    }
    try file.keep(data)
  }
}

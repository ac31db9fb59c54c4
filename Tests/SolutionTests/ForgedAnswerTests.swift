import AnswerKey
import Exam
import Foundation
import KataKit
import Testing

@testable import Grading

/// What is true of each question, found out once however often it is asked.
private final class Truths<S: Grading.Suite> {
  private var known: [[UInt8]: [Part]] = [:]

  func parts(of script: S.Script, on fixture: S.Fixture) throws -> [Part] {
    let key = try Wire.frame(Request(number: 0, script: script.rawValue, fixture: fixture))
    if let parts = known[key] { return parts }
    let parts = S.Paper.answer(of: S.reference(making: []), to: script, on: fixture)
    known[key] = parts
    return parts
  }
}

/// Answers what is true, but for what is forged: everything, or all but the first answers, which keep the
/// shapes right.
private struct Forger<S: Grading.Suite>: Examinee {
  typealias Failure = any Error

  let truths: Truths<S>
  let forge: @Sendable ([Part]) -> [Part]
  var spared: Int

  func start(forgetting: Bool) -> Silence? { nil }

  mutating func reply(to script: S.Script, on fixture: S.Fixture) throws -> Reply {
    let truth = try truths.parts(of: script, on: fixture)
    spared -= 1
    return .answer(spared >= 0 ? truth : forge(truth))
  }

  func close() {}
}

private let forgeries: [(String, @Sendable ([Part]) -> [Part])] = [
  ("nothing", { _ in [] }),
  ("all but the first part", { Array($0.dropFirst()) }),
  ("all but the last part", { Array($0.dropLast()) }),
  ("the first part alone", { Array($0.prefix(1)) }),
  ("parts in the opposite order", { $0.reversed() }),
  ("every part twice", { $0 + $0 }),
  ("parts of other names", { $0.map { Part("x" + $0.name, $0.value) } }),
  ("empty matrices", { $0.map { Part($0.name, Matrix(rows: 0, columns: 0)) } }),
  ("matrices without rows", { $0.map { Part($0.name, $0.value.slice(rows: 0..<0)) } }),
  ("transposes", { $0.map { Part($0.name, $0.value.transposed) } }),
  (
    "a row less",
    { $0.map { Part($0.name, $0.value.slice(rows: 0..<max(0, $0.value.rows - 1))) } }
  ),
  ("a single number", { $0.map { Part($0.name, 0.5) } }),
  ("NaN", { $0.map { Part($0.name, $0.value * .nan) } }),
  ("∞", { $0.map { Part($0.name, $0.value * 0 + .infinity) } }),
]

/// Those that may leave an answer as it is.
private let harmless: Set<String> = [
  "the first part alone", "parts in the opposite order", "transposes",
]

private func examine<S: Grading.Suite>(_ suite: S.Type) throws {
  let (paper, truths) = (Paper<S>(seed: 1), Truths<S>())
  for (place, (what, forge)) in forgeries.enumerated() {
    for spared in [0, place.isMultiple(of: 2) ? 1 : 3] {
      say("\(S.kata.name): \(what), \(spared) spared")
      let forger = Forger<S>(truths: truths, forge: forge, spared: spared)
      var examination = Examination(forger, paper: paper)
      let results = try examination.run(asksLongChecks: false, repeating: .none)
      if !harmless.contains(what), results.allSatisfy({ $0.status == .passed }) {
        say("\(S.kata.name): \(what), \(spared) spared, passed")
      }
      _ = try examination.explanations()
      _ = try examination.pictures()
    }
  }
}

private func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

@Test("no answer, however forged, passes, or traps who reads it")
func forgedAnswers() async throws {
  let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
    for suite in Catalogue.curriculum.suites { try examine(suite) }
  }
  let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(said.split(separator: "\n").filter { $0.hasSuffix("passed") } == [])
  let last = said.split(separator: "\n").last { $0.contains(": ") } ?? ""
  #expect(last.contains("∞"), "it ended at \(last)")
}

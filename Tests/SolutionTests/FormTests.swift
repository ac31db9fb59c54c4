import AnswerKey
import Exam
import KataKit
import Testing

@testable import Grading

/// Numbers that are right, in parts or shapes that are not.
private let reshapes: [(String, @Sendable ([Part]) -> [Part])] = [
  ("nothing", { _ in [] }),
  ("all but the first part", { Array($0.dropFirst()) }),
  ("all but the last part", { Array($0.dropLast()) }),
  ("the first part alone", { Array($0.prefix(1)) }),
  ("parts in the opposite order", { $0.reversed() }),
  ("every part twice", { $0 + $0 }),
  ("the last part twice", { $0 + $0.suffix(1) }),
  ("one part more", { $0 + [Part("more", 0.5)] }),
  ("another name", { $0.dropLast() + $0.suffix(1).map { Part("x" + $0.name, $0.value) } }),
  ("transposes", each { $0.transposed }),
  ("a row less", each { $0.slice(rows: 0..<max(0, $0.rows - 1)) }),
  ("a column less", each { $0.transposed.slice(rows: 0..<max(0, $0.columns - 1)).transposed }),
  ("the last row twice", each { $0.gather(rows: Array(0..<$0.rows) + [max(0, $0.rows - 1)]) }),
  ("one row", each { Matrix(rows: 1, columns: $0.count, elements: $0.elements) }),
  ("one column", each { Matrix(rows: $0.count, columns: 1, elements: $0.elements) }),
]

private func each(
  _ change: @escaping @Sendable (Matrix) -> Matrix
) -> @Sendable ([Part]) -> [Part] {
  { $0.map { $0.value.isEmpty ? $0 : Part($0.name, change($0.value)) } }
}

/// What only an attempt that reads digits could answer takes seconds, and is left to `PartForm` itself.
private let costly = ["mlp": ["handwritten digits"]]

private struct Outline: Equatable {
  let name: String
  let shape: Shape?

  /// Where a loss was asked is not judged.
  init(_ part: Part, of kata: String) {
    name = part.name
    shape = kata == "gradient-check" && name == "asked" ? nil : part.value.shape
  }
}

/// The checks that let a reshaped answer to one of their questions pass.
private func passing<S: Grading.Suite>(_ suite: S.Type) -> (tried: Int, passing: [String]) {
  let (kata, paper) = (S.kata.name, Paper<S>(seed: 1))
  var (tried, passing) = (0, [String]())
  for check in paper.checks where !costly[kata, default: []].contains(check.name) {
    let drawn = check.questions.map { paper.drawn($0, seed: 1) }
    let answers = drawn.map {
      $0.trueParts.isEmpty
        ? S.Paper.answer(of: S.reference(making: []), to: $0.script, on: $0.fixture)
        : $0.trueParts
    }
    for (place, parts) in answers.enumerated() {
      let outline = parts.map { Outline($0, of: kata) }
      for (name, reshape) in reshapes {
        let reshaped = reshape(parts)
        guard reshaped.map({ Outline($0, of: kata) }) != outline else { continue }
        tried += 1
        let answered = zip(drawn, answers).enumerated().map { index, pair in
          Answered(pair.0, parts: index == place ? reshaped : pair.1)
        }
        if check.lets(answered) { passing.append("\(check.name), question \(place): \(name)") }
      }
    }
  }
  return (tried, passing)
}

extension Check {
  fileprivate func lets(_ answered: [Answered<S>]) -> Bool {
    do throws(Finding) {
      _ = try judge(answered)
      return true
    } catch {
      return false
    }
  }
}

@Test(
  "an answer has the parts of the true one and their shapes, whatever a check looks at",
  arguments: Catalogue.curriculum.katas.map(\.name))
func formsAreJudged(kata: String) throws {
  let suite = try #require(Catalogue.curriculum.suite(named: kata))
  let (tried, passing) = passing(suite)
  #expect(tried > 100)
  #expect(passing == [])
}

import AnswerKey
import BackwardAnswers
import Foundation
import Grading
import KataKit
import TestSupport
import Testing

@testable import GradeCommand
@testable import Workshop

@Suite("A question can be looked at, and pasted")
struct ShowTests {
  private let style = Style(isColored: false, width: 80)

  @Test("matrices of one shape beside each other, or one under the other, within the width")
  func table() {
    let one = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    let parts = [
      MatrixTable.Column("yours", one), .init("expected", one * 2),
      .init("difference") { $0 == 0 && $1 == 1 ? "−2" : "·" },
    ]
    let lines = MatrixTable(rows: 2, columns: 3, style: style).lines(parts)
    #expect(
      lines.map { $0.reversed().drop { $0 == " " }.reversed() }.map { String($0) } == [
        "    yours                expected             difference",
        "         [0]  [1]  [2]        [0]  [1]  [2]        [0]  [1]  [2]",
        "    [0]    1    2    3   [0]    2    4    6   [0]    ·   −2    ·",
        "    [1]    4    5    6   [1]    8   10   12   [1]    ·    ·    ·",
      ])
    for width in [40, 60, 80, 100] {
      for columns in [1, 2, 3, 5, 8, 64] {
        let wide = Matrix(
          rows: 30, columns: columns, elements: (0..<30 * columns).map { Double($0) * -1.2345e-7 })
        let table = MatrixTable(
          rows: 30, columns: columns, style: style.with(width: width), wanted: [(29, columns - 1)])
        let lines = table.lines([.init("yours", wide), .init("expected", wide), .init("", wide)])
        #expect(lines.allSatisfy { $0.count <= width }, "\(width) \(columns)")
        #expect(lines.contains { $0.contains("[29]") })
        #expect(lines.contains { $0.contains("[\(columns - 1)]") })
      }
    }
  }

  @Test("what is left out has a mark, and what is wanted is never left out")
  func chosen() {
    #expect(MatrixTable.chosen(3, most: 5, wanted: []) == [0, 1, 2])
    #expect(MatrixTable.chosen(9, most: 3, wanted: [8, 4]) == [0, nil, 4, nil, 8])
    #expect(MatrixTable.chosen(9, most: 2, wanted: []) == [0, 1, nil])
  }

  @Test(
    "the first question of the first check that fails: what was given, both answers, the rest right"
  )
  func screen() throws {
    let checkout = try Checkout()
    let kata = BackpropSuite.kata
    try checkout.write(
      checkout.solution(kata).replacing(" / Double(inputs.rows)", with: ""), for: kata)
    let run = try checkout.run("backprop", "--show")
    #expect(run.code == .notPassed)
    let output = run.output
    for words in [
      "✗ output layer", "\n  given\n", "  layers[0].weights 6×3\n", "  inputs 7×6\n",
      "  dW₂ 3×5, 10 of 15 wrong\n", "yours", "expected", "difference", "\nimport KataKit\n",
      "\nlet layers = [DenseLayer(weights: [[", "\nlet expected_dW₂ = [[",
    ] { #expect(output.contains(words), "\(words)") }
    let table = output.components(separatedBy: "  to paste\n")[0]
    #expect(table.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(try checkout.run("backprop", "--show", "output").output == output)
    #expect(try checkout.run("backprop", "--show=batch twice over").output != output)
  }

  @Test("a check that is none gets a sentence, the nearest one, and 64")
  func wrongUsage() throws {
    let checkout = try Checkout()
    let near = try checkout.run("backprop", "--show", "hiden layer")
    #expect(
      near.notes == "grade: backprop has no check 'hiden layer'; did you mean 'hidden layer'?\n")
    #expect(near.code == .wrongUsage)
    let far = try checkout.run("backprop", "--show", "zzzz")
    #expect(far.notes.hasPrefix("grade: backprop has no check 'zzzz'; it has shapes, output layer"))
    #expect(far.code == .wrongUsage)
    let stub = try checkout.run("--show", "backprop").output
    #expect(stub.contains("It came to no answer. Expected:"))
  }

  /// Functions of one attempt, so that one compilation has them all.
  @Test("what is to be pasted compiles, whatever the kata is about")
  func pasted() throws {
    var functions = ""
    for (place, suite) in Catalogue.curriculum.suites.enumerated() {
      let text = QuestionText(record: try firstQuestion(suite), style: style).text
      let parts = text.components(separatedBy: "  to paste\n\nimport KataKit\n")
      #expect(parts.count == 2)
      functions += "\nfunc pasted\(place)() {\n\(parts[1])\n}\n"
    }
    let checkout = try Checkout()
    let kata = BackpropSuite.kata
    try checkout.write(checkout.solution(kata) + functions, for: kata)
    let run = try checkout.run(kata.name)
    #expect(run.code == .passed, "\(run.output)")
  }

  private func firstQuestion<S: Grading.Suite>(_ suite: S.Type) throws -> QuestionRecord {
    var examination = Examination(Insider<S>(making: []), paper: Paper(seed: 1))
    _ = examination.run(asksLongChecks: false, repeating: .none)
    return try #require(examination.records.first)
  }
}

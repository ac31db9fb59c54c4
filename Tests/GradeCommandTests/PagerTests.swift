import BackwardAnswers
import Foundation
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("A page that is longer than the screen", .serialized)
struct PagerTests {
  let checkout: Checkout

  init() throws { checkout = try Checkout() }

  private func shown(
    _ arguments: String..., rows: Int = 24, pager: String, columns: Int = 80
  ) throws -> String {
    let terminal = try PseudoTerminal(
      arguments, in: checkout, columns: columns, rows: rows, environment: ["PAGER": pager])
    #expect(terminal.ending() == 0, "\(terminal.text)")
    #expect(terminal.isInShellModes)
    return terminal.text
  }

  @Test("is read in the reader's pager, and one that is not is not")
  func pager() throws {
    let paged = try shown("show", "backprop", pager: "head -n 3")
    #expect(paged == "backprop\n\n20 minutes · backward · write Backprop.swift\n", "\(paged)")
    let whole = try shown("show", "backprop", rows: 200, pager: "head -n 3")
    #expect(whole.contains("In PyTorch"))
    #expect(try shown("api", pager: "head -n 1") == "Matrix\n")
    #expect(try shown("help", pager: "head -n 1").split(separator: "\n").count == 1)
    #expect(
      try shown("solution", "backprop", "--give-up", pager: "head -n 1") == "import KataKit\n")
  }

  @Test("is written where no pager is wanted, or the one that is named is none")
  func none() throws {
    for pager in ["", "no-such-pager"] {
      let text = try shown("show", "backprop", pager: pager)
      #expect(text.contains("\nIn PyTorch\n"), "\(text)")
    }
  }

  @Test("names the shorter command there, too")
  func shorter() throws {
    let terminal = try PseudoTerminal(
      ["api"], in: checkout, rows: 24,
      environment: ["PAGER": "tail -n 1", "GRADE_COMMAND": "grade"])
    #expect(terminal.ending() == 0)
    #expect(terminal.text == "  grade api <name> tells more; NumPy's names do, too.\n")
  }

  @Test("of Markdown has its tables in columns, and is as it is where no terminal reads it")
  func markdown() throws {
    let page = """
      # softmax

      *10 minutes · `loss` · write `Softmax.swift`*

      Write `exp` of it.

      ## Shapes

      | what | shape |
      |---|---|
      | `z` | n × m |
      | result of `value` | as `z` |

          z.grad

      """
    #expect(
      PageText(style: Style(isColored: false, width: 80)).text(of: page) == """
        softmax

        10 minutes · loss · write Softmax.swift

        Write `exp` of it.

        Shapes

          what               shape
          `z`                n × m
          result of `value`  as `z`

            z.grad

        """)
    let colored = PageText(style: Style(isColored: true, width: 80)).text(of: page)
    #expect(colored.contains("\u{1B}[1msoftmax\u{1B}[0m\n"))
    #expect(colored.contains("Write \u{1B}[36mexp\u{1B}[0m of it."))
    #expect(colored.contains("\n  \u{1B}[36mz\u{1B}[0m                n × m\n"))
    let statement = try String(
      contentsOf: checkout.project.statement(BackpropSuite.kata), encoding: .utf8)
    #expect(try checkout.run("show", "backprop").output == statement)
  }
}

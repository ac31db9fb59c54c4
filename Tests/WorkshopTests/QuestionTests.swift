import Curriculum
import Foundation
import Grading
import TestSupport
import Testing
import Workshop

@Suite("A page of questions")
struct QuestionTests {
  @Test("a heading is the question, a list what must be in the answer, the rest the answer")
  func parsing() {
    let page = """
      # questions

      ## Why subtract
      the maximum?

      Because exp overflows,
      and a shift changes nothing.

      It is the row's own.

      - exp(710) is infinite
      - softmax does not change
        under a shift

      ## What else?

      Nothing.

      - nothing

      """
    #expect(
      Question.all(in: page.replacing("subtract\nthe", with: "subtract the"), of: "k") == [
        Question(
          "Why subtract the maximum?", of: "k",
          answer: [
            "Because exp overflows, and a shift changes nothing.", "It is the row's own.",
          ],
          points: ["exp(710) is infinite", "softmax does not change under a shift"]),
        Question("What else?", of: "k", answer: ["Nothing."], points: ["nothing"]),
      ])
    #expect(Question.all(in: "", of: "k") == [])
    #expect(Question.all(in: "# questions\n\nnone\n", of: "k") == [])
  }

  @Test("a page that was deleted asks nothing")
  func missing() throws {
    let checkout = try Checkout()
    let kata = BackpropSuite.kata
    let page = checkout.root.appending(path: "katas/backprop/questions.md")
    if FileManager.default.fileExists(atPath: page.path) {
      try FileManager.default.removeItem(at: page)
    }
    #expect(try checkout.project.questions(kata) == [])
  }
}

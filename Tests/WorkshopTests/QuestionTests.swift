import AnswerKey
import BackwardAnswers
import Foundation
import Grading
import Practice
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
      RecallQuestion.all(in: page.replacing("subtract\nthe", with: "subtract the"), of: "k") == [
        RecallQuestion(
          "Why subtract the maximum?", of: "k",
          answer: [
            "Because exp overflows, and a shift changes nothing.", "It is the row's own.",
          ],
          points: ["exp(710) is infinite", "softmax does not change under a shift"]),
        RecallQuestion("What else?", of: "k", answer: ["Nothing."], points: ["nothing"]),
      ])
    #expect(RecallQuestion.all(in: "", of: "k") == [])
    #expect(RecallQuestion.all(in: "# questions\n\nnone\n", of: "k") == [])
  }

  @Test(
    "every kata asks four or more, each with an answer to say out loud and its points",
    arguments: Catalogue.curriculum.katas.map(\.name))
  func pages(name: String) throws {
    let project = Project(root: Checkout.source)
    let kata = try #require(Catalogue.curriculum.suite(named: name)?.kata)
    let questions = try project.questions(kata)
    #expect(questions.count >= 4)
    try check(questions, on: "katas/\(name)/questions.md")
  }

  @Test("what belongs to no kata has a page of its own")
  func generalPage() throws {
    let questions = try Project(root: Checkout.source).generalQuestions()
    #expect(questions.count >= 8)
    #expect(questions.allSatisfy { $0.id.kata == RecallQuestion.general })
    #expect(Catalogue.curriculum.suite(named: RecallQuestion.general) == nil)
    try check(questions, on: "katas/questions.md")
  }

  private func check(_ questions: [RecallQuestion], on path: String) throws {
    for question in questions {
      #expect(question.id.text.hasSuffix("?") || question.id.text.hasSuffix("."), "\(question)")
      let words = question.answer.joined(separator: " ").split(separator: " ")
      #expect((5...90).contains(words.count), "\(question.id.text): \(words.count) words")
      #expect((2...3).contains(question.points.count), "\(question.id.text)")
      for point in question.points {
        #expect((2...18).contains(point.split(separator: " ").count), "\(point)")
      }
    }
    let page = Checkout.source.appending(path: path)
    for line in try page.pageText().split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("there are 240 or more, no two the same")
  func count() throws {
    let project = Project(root: Checkout.source)
    let questions = try Catalogue.curriculum.katas.flatMap(project.questions)
    let texts = try (questions + project.generalQuestions()).map(\.id.text)
    #expect(texts.count >= 240)
    #expect(Set(texts).count == texts.count)
  }

  @Test("a page that was deleted asks nothing")
  func missing() throws {
    let checkout = try Checkout()
    let kata = BackpropSuite.kata
    try FileManager.default.removeItem(
      at: checkout.root.appending(path: "katas/backprop/questions.md"))
    #expect(try checkout.project.questions(kata) == [])
  }
}

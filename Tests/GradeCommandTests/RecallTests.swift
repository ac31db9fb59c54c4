import AnswerKey
import Foundation
import Grading
import NeuronAnswers
import OptimizerAnswers
import Practice
import TestSupport
import Testing
import Workshop

@testable import GradeCommand

@Suite("Questions that follow the code")
struct RecallTests {
  private let noon = Date(timeIntervalSince1970: 1_800_000_000)
  private let day = 86_400.0
  private let clock = WallClock.ahead(hours: 0)

  private func question(_ kata: String, _ number: Int) -> RecallQuestion {
    RecallQuestion(
      "\(kata) \(number)?", of: kata, answer: ["Because of \(number)."], points: ["one", "two"])
  }

  private func memory(_ rating: FSRS.Rating, daysAgo: Double) -> FSRS.Memory {
    FSRS.memory(after: rating, at: noon - daysAgo * day, from: nil)
  }

  private func choice(
    _ questions: [RecallQuestion], _ memories: [RecallQuestion.ID: FSRS.Memory],
    passed: Set<String> = [],
    onlyDue: Bool = false, evenLater: Bool = false
  ) -> [String] {
    Recall.choice(
      of: questions, memories: memories, passed: passed, today: clock.day(of: noon), clock: clock,
      onlyDue: onlyDue, evenLater: evenLater
    ).map(\.id.text)
  }

  @Test("due ones first, the longest overdue before; then new ones, of what is passed, in turn")
  func order() {
    let questions = [1, 2, 3].map { question("a", $0) } + [1, 2].map { question("b", $0) }
    let memories = [
      // Good is due after 2 days, again after 1, easy after 8.
      questions[0].id: memory(.good, daysAgo: 2),
      questions[1].id: memory(.again, daysAgo: 9),
      questions[4].id: memory(.easy, daysAgo: 1),
    ]
    #expect(choice(questions, memories) == ["a 2?", "a 1?", "a 3?", "b 1?"])
    #expect(choice(questions, memories, passed: ["b"]) == ["a 2?", "a 1?", "b 1?", "a 3?"])
    #expect(choice(questions, memories, onlyDue: true) == ["a 2?", "a 1?"])
    #expect(choice(questions, memories, evenLater: true).last == "b 2?")
    #expect(choice(questions, [:]) == ["a 1?", "b 1?", "a 2?", "b 2?", "a 3?"])
  }

  @Test("asked, compared, rated; what is rated is remembered, anything else is not")
  func session() throws {
    var recall = Recall(
      [question("a", 1), question("a", 2)], memories: [:], clock: clock)
    #expect(recall.step == .asking)
    for key in "3x05 " {
      let event = recall.take(key, at: noon)
      #expect(event == nil && recall.step == .comparing)
    }
    let rated = recall.take("3", at: noon)
    let event = try #require(rated)
    #expect(event.event == "recalled" && event.kata == "a")
    #expect(event.question == "a 1?" && event.rating == 3 && event.time == noon)
    #expect(recall.notice == "good: asked again in 2 days.")
    #expect(recall.step == .asking && recall.question.id.text == "a 2?")
    _ = recall.take(" ", at: noon)
    #expect(recall.notice == nil)
    let end = recall.take("q", at: noon)
    #expect(end == nil)
    #expect(recall.step == .over && recall.ratings == [.good])
  }

  @Test("the journal's ratings schedule the question as FSRS says")
  func scheduling() {
    func rated(_ rating: Int, _ time: Date) -> Event {
      var event = Event(Event.Kind.recalled, kata: "a", at: time)
      event.question = "a 1?"
      event.rating = rating
      return event
    }
    let record = PracticeRecord(
      [rated(3, noon), rated(9, noon + day), rated(4, noon + 2 * day)], minutes: [:], clock: clock)
    let first = FSRS.memory(after: .good, at: noon, from: nil)
    #expect(
      record.questions == [
        RecallQuestion.ID(kata: "a", text: "a 1?"): FSRS.memory(
          after: .easy, at: noon + 2 * day, from: first)
      ])
    #expect(record.katas.isEmpty)
  }

  @Test("what the screen shows")
  func screens() {
    let text = RecallText(style: Style(isColored: false, width: 60))
    var recall = Recall([question("a", 1)], memories: [:], clock: clock)
    #expect(
      text.body(of: recall)
        == "recall · a                                            1 of 1\n\n  a 1?")
    #expect(text.status(of: recall, at: noon) == ["Answer out loud; then press a key.  q quit"])
    _ = recall.take(" ", at: noon)
    #expect(
      text.body(of: recall) == """
        recall · a                                            1 of 1

          a 1?

          Because of 1.

          In any answer:
            · one
            · two
        """)
    let keys = text.status(of: recall, at: noon).joined(separator: "  ")
    #expect(keys.hasPrefix("1 again (tomorrow)  2 hard ("), "\(keys)")
    #expect(keys.hasSuffix("days)  q quit"), "\(keys)")
    _ = recall.take("1", at: noon)
    #expect(text.body(of: recall) == "  1 question rated: 1 again.")
    #expect(text.status(of: recall, at: noon) == ["again: asked again tomorrow."])
  }

  private func checkout(_ questions: String...) throws -> Checkout {
    let checkout = try Checkout()
    for kata in Catalogue.curriculum.katas {
      try "# questions\n".write(
        to: checkout.root.appending(path: "katas/\(kata.name)/questions.md"), atomically: true,
        encoding: .utf8)
    }
    let sections = questions.map { "\n## \($0)\n\nThe answer.\n\n- the point\n" }
    try ("# questions\n" + sections.joined()).write(
      to: checkout.root.appending(path: "katas/adam/questions.md"), atomically: true,
      encoding: .utf8)
    return checkout
  }

  @Test("without a terminal it prints")
  func printing() throws {
    let checkout = try checkout("What is m?", "What is v?")
    let run = try checkout.run("recall", "--count", "1")
    #expect(run.code == .passed)
    #expect(run.output.contains("What is m?") && !run.output.contains("What is v?"))
    #expect(run.output.contains("  The answer.\n\n  In any answer:\n    · the point\n"))
    #expect(try checkout.run("recall", "--due").output.hasPrefix("No question is due."))
    #expect(try checkout.run("recall", "--kata", "backprop").output.hasPrefix("There is nothing"))
    #expect(try checkout.run("recall", "--kata", "adm").notes.contains("did you mean 'adam'?"))
    #expect(try checkout.run("recall", "--count", "0").code == .wrongUsage)
  }

  @Test("what belongs to no kata is asked when it is asked for, and once a kata is passed")
  func general() throws {
    let checkout = try checkout("What is m?")
    try "# questions\n\n## Why NaN?\n\nThe data.\n\n- the data\n- the rate\n".write(
      to: checkout.root.appending(path: "katas/questions.md"), atomically: true, encoding: .utf8)
    let general = try checkout.run("recall", "--kata", "general").output
    #expect(general.contains("recall · general") && general.contains("Why NaN?"))
    #expect(!general.contains("What is m?"))
    #expect(try checkout.run("recall", "--count", "1").output.contains("What is m?"))
    #expect(try checkout.run("recall", "--kata", "adam").output.contains("What is m?"))
    try checkout.write(try checkout.solution(SigmoidSuite.kata), for: SigmoidSuite.kata)
    _ = try checkout.run("sigmoid")
    #expect(try checkout.run("recall", "--count", "1").output.contains("Why NaN?"))
  }

  @Test("a pass is followed by a question")
  func followUp() throws {
    let checkout = try checkout("What is m?")
    let kata = AdamSuite.kata
    try checkout.write(
      try checkout.solution(kata), for: kata)
    let output = try checkout.run("adam").output
    #expect(output.contains("\n  They will ask now: What is m?\n"))
    #expect(output.contains("swift run grade recall --kata adam"))
  }

  @Test("at a terminal: asked, answered, rated, scheduled, due", arguments: ["xterm", "dumb"])
  func process(terminalType: String) throws {
    let checkout = try checkout("What is m?", "What is v?")
    let terminal = try PseudoTerminal(
      ["recall", "--kata", "adam"], in: checkout, environment: ["TERM": terminalType])
    #expect(terminal.shows("What is m?"), "\(terminal.text)")
    #expect(!terminal.screen.contains("the point"))
    terminal.press(" ")
    #expect(terminal.shows("· the point"))
    terminal.press("2")
    #expect(terminal.shows("hard: asked again tomorrow."))
    #expect(terminal.shows("What is v?"))
    terminal.press("q")
    #expect(terminal.ending() == 0)
    #expect(terminal.screen.contains("1 question rated: 1 hard."))
    #expect(terminal.isInShellModes)
    let events = Journal(file: checkout.project.journal).read().events
    #expect(events.map(\.question) == ["What is m?"] && events.map(\.rating) == [2])
    let later = try checkout.run { $0.now = { Date() + 3 * day } }
    #expect(later.output.contains("1 question due: swift run grade recall --due"))
  }
}

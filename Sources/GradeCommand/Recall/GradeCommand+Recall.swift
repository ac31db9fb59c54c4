import Grading
import Practice
import Workshop

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which questions are asked.
package struct RecallOptions: Equatable, Sendable {
  static let usualCount = 10

  var kata: String?
  var onlyDue = false
  var count = Self.usualCount
}

extension GradeCommand {
  /// Asks the questions that follow the code; without a keyboard it prints them with their answers.
  func recall(_ options: RecallOptions) throws -> ExitCode {
    let project = try project()
    let practice = practice(in: project)
    let passed = Set(catalogue.katas.map(\.name).filter { practice[$0].passes > 0 })
    let questions = Array(
      Recall.choice(
        of: try questions(options.kata, in: project), memories: practice.questions,
        // Whoever has passed a kata can be asked what belongs to none.
        passed: passed.isEmpty ? [] : passed.union([RecallQuestion.general]),
        today: surroundings.clock.day(of: surroundings.now()), clock: surroundings.clock,
        onlyDue: options.onlyDue, evenLater: options.kata != nil
      ).prefix(options.count))
    guard !questions.isEmpty else {
      surroundings.write(
        options.onlyDue
          ? "No question is due. New ones: swift run grade recall\n"
          : "There is nothing to ask: the pages katas/*/questions.md hold no question.\n")
      return .passed
    }
    guard surroundings.hasKeys, let keyboard = Keyboard() else {
      let text = RecallText(style: surroundings.style())
      for (index, question) in questions.enumerated() {
        surroundings.write(
          text.asked(question, index + 1, of: questions.count) + "\n\n"
            + text.answer(to: question) + "\n\n")
      }
      return .passed
    }
    let recall = Recall(questions, memories: practice.questions, clock: surroundings.clock)
    try ask(recall, by: keyboard, in: project)
    return .passed
  }

  /// What belongs to `kata`, which may be `RecallQuestion.general`; without one, everything.
  private func questions(_ kata: String?, in project: Project) throws -> [RecallQuestion] {
    switch kata {
    case RecallQuestion.general: try project.generalQuestions()
    case let kata?: try project.questions(try named(kata))
    case nil: try catalogue.katas.flatMap(project.questions) + project.generalQuestions()
    }
  }

  /// What is due to be asked again, the longest overdue first; not what the pages no longer hold.
  func questionsDue(
    _ practice: PracticeRecord, in project: Project
  ) throws -> [RecallQuestion] {
    guard !practice.questions.isEmpty else { return [] }
    return Recall.choice(
      of: try questions(nil, in: project), memories: practice.questions, passed: [],
      today: surroundings.clock.day(of: surroundings.now()), clock: surroundings.clock,
      onlyDue: true)
  }

  private func ask(_ recall: Recall, by keyboard: borrowing Keyboard, in project: Project) throws {
    var recall = recall
    var drawn: Screen?
    if surroundings.canMoveCursor { surroundings.write(Screen.clear) }
    show(recall, over: &drawn)
    while recall.step != .over {
      switch try keyboard.read(milliseconds: 200) {
      case .none: if surroundings.canMoveCursor { show(recall, over: &drawn) }
      case .closed: return
      case .resumed:
        drawn = nil
        if surroundings.canMoveCursor { surroundings.write(Screen.clear) }
        show(recall, over: &drawn)
      case .key(let key):
        let before = recall.step
        if let event = recall.take(key, at: surroundings.now()) { remember(event, in: project) }
        if recall.step != before || surroundings.canMoveCursor { show(recall, over: &drawn) }
      }
    }
    if drawn != nil { surroundings.write("\n") }
  }

  /// Draws what has changed; where nothing can be drawn over, it is said after what was said before.
  private func show(_ recall: Recall, over drawn: inout Screen?) {
    let window = surroundings.windowSize() ?? WindowSize(columns: 80, rows: 24)
    var style = surroundings.style()
    guard surroundings.canMoveCursor else {
      let text = RecallText(style: style)
      let status = text.status(of: recall, at: surroundings.now()).joined(separator: "\n")
      surroundings.write(
        "\n"
          + (recall.step == .comparing
            ? text.answer(to: recall.question) : text.body(of: recall))
          + (status.isEmpty ? "\n" : "\n\n\(status)\n"))
      return
    }
    style = style.with(width: min(window.columns, Style.widest))
    let text = RecallText(style: style)
    let screen = Screen(
      body: text.body(of: recall), status: text.status(of: recall, at: surroundings.now()),
      window: window, style: style)
    guard screen != drawn else { return }
    surroundings.write(screen.drawing)
    drawn = screen
  }

  /// The question that an interviewer would ask of `kata` now; nil where its page has none.
  func followUp(to kata: Kata, in project: Project, _ practice: PracticeRecord) throws -> String? {
    Recall.choice(
      of: try project.questions(kata), memories: practice.questions, passed: [kata.name],
      today: surroundings.clock.day(of: surroundings.now()), clock: surroundings.clock,
      evenLater: true
    ).first?.id.text
  }
}

package import Exam

/// What was asked and what came of it, for whoever wants to look.
package struct QuestionRecord: Sendable {
  /// Every check that it was asked for, in their order.
  package private(set) var checks: [String]
  package let question: QuestionID
  package let fixture: any Codable & Sendable
  package let truth: [Part]
  /// What a flawless answer is judged as, and when each of it counts as right.
  package let expected: [Block]
  /// Nil where there was none.
  package let answer: [Part]?
  /// The answer as it is judged.
  package let judged: [Block]?
  /// What the attempt printed meanwhile.
  package let prints: String

  init<S: Suite>(check: String, question: QuestionID, _ drawn: Drawn<S>, _ reply: Reply) {
    checks = [check]
    self.question = question
    fixture = drawn.fixture
    truth = drawn.trueParts
    expected = drawn.truth
    switch reply {
    case .answer(let parts, let prints):
      (answer, self.prints) = (parts, prints)
      judged = Answered(drawn, parts: parts).blocks
    case .silence(let silence): (answer, judged, prints) = (nil, nil, silence.prints)
    }
  }

  /// The check that it was asked for first.
  package var check: String { checks[0] }

  /// Whether it has an answer, and that is the true one.
  package var isRight: Bool { judged?.agree(with: expected) ?? false }

  mutating func add(check: String) {
    if !checks.contains(check) { checks.append(check) }
  }
}

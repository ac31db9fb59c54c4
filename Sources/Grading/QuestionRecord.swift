package import Exam

/// What was asked and what came of it, for whoever wants to look.
package struct QuestionRecord: Sendable {
  /// The check that it was asked for first.
  package let check: String
  package let question: QuestionID
  package let fixture: any Codable & Sendable
  package let truth: [Part]
  /// Nil where there was none.
  package let answer: [Part]?
  /// What the attempt printed meanwhile.
  package let prints: String

  init<S: Suite>(check: String, question: QuestionID, _ drawn: Drawn<S>, _ reply: Reply) {
    self.check = check
    self.question = question
    fixture = drawn.fixture
    truth = drawn.trueParts
    switch reply {
    case .answer(let parts, let prints): (answer, self.prints) = (parts, prints)
    case .silence(let silence): (answer, prints) = (nil, silence.prints)
    }
  }
}

package import Exam
package import Numerics

/// What was asked and what came of it, for whoever wants to look.
package struct QuestionRecord: Sendable {
  /// Every check that it was asked for, in their order.
  package private(set) var checks: [String]
  package let question: QuestionID
  package let fixture: any Codable & Sendable
  package let truth: [Part]
  /// Nil where there was none.
  package let answer: [Part]?
  /// What the attempt printed meanwhile.
  package let prints: String
  /// What an answer is judged as; the judgment is made where it is looked at, for most never are.
  private let judge: @Sendable (_ answer: [Part]) -> [Block]
  private let judgedTruth: @Sendable () -> [Block]

  init<S: Suite>(check: String, question: QuestionID, _ drawn: Drawn<S>, _ reply: Reply) {
    checks = [check]
    self.question = question
    fixture = drawn.fixture
    truth = drawn.trueParts
    judge = { Answered(drawn, parts: $0).blocks }
    judgedTruth = { drawn.truth }
    switch reply {
    case .answer(let parts, let prints): (answer, self.prints) = (parts, prints)
    case .silence(let silence): (answer, prints) = (nil, silence.prints)
    }
  }

  /// What a flawless answer is judged as, and when each of it counts as right.
  package var expected: [Block] { judgedTruth() }

  /// The answer as it is judged.
  package var judged: [Block]? { answer.map(judge) }

  /// The check that it was asked for first.
  package var check: String { checks[0] }

  /// Whether it has an answer, and that is the true one.
  package var isRight: Bool { judged?.agree(with: expected) ?? false }

  mutating func add(check: String) {
    if !checks.contains(check) { checks.append(check) }
  }

  /// Whether both came to the same answer, to the last bit, or both to none.
  package func hasAnswer(of other: QuestionRecord) -> Bool {
    guard let answer, let others = other.answer else { return answer == nil && other.answer == nil }
    return answer.isIdentical(to: others)
  }
}

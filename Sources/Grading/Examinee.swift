package import Exam

/// Whoever answers questions: an attempt in its room, or an implementation in this process.
package protocol Examinee<S> {
  associatedtype S: Suite
  /// Why no examination can go on.
  associatedtype Failure: Error

  /// Makes a new instance, to which the questions that follow are put.
  ///
  /// - Parameter forgetting: whether nothing may be left of what was asked before, as far as that can be.
  /// - Returns: nil, or why there is none.
  mutating func start(forgetting: Bool) throws(Failure) -> Silence?

  mutating func reply(
    to script: S.Script, on fixture: S.Fixture
  ) throws(Failure) -> Reply

  /// Nothing is asked for a while, and then of a new instance.
  mutating func rest()

  /// Lets go of whatever is held. Nothing can be asked afterward.
  mutating func close()
}

extension Examinee {
  package mutating func rest() {}
}

/// What came of one question.
package enum Reply: Sendable {
  case answer([Part], prints: String = "")
  case silence(Silence)
}

/// Why a question has no answer.
package struct Silence: Error, Equatable, Sendable {
  package var status: CheckResult.Status
  package var message: String?
  /// Where in the attempt, as far as is known.
  package var file: String?
  package var line: Int?
  package var prints = ""

  package init(
    status: CheckResult.Status, message: String? = nil, file: String? = nil, line: Int? = nil
  ) {
    self.status = status
    self.message = message
    self.file = file
    self.line = line
  }

  func result(_ name: String) -> CheckResult {
    CheckResult(name: name, status: status, message: message, file: file, line: line)
  }
}

/// An implementation that answers in this process.
package struct Insider<S: Suite>: Examinee {
  private let make: () -> S.Subject?
  private var subject: S.Subject?

  package init(_ make: @escaping () -> S.Subject?) { self.make = make }

  /// Of a type that conforms to the kata's protocol.
  package init(_ type: any Any.Type) { self.init { S.Paper.subject(of: type) } }

  /// The reference that makes `mistakes`.
  package init(making mistakes: S.Mistakes) { self.init { S.reference(making: mistakes) } }

  package mutating func start(forgetting: Bool) -> Silence? {
    subject = make()
    return subject == nil
      ? Silence(status: .failed, message: "not a \(S.kata.requirement)") : nil
  }

  package mutating func reply(to script: S.Script, on fixture: S.Fixture) -> Reply {
    guard let subject else { return .silence(Silence(status: .failed, message: "not started")) }
    return .answer(S.Paper.answer(of: subject, to: script, on: fixture))
  }

  package func close() {}
}

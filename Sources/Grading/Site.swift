/// A place in a computation: what is right there, and what people write instead.
///
/// Two mistakes at one site exclude each other, because there is one output.
package struct Site<Input, Output>: Sendable {
  package let name: String
  /// How the sentences of its mistakes start.
  let subject: String
  /// The method that may repeat these lines instead of calling the method that they belong to.
  let caller: Caller?
  private let right: @Sendable (Input) -> Output
  let mistakes: [Mistake<Input, Output>]

  package init(
    _ name: String, _ subject: String = "", or caller: Caller? = nil,
    right: @escaping @Sendable (Input) -> Output,
    @MistakeList<Input, Output> mistakes: () -> [Mistake<Input, Output>]
  ) {
    self.name = name
    self.subject = subject
    self.caller = caller
    self.right = right
    self.mistakes = mistakes()
  }

  /// What the mistake at `place` gives; what is right where there is none, or where it gives nothing.
  func output(for input: Input, making place: Int?) -> Output {
    if let place, let wrong = mistakes[place].instead(input) { return wrong }
    return right(input)
  }
}

extension Site where Input == Output {
  /// A site that is only a chance to go wrong: to leave the input as it is would be right.
  package init(
    _ id: String, _ sentence: String, instead: @escaping @Sendable (Input) -> Output?
  ) {
    self.init(id, right: { $0 }, mistakes: { Mistake(id, sentence, instead: instead) })
  }
}

/// Who computes something: the method that is there for it, or one that may call it.
package enum Role: Sendable { case callee, caller }

/// A method that may call another or repeat its lines, and how the sentences start there.
package struct Caller: Sendable {
  let name: String
  let subject: String
  /// How they start where the other method alone is wrong, if not as where both are.
  let calleeSubject: String?

  package init(_ name: String, _ subject: String, callee: String? = nil) {
    (self.name, self.subject, calleeSubject) = (name, subject, callee)
  }
}

/// What people write at a site: an identifier that programs read, in kebab-case, a sentence to the
/// person who wrote it, and the code.
package struct Mistake<Input, Output>: Sendable {
  let id: String
  let sentence: String
  /// Whether only a caller can write it.
  let isCallersOnly: Bool
  /// Who may be wrong while the other one is right, where a caller may repeat these lines.
  let alone: Set<Role>
  /// Nil where it would compute nothing, as where shapes do not fit.
  let instead: @Sendable (Input) -> Output?

  package init(
    _ id: String, _ sentence: String, byCallersOnly: Bool = false,
    alone: Set<Role> = [.callee, .caller], instead: @escaping @Sendable (Input) -> Output?
  ) {
    self.id = id
    self.sentence = sentence
    self.isCallersOnly = byCallersOnly
    self.alone = alone
    self.instead = instead
  }
}

/// Lists mistakes one below the other, each type-checked by itself.
@resultBuilder
package enum MistakeList<Input, Output> {
  package static func buildExpression(
    _ mistake: Mistake<Input, Output>
  ) -> [Mistake<Input, Output>] { [mistake] }

  package static func buildExpression(
    _ mistakes: [Mistake<Input, Output>]
  ) -> [Mistake<Input, Output>] { mistakes }

  package static func buildBlock(
    _ mistakes: [Mistake<Input, Output>]...
  ) -> [Mistake<Input, Output>] { mistakes.flatMap(\.self) }
}

package import Exam
package import Numerics

/// How one kata is judged: what is true, what people get wrong, and what is asked to find out.
///
/// The heart is `reference(at:)`, an implementation of the kata's own protocol that makes any set of
/// known mistakes on purpose. With none it is the truth that attempts are held to; with some it is how a
/// mistake is recognized, and how the checks themselves are tested.
package protocol Suite: MistakeHome {
  /// What an attempt is asked, and how.
  associatedtype Paper: Exam

  static var kata: Kata { get }

  /// An implementation of the kata that is computed at the sites of its mistakes.
  static func reference(at: Computation<Self>) -> Subject

  /// An answer as it is judged: when each part of it counts as right, or what is told from it.
  static func blocks(of answer: [Part], to script: Script, on fixture: Fixture) -> [Block]

  /// What a flawless attempt answers; nothing where that takes long and no answer is compared to it.
  static func truth(of fixture: Fixture, to script: Script) -> [Part]

  /// Which parts an answer has, and their shapes: those of the truth, where that is not left out.
  static func form(of fixture: Fixture, to script: Script, truth: [Part]) -> [PartForm]

  /// The checks in the order in which they are reported; shapes first.
  static var checks: [Check<Self>] { get }

  /// Counts in the fixture that a wrong factor may turn out to be.
  static func quantities(of fixture: Fixture) -> [Quantity]

  /// What there is to look at, of an attempt whose shapes are right; it may be wrong in every other way.
  static var pictures: [PictureQuestion<Self>] { get }
}

extension Suite {
  package typealias Subject = Paper.Subject
  package typealias Fixture = Paper.Fixture
  package typealias Script = Paper.Script
  package typealias Mistakes = Set<MistakeID<Self>>

  package static func reference(making mistakes: Mistakes) -> Subject {
    reference(at: Computation(making: mistakes))
  }

  package static func blocks(
    of answer: [Part], to script: Script, on fixture: Fixture
  ) -> [Block] { answer.map { Block($0) } }

  package static func form(
    of fixture: Fixture, to script: Script, truth: [Part]
  ) -> [PartForm] { truth.map { PartForm($0) } }

  package static func quantities(of fixture: Fixture) -> [Quantity] { [] }

  package static var pictures: [PictureQuestion<Self>] { [] }

  /// What the mistake with this identifier is, as one sentence to who made it.
  package static func sentence(ofMistake id: String) -> String? {
    MistakeID<Self>(rawValue: id)?.sentence
  }

  /// Every mistake that is known of the kata.
  package static var listedMistakes: [NamedMistake] {
    MistakeID<Self>.allCases.map { NamedMistake(id: $0.rawValue, sentence: $0.sentence) }
  }

  /// The names of all checks as they are reported, the one that asks the same again among them.
  package static var checkNames: [String] {
    let checks = checks
    return checks.filter { !$0.isLong }.map(\.name) + [CheckResult.repetition]
      + checks.filter(\.isLong).map(\.name)
  }

  package static func truth(of fixture: Fixture, to script: Script) -> [Part] {
    Paper.answer(of: reference(making: []), to: script, on: fixture)
  }
}

/// A count that belongs to a fixture, and how to say it: "the batch has 5 rows".
package struct Quantity: Sendable, Equatable {
  package let count: Int
  package let phrase: String

  package init(_ count: Int, _ phrase: String) {
    self.count = count
    self.phrase = phrase
  }
}

/// A question that is asked for what there is to see in its answer, and never judged.
package struct PictureQuestion<S: Suite>: Sendable {
  let question: Question<S>
  let draw: @Sendable (Answered<S>) -> Picture?

  package init(
    on probe: Case<S.Fixture>, to script: S.Script,
    draw: @escaping @Sendable (Answered<S>) -> Picture?
  ) {
    question = Question(on: probe, to: script)
    self.draw = draw
  }
}

package import KataKit

/// How one kata is judged: what it is asked, what is true, and what people get wrong.
///
/// The heart is `reference(making:)`, an implementation of the kata's own protocol that makes any set
/// of known mistakes on purpose. With none it is the truth that attempts are held to; with some it is
/// how a mistake is recognised, and how the checks themselves are tested.
package protocol Suite: Sendable {
  /// What a check calls: an instance of the learner's type, or a way to make one.
  associatedtype Subject
  /// What an attempt is asked.
  associatedtype Fixture: Sendable
  associatedtype Slip: ListedMistake

  static var kata: Kata { get }

  /// The learner's type as a subject, or nil when it does not conform to the kata's protocol.
  static func subject(of type: any Any.Type) -> Subject?

  static func reference(making mistakes: Set<Slip>) -> Subject

  /// Everything the subject answers to the fixture, in the order of computation.
  ///
  /// It must not trap whatever the subject returns.
  static func answer(of subject: Subject, to fixture: Fixture) -> [Block]

  /// The checks in the order in which they run; shapes first.
  static var checks: [Check<Self>] { get }

  /// Counts in the fixture that a wrong factor may turn out to be.
  static func quantities(of fixture: Fixture) -> [Quantity]

  /// What there is to look at, of an attempt whose shapes are right and that came to an end; it may be
  /// wrong in every other way.
  static func pictures(of subject: Subject, seed: UInt64) -> [Picture]
}

extension Suite {
  package static func quantities(of fixture: Fixture) -> [Quantity] { [] }

  package static func pictures(of subject: Subject, seed: UInt64) -> [Picture] { [] }

  /// What the mistake with this identifier is, as one sentence to who made it.
  package static func sentence(ofMistake id: String) -> String? { Slip(rawValue: id)?.sentence }

  /// Every mistake that is known of the kata.
  package static var listedMistakes: [NamedMistake] {
    Slip.allCases.map { NamedMistake(id: $0.rawValue, sentence: $0.sentence) }
  }

  /// What a flawless attempt answers.
  package static func truth(of fixture: Fixture) -> [Block] {
    answer(of: reference(making: []), to: fixture)
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

/// A family of fixtures, drawn afresh from the seed of the run.
package struct Case<Fixture: Sendable>: Sendable {
  package let name: String
  let draw: @Sendable (inout SeededGenerator) -> Fixture

  package init(_ name: String, draw: @escaping @Sendable (inout SeededGenerator) -> Fixture) {
    self.name = name
    self.draw = draw
  }

  /// The fixture of this case for `seed`; every case has a stream of its own.
  package func fixture(seed: UInt64) -> Fixture {
    // FNV-1a over the name, so that no case's fixtures change when another is added.
    let stream = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    var generator = SeededGenerator(seed: seed ^ stream)
    return draw(&generator)
  }
}

extension SeededGenerator {
  /// `count` different sizes, so that no two dimensions of a fixture can be mistaken.
  ///
  /// None is 1 or 2: a batch of 1 hides every sum, and 2 classes make a missing ½ look like 1/classes.
  package mutating func sizes(_ count: Int, in range: ClosedRange<Int> = 3...7) -> [Int] {
    Array(range.shuffled(using: &self).prefix(count))
  }
}

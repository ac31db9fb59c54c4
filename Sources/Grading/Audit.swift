/// The proof of a suite: its own mistakes, made on purpose, one at a time and two at once.
package struct Audit: Sendable, Equatable {
  /// What became of a set of mistakes.
  package enum Fate: Sendable, Equatable {
    /// No check failed.
    case missed
    /// Explained by exactly this set, or by a part of it that gives the same numbers.
    case named
    /// Caught, and not explained.
    case unnamed
    /// Caught, and explained by something else.
    case misnamed(as: [String])
  }

  package struct Entry: Sendable, Equatable {
    package let mistakes: [String]
    package let seed: UInt64
    package let fate: Fate
  }

  package let kata: String
  package let singles: [Entry]
  package let pairs: [Entry]

  /// Makes every mistake of `suite` with each of the seeds, and every pair with the first.
  package init<S: Suite>(_ suite: S.Type, seeds: [UInt64]) {
    kata = S.kata.name
    singles = seeds.flatMap { seed in
      S.Slip.sets(of: 1).map { Self.entry(suite, $0, seed: seed) }
    }
    pairs = seeds.prefix(1).flatMap { seed in
      S.Slip.sets(of: 2).map { Self.entry(suite, $0, seed: seed) }
    }
  }

  private static func entry<S: Suite>(
    _ suite: S.Type, _ mistakes: Set<S.Slip>, seed: UInt64
  ) -> Entry {
    var examination = Examination<S>(S.reference(making: mistakes), seed: seed)
    let results = examination.run()
    let fate: Fate
    if results.allSatisfy({ $0.status == .passed }) {
      fate = .missed
    } else {
      let explanations = examination.explanations()
      if explanations.isEmpty {
        fate = .unnamed
      } else if explanations.contains(where: { $0.isSubset(of: mistakes) }) {
        fate = .named
      } else {
        fate = .misnamed(as: explanations.flatMap { $0.map(\.rawValue).sorted() })
      }
    }
    return Entry(mistakes: mistakes.map(\.rawValue).sorted(), seed: seed, fate: fate)
  }
}

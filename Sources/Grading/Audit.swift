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
    var (singles, pairs) = ([Entry](), [Entry]())
    for (index, seed) in seeds.enumerated() {
      var diagnosis = Diagnosis<S>(seed: seed)
      singles += S.Slip.sets(of: 1).map { Self.entry($0, by: &diagnosis, seed: seed) }
      if index == 0 {
        pairs = S.Slip.sets(of: 2).map { Self.entry($0, by: &diagnosis, seed: seed) }
      }
    }
    (self.singles, self.pairs) = (singles, pairs)
  }

  private static func entry<S: Suite>(
    _ mistakes: Set<S.Slip>, by diagnosis: inout Diagnosis<S>, seed: UInt64
  ) -> Entry {
    var examination = Examination<S>(S.reference(making: mistakes), seed: seed)
    let results = examination.run()
    let fate: Fate
    if results.allSatisfy({ $0.status == .passed }) {
      fate = .missed
    } else {
      let explanations = examination.explanations(by: &diagnosis, making: mistakes)
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

/// A correct implementation that a suite failed.
package struct FalseAlarm: Sendable, Equatable {
  package let type: String
  package let seed: UInt64
  /// What was said against it: "shapes: dW₁ is 3×4, expected 4×3".
  package let finding: String

  /// What `suite` says against `types`, each of which is right, with each of the seeds; long checks are
  /// run with the first one.
  package static func all<S: Suite>(
    of types: [any Any.Type], in suite: S.Type, seeds: Range<UInt64>
  ) -> [FalseAlarm] {
    types.flatMap { type -> [FalseAlarm] in
      let name = "\(type)"
      guard let subject = S.subject(of: type) else {
        return [FalseAlarm(type: name, seed: 0, finding: "not a \(S.kata.requirement)")]
      }
      return seeds.flatMap { seed in
        var examination = Examination<S>(
          subject, seed: seed, asksLongChecks: seed == seeds.lowerBound)
        return examination.run().filter { $0.status != .passed }.map {
          FalseAlarm(type: name, seed: seed, finding: "\($0.name): \($0.message ?? "\($0.status)")")
        }
      }
    }
  }
}

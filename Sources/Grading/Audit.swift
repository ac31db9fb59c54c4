import Exam

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

  /// Makes every mistake of `suite` with each of the seeds, and of the pairs with the first as many as
  /// `pairShare` says, evenly spread.
  package init<S: Suite>(_ suite: S.Type, seeds: [UInt64], pairShare: Double = 1) {
    kata = S.kata.name
    var (singles, pairs) = ([Entry](), [Entry]())
    for (index, seed) in seeds.enumerated() {
      let paper = Paper<S>(seed: seed)
      singles += MistakeID<S>.sets(of: 1).map { Self.entry($0, on: paper) }
      if index == 0 {
        let all = MistakeID<S>.sets(of: 2)
        let chosen = all.indices.filter {
          Int(Double($0 + 1) * pairShare) > Int(Double($0) * pairShare)
        }
        pairs = chosen.map { Self.entry(all[$0], on: paper) }
      }
    }
    (self.singles, self.pairs) = (singles, pairs)
  }

  private static func entry<S: Suite>(
    _ mistakes: S.Mistakes, on paper: Paper<S>
  ) -> Entry {
    var examination = Examination(Insider<S>(making: mistakes), paper: paper)
    let fate: Fate
    if examination.run(repeating: .thoseThatPass).allSatisfy({ $0.status == .passed }) {
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
    return Entry(mistakes: mistakes.map(\.rawValue).sorted(), seed: paper.seed, fate: fate)
  }
}

/// A correct implementation that a suite failed.
package struct FalseAlarm: Sendable, Equatable {
  package let type: String
  package let seed: UInt64
  /// What was said against it: "shapes: dW₁ is 3×4, expected 4×3".
  package let finding: String

  /// What `suite` says against `types`, each of which is right, with each of the seeds; long checks are
  /// run with the first one, and everything is asked again with every tenth.
  package static func all<S: Suite>(
    of types: [any Any.Type], in suite: S.Type, seeds: Range<UInt64>
  ) -> [FalseAlarm] {
    seeds.flatMap { seed -> [FalseAlarm] in
      let paper = Paper<S>(seed: seed)
      return types.flatMap { type -> [FalseAlarm] in
        var examination = Examination(Insider<S>(type), paper: paper)
        let results = examination.run(
          asksLongChecks: seed == seeds.lowerBound,
          repeating: (seed - seeds.lowerBound).isMultiple(of: 10) ? .all : .none)
        return results.filter { $0.status != .passed }.map {
          FalseAlarm(
            type: "\(type)", seed: seed, finding: "\($0.name): \($0.message ?? "\($0.status)")")
        }
      }
    }
  }
}

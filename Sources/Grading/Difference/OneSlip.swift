import Numerics

/// Whether all that is wrong with an attempt is one block that is something else than it should be: z for
/// the upstream gradient, or its own transpose.
///
/// Two listed mistakes may come to the same numbers, and nobody has made them.
struct OneSlip<S: Suite> {
  private let answers: [Answered<S>]

  init(_ rounds: [Round<S>]) { answers = rounds.flatMap { $0.answers.compactMap(\.self) } }

  var isThere: Bool {
    let wrong = answers.flatMap { answered in
      zip(answered.blocks, answered.truth).filter { !$0.agrees(with: $1) }.map(\.1.name)
    }
    // What is asked again in another way has a longer name.
    guard let name = wrong.min(by: { $0.count < $1.count }),
      wrong.allSatisfy({ $0.hasPrefix(name) })
    else { return false }
    let observations = answers.compactMap { answered in
      answered.blocks.count == answered.truth.count
        ? answered.truth.firstIndex { $0.name == name }.flatMap { Observation(answered, at: $0) }
        : nil
    }
    guard let first = observations.first(where: { $0.wrongCount > 0 }) else { return false }
    let hypotheses = DifferenceSearch(observations.filter { $0.wrongCount > 0 })
      .hypotheses(among: Relation.slips(in: first))
    return hypotheses.contains { hypothesis in
      hypothesis.isSlip && observations.allSatisfy(hypothesis.holds)
    }
  }
}

extension Hypothesis {
  /// Whether it says that one thing stands for another.
  fileprivate var isSlip: Bool {
    switch coefficient {
    case nil: relation != nil
    case .literal(let value): abs(value) == 1
    case .named, .unknown: false
    }
  }
}

extension Relation {
  /// What stands where something else should: a field of the fixture, the same transposed, or a function
  /// of what is expected.
  fileprivate static func slips(in observation: Observation) -> [Relation] {
    let fields = observation.matrices.prefix(observation.fieldCount).map(\.name)
    return fields.flatMap { [.multiple($0), .transposedMultiple($0)] as [Relation] }
      + [.arranged(.transposed)] + Form.allCases.map { .form($0) }
  }
}

/// The smallest set of known mistakes that gives the attempt's own numbers.
package enum Diagnosis<S: Suite> {
  /// Up to this many mistakes are looked for at once.
  static var largestSet: Int { 2 }
  /// More explanations than this say nothing.
  static var mostAlternatives: Int { 2 }

  /// The explanations of what the attempt answers, all equally good; empty when there is none.
  ///
  /// A set explains the attempt when the reference that makes exactly these mistakes answers the same
  /// on every fixture of the `failing` checks and of the `passing` ones, each case drawn twice. Where no
  /// set does, the only mistake that gives the numbers of the first failing check is one.
  package static func explanations(
    of subject: S.Subject, seed: UInt64, failing: [Check<S>], passing: [Check<S>]
  ) -> [Set<S.Slip>] {
    var cases: [Case<S.Fixture>] = []
    for probe in failing.flatMap(\.cases) + passing.flatMap(\.cases)
    where !cases.contains(where: { $0.name == probe.name }) {
      cases.append(probe)
    }
    let probes = [seed, seed &+ 1].flatMap { seed in
      cases.map { probe in
        let fixture = probe.fixture(seed: seed)
        return Probe(
          name: probe.name, fixture: fixture, answer: S.answer(of: subject, to: fixture))
      }
    }
    for size in 1...largestSet {
      let explanations = sets(of: size, thatFit: probes)
      if !explanations.isEmpty {
        return explanations.count <= mostAlternatives ? explanations : []
      }
    }
    // One mistake may be plain where the first check failed, and something else be odd elsewhere.
    let plain = Set(failing.first?.cases.map(\.name) ?? [])
    let explanations = sets(of: 1, thatFit: probes.filter { plain.contains($0.name) })
    return explanations.count == 1 ? explanations : []
  }

  /// A fixture with what the attempt answers to it.
  private struct Probe {
    let name: String
    let fixture: S.Fixture
    let answer: [Block]
  }

  private static func sets(of size: Int, thatFit probes: [Probe]) -> [Set<S.Slip>] {
    S.Slip.sets(of: size).filter { mistakes in
      let reference = S.reference(making: mistakes)
      return probes.allSatisfy { $0.answer.agree(with: S.answer(of: reference, to: $0.fixture)) }
    }
  }

  /// The explanations as they are reported.
  package static func named(_ explanations: [Set<S.Slip>]) -> [NamedMistake] {
    explanations.enumerated().flatMap { index, mistakes in
      S.Slip.allCases.filter(mistakes.contains).map {
        NamedMistake(
          id: $0.rawValue, sentence: $0.sentence,
          alternative: explanations.count > 1 ? index + 1 : nil)
      }
    }
  }
}

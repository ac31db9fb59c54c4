/// The smallest set of known mistakes that gives the attempt's own numbers.
///
/// What the references answer is kept, so that an audit that asks of many attempts with one seed pays
/// for it once.
package struct Diagnosis<S: Suite> {
  /// Up to this many mistakes are looked for at once.
  private static var largestSet: Int { 2 }
  /// More explanations than this say nothing.
  private static var mostAlternatives: Int { 2 }

  /// The share of all fixtures that a mistake must explain if it does not explain all.
  private static var plainShare: Double { 0.75 }

  private let seed: UInt64
  /// The candidates by size, from 1 on.
  private let candidates = (1...largestSet).map(S.Slip.sets)
  private var fixtures: [Draw: S.Fixture] = [:]
  private var answers: [Shelf: [[Block]?]] = [:]

  package init(seed: UInt64) { self.seed = seed }

  /// The explanations of what the attempt answers, all equally good; empty when there is none.
  ///
  /// A set explains the attempt when the reference that makes exactly these mistakes answers the same
  /// on every fixture of the `failing` checks and of the `passing` ones, each case drawn twice. Where no
  /// set does, the only mistake that gives the numbers of the first failing check is one.
  ///
  /// Where the attempt is known to be the reference that makes `mistakes`, that one need not be asked too.
  package mutating func explanations(
    of subject: S.Subject, failing: [Check<S>], passing: [Check<S>],
    making mistakes: Set<S.Slip>? = nil
  ) -> [Set<S.Slip>] {
    if failing.allSatisfy(\.cases.isEmpty) { return [] }
    var cases: [Case<S.Fixture>] = []
    for probe in failing.flatMap(\.cases) + passing.flatMap(\.cases)
    where !cases.contains(where: { $0.name == probe.name }) {
      cases.append(probe)
    }
    let probes = [seed, seed &+ 1].flatMap { seed in
      cases.map { probe in
        let draw = Draw(name: probe.name, seed: seed)
        let fixture = fixtures[draw] ?? probe.fixture(seed: seed)
        fixtures[draw] = fixture
        return Probe(draw: draw, fixture: fixture, answer: S.answer(of: subject, to: fixture))
      }
    }
    if let mistakes, let index = candidates[mistakes.count - 1].firstIndex(of: mistakes) {
      let none = unanswered(mistakes.count)
      for probe in probes {
        answers[Shelf(draw: probe.draw, size: mistakes.count), default: none][index] = probe.answer
      }
    }
    for size in 1...Self.largestSet {
      let explanations = sets(of: size, thatFit: probes)
      if !explanations.isEmpty {
        return explanations.count <= Self.mostAlternatives ? explanations : []
      }
    }
    // One mistake may be plain where the first check failed, and something else be odd elsewhere: if the
    // answers are wrong there, and the same when asked again.
    let names = Set(failing.first?.cases.map(\.name) ?? [])
    let plain = probes.filter { names.contains($0.draw.name) }
    guard plain.contains(where: { !$0.answer.agree(with: S.truth(of: $0.fixture)) }),
      plain.allSatisfy({ S.answer(of: subject, to: $0.fixture).agree(with: $0.answer) })
    else { return [] }
    let explanations = sets(of: 1, thatFit: plain)
    guard explanations.count == 1 else { return [] }
    // What fits hardly anywhere else is another mistake that looks like it there.
    let fitting = probes.count { probe in
      probe.answer.agree(
        with: S.answer(of: S.reference(making: explanations[0]), to: probe.fixture))
    }
    return Double(fitting) >= Self.plainShare * Double(probes.count) ? explanations : []
  }

  private struct Draw: Hashable {
    let name: String
    let seed: UInt64
  }

  /// A fixture with what the attempt answers to it.
  private struct Probe {
    let draw: Draw
    let fixture: S.Fixture
    let answer: [Block]
  }

  /// What is kept together: the answers of all candidates of one size to one draw.
  private struct Shelf: Hashable {
    let draw: Draw
    let size: Int
  }

  private func unanswered(_ size: Int) -> [[Block]?] {
    Array(repeating: nil, count: candidates[size - 1].count)
  }

  private mutating func sets(of size: Int, thatFit probes: [Probe]) -> [Set<S.Slip>] {
    let candidates = candidates[size - 1]
    var fitting = Array(candidates.indices)
    for probe in probes where !fitting.isEmpty {
      let shelf = Shelf(draw: probe.draw, size: size)
      // Taken out while it is filled, so that it is not copied.
      var known = answers.removeValue(forKey: shelf) ?? unanswered(size)
      fitting = fitting.filter { index in
        let answer =
          known[index] ?? S.answer(of: S.reference(making: candidates[index]), to: probe.fixture)
        known[index] = answer
        return probe.answer.agree(with: answer)
      }
      answers[shelf] = known
    }
    return fitting.map { candidates[$0] }
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

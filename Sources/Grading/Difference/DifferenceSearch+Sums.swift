import KataKit
import Numerics

extension DifferenceSearch {
  /// More things of one shape than this make too many pairs.
  private static var mostTerms: Int { 24 }
  /// So many entries are needed on each draw, of which two are no evidence.
  private static var leastEntries: Int { 5 }

  /// That every entry is a sum of two things, each times a number that is known.
  var sums: [Hypothesis] {
    guard let first = observations.first, observations.allSatisfy({ $0.hasItsShape }),
      observations.allSatisfy({ $0.expected.count >= Self.leastEntries })
    else { return [] }
    let names = ([Observation.itself] + first.matrices.map(\.name)).filter { name in
      first.matrix(name).map { $0.shape == first.expected.shape && !$0.isLevel } ?? false
    }.prefix(Self.mostTerms)
    return names.indices.flatMap { one in
      names[(one + 1)...].compactMap { sum(of: names[one], $0) }
    }
  }

  private func sum(of one: String, _ other: String) -> Hypothesis? {
    var numbers: [(Double, Double)] = []
    for observation in observations {
      guard let found = observation.weights(of: one, other) else { return nil }
      numbers.append(found)
    }
    let (first, second) = (
      quantities.names(of: numbers.map(\.0)), quantities.names(of: numbers.map(\.1))
    )
    let isKnown = [first, second].allSatisfy {
      $0.count == 1 && !$0[0].isOdd && $0[0] != .literal(0)
    }
    return isKnown
      ? Hypothesis(
        place: .everywhere, relation: .sum(one, other), coefficient: first[0], second: second[0])
      : nil
  }
}

extension Observation {
  /// The a and b for which the answer is a·M + b·N in every entry.
  fileprivate func weights(of one: String, _ other: String) -> (Double, Double)? {
    guard let m = matrix(one), let n = matrix(other), m.shape == actual.shape,
      n.shape == actual.shape
    else { return nil }
    let (mm, mn, nn) = ((m * m).sum(), (m * n).sum(), (n * n).sum())
    let determinant = mm * nn - mn * mn
    guard determinant > 1e-6 * mm * nn else { return nil }
    let (am, an) = ((actual * m).sum(), (actual * n).sum())
    let (a, b) = ((am * nn - an * mn) / determinant, (an * mm - am * mn) / determinant)
    guard a.isFinite, b.isFinite else { return nil }
    let all = Array(repeating: true, count: actual.count)
    return agrees(with: a * m + b * n, all) ? (a, b) : nil
  }
}

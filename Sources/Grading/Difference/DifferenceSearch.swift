import KataKit
import Numerics

/// Everything that holds of one block on several draws.
struct DifferenceSearch {
  let observations: [Observation]
  let quantities: Quantities

  /// So many wrong entries are needed in all.
  private static var leastEvidence: Int { 4 }

  init(_ observations: [Observation]) {
    self.observations = observations
    quantities = Quantities(in: observations)
  }

  /// What holds on every draw, the simplest first.
  func hypotheses(among relations: [Relation]? = nil) -> [Hypothesis] {
    guard let first = observations.first, observations.count > 1,
      observations.reduce(0, { $0 + $1.wrongCount }) >= Self.leastEvidence
    else { return [] }
    let places = Place.all(in: first).compactMap { place in
      members(of: place).map { (place, $0) }
    }
    var found: [Hypothesis] = []
    for relation in relations ?? Relation.all(in: first) {
      let lines = observations.compactMap { relation.line(in: $0) }
      if lines.count == observations.count {
        found += places.flatMap { self.lines(relation, lines, at: $0.0, $0.1) }
      } else {
        let predictions = observations.compactMap { relation.prediction(in: $0) }
        guard predictions.count == observations.count else { continue }
        found += places.filter { _, members in
          observations.indices.allSatisfy {
            observations[$0].agrees(with: predictions[$0], members[$0])
          }
        }.map { Hypothesis(place: $0.0, relation: relation) }
      }
    }
    if relations == nil { found += cuts }
    if relations == nil, found.isEmpty { found = sums }
    if found.isEmpty {
      found = places.filter { isExact($0.0, $0.1) }.map {
        Hypothesis(place: $0.0, relation: nil)
      }
    }
    let order = found.enumerated().sorted {
      ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset)
    }
    return order.map(\.element)
  }

  /// The entries of a place on each draw, if all wrong ones are among them and it can be no accident.
  private func members(of place: Place) -> [[Bool]]? {
    var all: [[Bool]] = []
    var (inside, outside) = (0, 0)
    for observation in observations {
      guard let members = place.members(in: observation) else { return nil }
      guard zip(members, observation.isRight).allSatisfy({ $0 || $1 }) else { return nil }
      inside += members.count(where: \.self)
      outside += members.count { !$0 }
      all.append(members)
    }
    switch place {
    case .everywhere: return all
    case .entries: return Self.bits(inside, outside) >= 24 ? all : nil
    default: return outside > 0 ? all : nil
    }
  }

  /// How surprising it is that exactly these entries are wrong, were it an accident.
  private static func bits(_ some: Int, _ others: Int) -> Double {
    guard some > 0, others > 0 else { return 0 }
    let count = Double(some + others)
    return [some, others].reduce(0) { $0 - Double($1) * log2(Double($1) / count) }
  }

  private func isExact(_ place: Place, _ members: [[Bool]]) -> Bool {
    place != .everywhere
      && zip(members, observations).allSatisfy { members, observation in
        zip(members, observation.isRight).allSatisfy { $0 != $1 }
      }
  }

  private func lines(
    _ relation: Relation, _ lines: [(y: Matrix, x: Matrix)], at place: Place, _ members: [[Bool]]
  ) -> [Hypothesis] {
    var slopes: [Double] = []
    for (draw, observation) in observations.enumerated() {
      guard let slope = observation.slope(of: lines[draw], on: members[draw]),
        observation.lies(on: lines[draw], slope: slope, members[draw]),
        slope != 0 || relation == .level
      else { return [] }
      slopes.append(slope)
    }
    let isZero = slopes.allSatisfy { $0.plain == 0 }
    guard !isZero || relation == .level else { return [] }
    if let trivial = relation.trivial, slopes.allSatisfy({ abs($0 - trivial) <= 1e-9 }) {
      return []
    }
    let names = quantities.names(of: slopes)
    // What two quantities explain is said with neither.
    let isBacked = names.first.map { !$0.isOdd || isWellHeld(lines, members) } ?? false
    if names.count == 1, isBacked {
      return [Hypothesis(place: place, relation: relation, coefficient: names[0])]
    }
    return relation.bearsUnknown && isWellHeld(lines, members)
      ? [Hypothesis(place: place, relation: relation, coefficient: .unknown)] : []
  }

  /// Whether three entries or more have the same slope on every draw.
  private func isWellHeld(_ lines: [(y: Matrix, x: Matrix)], _ members: [[Bool]]) -> Bool {
    observations.indices.allSatisfy { draw in
      let x = lines[draw].x.elements
      return x.indices.count { members[draw][$0] && x[$0] != 0 && !observations[draw].isRight[$0] }
        >= 3
    }
  }
}

extension Relation {
  /// Whether it says something where its number is not known.
  fileprivate var bearsUnknown: Bool {
    switch self {
    case .scaled, .multiple, .distance: true
    default: false
    }
  }
}

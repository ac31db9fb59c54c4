import KataKit
import Numerics

/// What may be said of a wrong block: where it is wrong, and what its numbers are there.
struct Hypothesis: Hashable {
  let place: Place
  /// Nil where only the place is known.
  let relation: Relation?
  /// The number in the relation, where it has one.
  var coefficient: Coefficient?
  /// The number of the second term, where there are two.
  var second: Coefficient?

  var cost: Double {
    place.cost + (relation?.cost ?? 10) + (coefficient?.cost ?? 0) + (second?.cost ?? 0)
      + (isOfAnotherBlock ? 0.25 : 0)
  }

  /// Whether what it says of the answer is so.
  func holds(on observation: Observation) -> Bool {
    guard let members = place.members(in: observation) else { return false }
    let isRightElsewhere = zip(members, observation.isRight).allSatisfy { $0 || $1 }
    guard isRightElsewhere else { return false }
    guard let relation else { return observation.isRight.contains(false) }
    if let line = relation.line(in: observation) {
      let value = coefficient?.value(in: observation) ?? observation.slope(of: line, on: members)
      return value.map { observation.lies(on: line, slope: $0, members) } ?? false
    }
    return prediction(of: relation, in: observation).map { observation.agrees(with: $0, members) }
      ?? false
  }

  /// What it says that the answer is, with the numbers of this draw.
  private func prediction(of relation: Relation, in observation: Observation) -> Matrix? {
    switch relation {
    case .cut(let side):
      return coefficient?.value(in: observation).map { bound in
        observation.expected.map { side.cut($0, at: bound) }
      }
    case .sum(let one, let other):
      guard let a = coefficient?.value(in: observation), let b = second?.value(in: observation),
        let m = observation.matrix(one), let n = observation.matrix(other),
        m.shape == observation.expected.shape, n.shape == m.shape
      else { return nil }
      return a * m + b * n
    default: return relation.prediction(in: observation)
    }
  }

  /// What is expected of other blocks says less than a field of the fixture.
  private var isOfAnotherBlock: Bool {
    let names: [String?] =
      switch relation {
      case .plus(let name), .multiple(let name), .transposedMultiple(let name),
        .distance(let name), .times(let name), .over(let name):
        [name]
      case .sum(let one, let other): [one, other]
      default: []
      }
    let all = if case .entries(let name, _) = place { names + [name] } else { names }
    return all.contains { $0?.hasPrefix(Observation.otherBlock) ?? false }
  }
}

extension Observation {
  /// The c for which a − y is nearest to c·x in these entries.
  func slope(of line: (y: Matrix, x: Matrix), on members: [Bool]) -> Double? {
    guard hasItsShape else { return nil }
    let (a, y, x) = (actual.elements, line.y.elements, line.x.elements)
    var (weight, sum) = (0.0, 0.0)
    for index in a.indices where members[index] {
      weight += x[index] * x[index]
      sum += x[index] * (a[index] - y[index])
    }
    let slope = sum / weight
    return slope.isFinite ? slope : nil
  }

  func lies(on line: (y: Matrix, x: Matrix), slope: Double, _ members: [Bool]) -> Bool {
    hasItsShape
      && actual.elements.indices.allSatisfy {
        !members[$0] || has(line.y.elements[$0] + slope * line.x.elements[$0], at: $0)
      }
  }

  func agrees(with prediction: Matrix, _ members: [Bool]) -> Bool {
    actual.shape == prediction.shape
      && actual.elements.indices.allSatisfy { !members[$0] || has(prediction.elements[$0], at: $0) }
  }
}

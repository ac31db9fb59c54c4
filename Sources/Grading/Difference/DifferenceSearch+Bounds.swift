import KataKit
import Numerics

extension DifferenceSearch {
  /// That entries beyond a bound have the bound: what is cut off.
  var cuts: [Hypothesis] {
    // Where all are beyond it, it is a number and no bound.
    guard observations.contains(where: { $0.isRight.contains(true) }) else { return [] }
    return Relation.Side.allCases.compactMap { side in
      let bounds = observations.compactMap(side.bound)
      let wrong = observations.flatMap { observation in
        observation.actual.elements.indices.filter { !observation.isRight[$0] }
          .map { observation.actual.elements[$0] < 0 }
      }
      // What happens on one side only is said of that side.
      guard bounds.count == observations.count, side != .beyond || Set(wrong).count == 2 else {
        return nil
      }
      let names = quantities.names(of: bounds)
      return names.count == 1
        ? Hypothesis(place: .everywhere, relation: .cut(side), coefficient: names[0]) : nil
    }
  }
}

extension Relation.Side {
  func cut(_ value: Double, at bound: Double) -> Double {
    switch self {
    case .above: min(value, bound)
    case .below: max(value, bound)
    case .beyond: min(max(value, -bound), bound)
    }
  }

  /// The bound that every wrong entry has and no right one is beyond.
  fileprivate func bound(in observation: Observation) -> Double? {
    guard observation.hasItsShape, let place = observation.isRight.firstIndex(of: false) else {
      return nil
    }
    let entry = observation.actual.elements[place]
    let bound = self == .beyond ? abs(entry) : entry
    guard bound.isFinite else { return nil }
    let predicted = observation.expected.map { cut($0, at: bound) }
    let all = Array(repeating: true, count: predicted.count)
    return observation.agrees(with: predicted, all) ? bound : nil
  }
}

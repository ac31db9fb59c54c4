import KataKit

/// Something that some fixtures have and others have not, and that an endless loop may be about: a single
/// row, a 0, an empty list.
struct Trait: Hashable {
  /// What has it, without places: "layers[].weights".
  private let kind: String
  private let what: String

  static func all(of fixture: Any) -> Set<Trait> {
    var all: Set<Trait> = []
    for (path, value) in FixtureLeaves(of: fixture).all {
      let kind = path.filter { !$0.isNumber }
      for trait in traits(of: value) where trait.holds {
        all.insert(Trait(kind: kind, what: trait.what))
      }
    }
    return all
  }

  private static func traits(of value: FixtureLeaves.Value) -> [(what: String, holds: Bool)] {
    switch value {
    case .matrix(let matrix):
      [("one row", matrix.rows == 1), ("one column", matrix.columns == 1)]
        + traits(of: matrix.elements)
    case .list(let list): [("one entry", list.count == 1)] + traits(of: list)
    case .number(let number): traits(of: [number])
    case .count(let count): [("0", count == 0), ("1", count == 1)]
    case .seed: []
    }
  }

  private static func traits(of numbers: [Double]) -> [(what: String, holds: Bool)] {
    [
      ("nothing", numbers.isEmpty),
      ("many", numbers.count > 1000),
      ("a 0", numbers.contains(0)),
      ("a tiny number", numbers.contains { $0 != 0 && abs($0) < 1e-6 }),
      ("a huge number", numbers.contains { abs($0) > 500 }),
      ("nothing but one number", Set(numbers).count == 1),
    ]
  }
}

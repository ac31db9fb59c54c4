import KataKit

/// Where in a block the numbers are wrong.
enum Place: Hashable {
  case everywhere
  case row(Int)
  case lastRow
  case column(Int)
  case lastColumn
  case notRow(Int)
  case notLastRow
  case notColumn(Int)
  case notLastColumn
  case diagonal, offDiagonal
  /// Where the entries of a matrix of the same shape, of a column beside the rows, or of a row above the
  /// columns have a property; nil is what is expected of the block itself.
  case entries(of: String?, Property)

  enum Property: Hashable, CaseIterable { case positive, negative, zero, nonzero, one }

  /// What it takes to believe it.
  var cost: Double {
    switch self {
    case .everywhere: 0
    case .row, .lastRow, .column, .lastColumn, .diagonal: 2
    case .entries(nil, let property): [.positive, .negative].contains(property) ? 1.9 : 2.5
    case .entries: 2
    case .notRow, .notLastRow, .notColumn, .notLastColumn, .offDiagonal: 2.5
    }
  }

  /// Which entries it has; nil where the block has no such place.
  func members(in observation: Observation) -> [Bool]? {
    let shape = observation.expected.shape
    let (rows, columns) = (shape.rows, shape.columns)
    func entries(_ isIn: (Int, Int) -> Bool) -> [Bool] {
      (0..<rows * columns).map { isIn($0 / columns, $0 % columns) }
    }
    switch self {
    case .everywhere: return Array(repeating: true, count: observation.actual.count)
    case .row(let place): return rows > place + 1 ? entries { row, _ in row == place } : nil
    case .lastRow: return rows > 1 ? entries { row, _ in row == rows - 1 } : nil
    case .column(let place): return columns > place + 1 ? entries { $1 == place } : nil
    case .lastColumn: return columns > 1 ? entries { $1 == columns - 1 } : nil
    case .notRow(let place): return rows > 2 ? entries { row, _ in row != place } : nil
    case .notLastRow: return rows > 2 ? entries { row, _ in row != rows - 1 } : nil
    case .notColumn(let place): return columns > 2 ? entries { $1 != place } : nil
    case .notLastColumn: return columns > 2 ? entries { $1 != columns - 1 } : nil
    case .diagonal: return min(rows, columns) > 1 ? entries { $0 == $1 } : nil
    case .offDiagonal: return min(rows, columns) > 1 ? entries { $0 != $1 } : nil
    case .entries(let name, let property):
      guard let matrix = name.map({ observation.matrix($0) }) ?? observation.expected else {
        return nil
      }
      let m = matrix.elements
      switch (matrix.rows, matrix.columns) {
      case (rows, columns): return m.map(property.holds)
      case (rows, 1): return entries { row, _ in property.holds(m[row]) }
      case (1, rows) where rows != columns: return entries { row, _ in property.holds(m[row]) }
      case (1, columns): return entries { property.holds(m[$1]) }
      default: return nil
      }
    }
  }

  /// Every place that the block of an observation may have.
  static func all(in observation: Observation) -> [Place] {
    guard observation.hasItsShape else { return [.everywhere] }
    var places: [Place] = [
      .everywhere, .row(0), .row(1), .lastRow, .column(0), .column(1), .lastColumn, .diagonal,
    ]
    let names: [String?] = observation.matrices.prefix(observation.fieldCount).map(\.name) + [nil]
    places += names.flatMap { name in Property.allCases.map { .entries(of: name, $0) } }
    let others = observation.matrices.dropFirst(observation.fieldCount).map(\.name)
    places += others.flatMap { name in Property.allCases.map { .entries(of: name, $0) } }
    return places + [
      .notRow(0), .notLastRow, .notColumn(0), .notLastColumn, .offDiagonal,
    ]
  }
}

extension Place.Property {
  func holds(_ value: Double) -> Bool {
    switch self {
    case .positive: value > 0
    case .negative: value < 0
    case .zero: value == 0
    case .nonzero: value != 0
    case .one: value == 1
    }
  }
}

import KataKit

@testable import Grading

/// What a matrix may be like, and an attempt may treat apart.
struct MatrixSituation {
  let axis: Axis
  /// "is a column".
  let what: String
  /// Whether only tables can be unlike that.
  var isOfTables = true
  let holds: (Matrix) -> Bool

  static var all: [MatrixSituation] { shapes + values }

  static var shapes: [MatrixSituation] {
    [
      MatrixSituation(axis: .degenerateShapes, what: "is a row") { $0.rows == 1 && $0.columns > 1 },
      MatrixSituation(axis: .degenerateShapes, what: "is a column") {
        $0.rows > 1 && $0.columns == 1
      },
      MatrixSituation(axis: .degenerateShapes, what: "is a single entry", isOfTables: false) {
        $0.count == 1
      },
    ]
  }

  private static var values: [MatrixSituation] {
    [
      MatrixSituation(axis: .scale, what: "has a tiny entry", isOfTables: false) {
        $0.elements.contains { $0 != 0 && abs($0) < 1e-6 }
      },
      MatrixSituation(axis: .scale, what: "has a huge entry", isOfTables: false) {
        $0.elements.contains { abs($0) > 500 }
      },
      MatrixSituation(axis: .contradiction, what: "has a 0", isOfTables: false) {
        $0.elements.contains(0)
      },
      MatrixSituation(axis: .contradiction, what: "has a constant row") {
        $0.columns > 2 && $0.hasLevelRow
      },
      MatrixSituation(axis: .contradiction, what: "has a constant column") {
        $0.rows > 2 && $0.transposed.hasLevelRow
      },
    ]
  }
}

extension Matrix {
  var isTable: Bool { rows > 1 && columns > 1 }

  /// Whether it can hold any numbers: no label, no mark.
  var isReal: Bool { count > 2 && Set(elements).count == count }

  fileprivate var hasLevelRow: Bool { (0..<rows).contains { row($0).isLevel } }
}

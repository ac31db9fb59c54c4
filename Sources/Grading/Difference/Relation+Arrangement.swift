import KataKit
import Numerics

extension Relation.Arrangement {
  /// `e` in this order; nil where that is no other one.
  func applied(to e: Matrix, like actual: Matrix) -> Matrix? {
    let (rows, columns) = (e.rows, e.columns)
    switch self {
    case .transposed: return min(rows, columns) > 1 ? e.transposed : nil
    case .rowsReversed: return rows > 1 ? e.gather(rows: (0..<rows).reversed()) : nil
    case .columnsReversed: return columns > 1 ? Self.columnwise(.rowsReversed, e, actual) : nil
    case .rowsLate:
      return rows > 2 ? e.gather(rows: (0..<rows).map { ($0 + rows - 1) % rows }) : nil
    case .rowsEarly: return rows > 2 ? e.gather(rows: (0..<rows).map { ($0 + 1) % rows }) : nil
    case .columnsLate: return columns > 2 ? Self.columnwise(.rowsLate, e, actual) : nil
    case .columnsEarly: return columns > 2 ? Self.columnwise(.rowsEarly, e, actual) : nil
    case .rowsShuffled:
      guard rows > 2, columns > 1, rows <= 64, actual.shape == e.shape else { return nil }
      return Self.matched(e, to: actual)
    }
  }

  private static func columnwise(_ arrangement: Self, _ e: Matrix, _ actual: Matrix) -> Matrix? {
    arrangement.applied(to: e.transposed, like: actual.transposed)?.transposed
  }

  /// Every row of `e` once, each where `actual` has the nearest to it.
  private static func matched(_ e: Matrix, to actual: Matrix) -> Matrix? {
    var left = Array(0..<e.rows)
    var order: [Int] = []
    for row in 0..<actual.rows {
      let own = actual.row(row)
      func distance(_ index: Int) -> Double { abs(e.row(index) - own).max() }
      guard let nearest = left.min(by: { distance($0) < distance($1) }) else { return nil }
      left.removeAll { $0 == nearest }
      order.append(nearest)
    }
    return e.gather(rows: order)
  }
}

extension Relation.Reduction {
  /// What `e` would be; where a sum is missing, `e` itself if the sums of the answer are right.
  func applied(to e: Matrix, like actual: Matrix) -> Matrix? {
    // A row or a column has no other sum than that of all.
    let isTable = min(e.rows, e.columns) > 1
    return switch self {
    case .rowsSummed: isTable ? Self.spread(e.sum(axis: 0), like: actual) : nil
    case .rowsAveraged: isTable ? Self.spread(e.mean(axis: 0), like: actual) : nil
    case .columnsSummed: isTable ? Self.spread(e.sum(axis: 1), like: actual) : nil
    case .columnsAveraged: isTable ? Self.spread(e.mean(axis: 1), like: actual) : nil
    case .allSummed: Self.whole(e.sum(), of: e, like: actual)
    case .allAveraged: Self.whole(e.sum() / Double(e.count), of: e, like: actual)
    case .rowsNotSummed: Self.open(actual, actual.sum(axis: 0), e)
    case .rowsNotAveraged: Self.open(actual, actual.mean(axis: 0), e)
    case .columnsNotSummed: Self.open(actual, actual.sum(axis: 1), e)
    case .columnsNotAveraged: Self.open(actual, actual.mean(axis: 1), e)
    }
  }

  private static func whole(_ value: Double, of e: Matrix, like actual: Matrix) -> Matrix? {
    guard e.count > 1 else { return nil }
    return spread(Matrix(rows: 1, columns: 1, elements: [value]), like: actual)
  }

  private static func spread(_ sums: Matrix, like actual: Matrix) -> Matrix? {
    let fits =
      (sums.rows == actual.rows || sums.rows == 1)
      && (sums.columns == actual.columns || sums.columns == 1)
    return fits ? Matrix(rows: actual.rows, columns: actual.columns) + sums : nil
  }

  /// The answer itself where its sums are what is expected, and it is not.
  private static func open(_ actual: Matrix, _ sums: Matrix, _ e: Matrix) -> Matrix? {
    guard actual.shape != e.shape, sums.shape == e.shape, Block("", sums).agrees(with: Block("", e))
    else { return nil }
    return actual
  }
}

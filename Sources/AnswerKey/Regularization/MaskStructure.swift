import Grading
import KataKit
import Numerics
import SharedAnswers

/// How the entries of a mask depend on each other.
struct MaskStructure {
  /// As many of them are independent.
  let independent: Double
  private let mask: Matrix
  private let alongRows: Double
  private let alongColumns: Double
  private let areRowsEqual: Bool
  private let areColumnsEqual: Bool

  /// Of masks of `rowsOfACall` rows, one below the other.
  init(_ mask: Matrix, rowsOfACall: Int) {
    self.mask = mask
    let sample = Sample(mask.elements)
    let calls = mask.rows / max(1, rowsOfACall)
    let root = Double(mask.count).squareRoot()
    // A few calls that all keep everything, or nothing, may have drawn once each.
    let isUniform = sample.variance == 0 && calls < 16
    let rows = isUniform ? root : mask.neighborCorrelation(sample)
    let columns = isUniform ? root : mask.transposed.neighborCorrelation(sample)
    (areRowsEqual, areColumnsEqual) = (rows > 0.25 * root, columns > 0.25 * root)
    let above = mask.slice(rows: 0..<mask.rows - rowsOfACall)
    let areCallsEqual = !isUniform && above == mask.slice(rows: rowsOfACall..<mask.rows)
    independent =
      Double(mask.count) / (areRowsEqual ? Double(mask.columns) : 1)
      / (areColumnsEqual ? Double(rowsOfACall) : 1) / (areCallsEqual ? Double(calls) : 1)
    // Where whole rows are dropped, what chance does to the columns says nothing.
    alongRows = areColumnsEqual && !areRowsEqual ? 0 : rows
    alongColumns = areRowsEqual && !areColumnsEqual ? 0 : columns
  }

  /// Whether neighbors go together, and whether rows or columns keep too equal a number.
  func blocks(keeping keep: Double) -> [Block] {
    func variance(_ counts: Matrix, of each: Int, unless isKnown: Bool) -> Double {
      isKnown
        ? 1
        : Sample(counts.elements).variance / (Double(each) * keep * (1 - keep))
    }
    func spread(_ name: String, _ ratio: Double, of count: Int) -> Block {
      // A fifth more than normal numbers are granted, as counts are not quite normal.
      let range = Chance.varianceRatios(count: count)
      return Samplers.statistic(
        "variance of the numbers kept in \(name) / p(1 − p)n", ratio,
        in: 0.8 * range.lowerBound...1.25 * range.upperBound,
        deviation: ratio * (8 / Double(count)).squareRoot())
    }
    // Eight deviations, as products of a lopsided mask have longer tails than normal numbers.
    return [("rows", alongRows), ("columns", alongColumns)].map { name, value in
      Samplers.statistic(
        "correlation along \(name)·√n", value, in: -8...8, deviation: 1 + abs(value) / 20)
    } + [
      spread(
        "rows", variance(mask.sum(axis: 1), of: mask.columns, unless: areColumnsEqual),
        of: mask.rows),
      spread(
        "columns", variance(mask.sum(axis: 0), of: mask.rows, unless: areRowsEqual),
        of: mask.columns),
    ]
  }
}

import KataKit
import Numerics

/// What a mask of thousands of entries must not have: rows that follow from others, and a period.
///
/// Rows that are the exclusive or of two others keep as many entries, each two of them independent, and
/// so escape whatever is asked of pairs; so does a mask of a thousand draws that are used again and again,
/// where its rows are not as long.
struct MaskPatterns {
  /// With no more rows than columns.
  private let mask: Matrix

  init(_ mask: Matrix) { self.mask = mask.rows > mask.columns ? mask.transposed : mask }

  var blocks: [Block] {
    let none = Acceptance.between(0...0, noise: 1)
    return [
      Block("rows that follow from other rows", Double(dependentRows), acceptance: none),
      Block("period of the mask, entry by entry", Double(period), acceptance: none),
    ]
  }

  /// How many rows are sums modulo 2 of others and of a row of ones.
  ///
  /// Of fifty rows of a hundred entries that are 1 with a probability from 0.25 to 0.75 none is, but once
  /// in 10¹⁴ times: of the 2⁵¹ sums most are nothing with 2⁻¹⁰⁰, and those of two rows with 0.625¹⁰⁰.
  private var dependentRows: Int {
    var basis = [bits(of: Array(repeating: 1, count: mask.columns))]
    for row in 0..<mask.rows {
      var rest = bits(of: mask.row(row).elements)
      for known in basis { reduce(&rest, by: known) }
      if rest.contains(where: { $0 != 0 }) { basis.append(rest) }
    }
    return mask.rows + 1 - basis.count
  }

  /// Takes away what has its leading bit where `known` has it.
  private func reduce(_ rest: inout [UInt64], by known: [UInt64]) {
    guard let word = known.firstIndex(where: { $0 != 0 }) else { return }
    let leading = UInt64(1) << UInt64(63 - known[word].leadingZeroBitCount)
    if rest[word] & leading != 0 { rest = zip(rest, known).map { $0 ^ $1 } }
  }

  private func bits(of entries: [Double]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (entries.count + 63) / 64)
    for (place, entry) in entries.enumerated() where entry == 1 {
      words[place / 64] |= 1 << UInt64(place % 64)
    }
    return words
  }

  /// After how many entries the mask repeats to its end, by rows or by columns; 0 where never.
  ///
  /// The last hundred are not asked: two runs as long are alike once in 10²⁰ times, at 5000 distances.
  private var period: Int {
    [mask, mask.transposed].lazy.map { Self.period(of: $0.elements) }.first { $0 > 0 } ?? 0
  }

  private static func period(of entries: [Double]) -> Int {
    guard entries.count > 100 else { return 0 }
    return (1..<entries.count - 100).first { distance in
      (distance..<entries.count).allSatisfy { entries[$0] == entries[$0 - distance] }
    } ?? 0
  }
}

import KataKit
import Numerics

/// What wrong numbers have in common with the right ones, where no known mistake explains them.
enum Pattern {
  /// One sentence, or nil where the numbers follow nothing simple: no guess is better than a wrong one.
  static func sentence(
    of actual: Block, against expected: Block, wrong: [Int], quantities: [Quantity]
  ) -> String? {
    let (a, e) = (actual.value, expected.value)
    let unreal = wrong.filter { !a.elements[$0].isFinite }
    if !unreal.isEmpty {
      let kind = unreal.contains { a.elements[$0].isNaN } ? "not a number" : "infinite"
      if a.count == 1 { return "\(actual.name) is \(kind)." }
      if unreal.count == a.count { return "Every entry of \(actual.name) is \(kind)." }
      return "\(unreal.count) of \(a.count) entries of \(actual.name) "
        + "\(unreal.count == 1 ? "is" : "are") \(kind)."
    }
    guard case .near = expected.acceptance, e.largestMagnitude > 0 else { return nil }
    if a.largestMagnitude == 0 { return a.count == 1 ? nil : "\(actual.name) is zero everywhere." }
    // A factor beyond these says no more than that the numbers are wrong.
    if let ratio = ratio(of: a, to: e), abs(ratio) > 1e-6, abs(ratio) < 1e6,
      a.count > 1 || [-1, 2, 0.5].contains(ratio) || quantity(for: ratio, among: quantities) != nil
    {
      let subject = a.count == 1 ? "\(actual.name) is" : "Every entry of \(actual.name) is"
      if ratio == -1 { return "\(subject) right but for its sign." }
      return "\(subject) \(Numbers.pair(ratio, 1).0) times what it should be"
        + (quantity(for: ratio, among: quantities).map { ", and \($0)." } ?? ".")
    }
    if a.rows == a.columns, a.count > 1,
      Block("", a.transposed).agrees(with: Block("", e, acceptance: expected.acceptance))
    {
      return "\(actual.name) is the transpose of what it should be."
    }
    if a.count > 2, let offset = offset(of: a, from: e) {
      return "Every entry of \(actual.name) is off by the same \(Numbers.brief(offset))."
    }
    return nil
  }

  /// The c for which a = c·e holds for every entry, if there is one other than 1.
  static func ratio(of a: Matrix, to e: Matrix) -> Double? {
    let largest = e.largestMagnitude
    guard largest > 0, a.shape == e.shape else { return nil }
    let weight = e.elements.reduce(0) { $0 + $1 * $1 }
    let ratio = zip(a.elements, e.elements).reduce(0) { $0 + $1.0 * $1.1 } / weight
    guard ratio.isFinite, ratio != 0, abs(ratio - 1) > 1e-6 else { return nil }
    let holds = zip(a.elements, e.elements).allSatisfy {
      abs($0 - ratio * $1) <= 1e-6 * abs(ratio) * largest
    }
    guard holds else { return nil }
    return abs(ratio - ratio.rounded()) <= 1e-6 * abs(ratio) ? ratio.rounded() : ratio
  }

  private static func offset(of a: Matrix, from e: Matrix) -> Double? {
    let offset = a.elements[0] - e.elements[0]
    let holds = zip(a.elements, e.elements).allSatisfy {
      abs($0 - $1 - offset) <= 1e-6 * e.largestMagnitude
    }
    return holds ? offset : nil
  }

  static func quantity(for ratio: Double, among quantities: [Quantity]) -> String? {
    quantities.first { quantity in
      let count = Double(quantity.count)
      return abs(abs(ratio) - count) <= 1e-6 * count || abs(abs(ratio) * count - 1) <= 1e-6
    }?.phrase
  }
}

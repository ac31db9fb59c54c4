import KataKit
package import Numerics

extension [Block] {
  /// The first thing that is wrong with these blocks, in the order of computation, or nil.
  package func finding(
    against expected: [Block], quantities: [Quantity] = []
  ) -> Finding? {
    if let finding = shapeFinding(against: expected) { return finding }
    for (actual, expected) in zip(self, expected) {
      if let finding = actual.valueFinding(
        against: expected, quantities: quantities)
      {
        return finding
      }
    }
    return nil
  }

  /// The first block that is missing, one too many, or of the wrong shape.
  func shapeFinding(against expected: [Block]) -> Finding? {
    let (names, expectedNames) = (Set(map(\.name)), Set(expected.map(\.name)))
    if isEmpty, !expected.isEmpty { return Finding("nothing is returned") }
    if let missing = expected.first(where: { !names.contains($0.name) }) {
      return Finding("\(missing.name) is missing: \(count) of \(expected.count) are there")
    }
    if let extra = last(where: { !expectedNames.contains($0.name) }) {
      return Finding("\(extra.name) is one too many")
    }
    for (actual, expected) in zip(self, expected) {
      if let finding = actual.shapeFinding(against: expected) { return finding }
    }
    return nil
  }

  /// "dW₁ 4×3 · db₁ 1×3", as many as fit a line; a number has a name only.
  var shapes: String {
    let texts = map { $0.value.count == 1 ? $0.name : "\($0.name) \($0.size)" }
    let fitting = texts.indices.reversed().first { last in
      texts[...last].joined(separator: " · ").count <= 50
    }
    guard let fitting else { return texts.first ?? "nothing to return" }
    return texts[...fitting].joined(separator: " · ") + (fitting + 1 < texts.count ? " · …" : "")
  }
}

extension Block {
  /// "4×3", or the length of a list.
  fileprivate var size: String { isList ? "\(value.count)" : "\(value.shape)" }

  func shapeFinding(against expected: Block) -> Finding? {
    guard value.shape != expected.value.shape else { return nil }
    if isList {
      let numbers = value.count == 1 ? "1 number" : "\(value.count) numbers"
      return Finding("\(name) has \(numbers), expected \(expected.value.count)")
    }
    // Axes that are numbers themselves say nothing more.
    let axes = expected.axes.map {
      $0.filter { $0 != " " } == "\(expected.value.shape)" ? "" : " (\($0))"
    }
    let transposed =
      value.rows == expected.value.columns && value.columns == expected.value.rows
    return Finding(
      "\(name) is \(value.shape), expected \(expected.value.shape)\(axes ?? "")",
      pattern: transposed ? "\(name) has the shape of its transpose." : nil)
  }

  /// The worst wrong entry with what was expected, and the pattern of all of them.
  fileprivate func valueFinding(
    against expected: Block, quantities: [Quantity]
  ) -> Finding? {
    guard let wrong = differences(from: expected), !wrong.isEmpty else { return nil }
    let worst = wrong.max { error(at: $0, expected) < error(at: $1, expected) } ?? wrong[0]
    let (actualText, expectedText) = Numbers.pair(
      value.elements[worst], expected.value.elements[worst])
    let wanted: String
    switch expected.acceptance {
    case .between(-.infinity ... .infinity, _): wanted = "a number"
    case .between(let range, _):
      let (low, high) = (Numbers.brief(range.lowerBound), Numbers.brief(range.upperBound))
      wanted = low == high ? low : "between \(low) and \(high)"
    case .near, .each: wanted = expectedText
    }
    return Finding(
      "\(name)\(position(worst)) is \(actualText), expected \(wanted)",
      pattern: Pattern.sentence(of: self, against: expected, wrong: wrong, quantities: quantities))
  }

  /// "[0][1]" for an entry of a matrix, nothing for a single number.
  func position(_ index: Int) -> String {
    if isList { return "[\(index)]" }
    return value.count == 1 ? "" : "[\(index / value.columns)][\(index % value.columns)]"
  }

  private func error(at index: Int, _ expected: Block) -> Double {
    let error = abs(value.elements[index] - expected.value.elements[index])
    return error.isNaN ? .infinity : error
  }
}

package import Exam
package import KataKit

/// One named part of an answer, and when it counts as right.
package struct Block: Sendable {
  package let name: String
  package let value: Matrix
  /// What the rows and columns are: "inputs × outputs".
  package let axes: String?
  package let acceptance: Acceptance
  /// Whether it is a list of numbers, which has places and no shape.
  package private(set) var isList = false
  /// What an error is relative to, where it is relative to anything. A block is compared to thousands.
  private let scale: Double

  package init(
    _ name: String, _ value: Matrix, axes: String? = nil, acceptance: Acceptance = .near()
  ) {
    self.name = name
    self.value = value
    self.axes = axes
    self.acceptance = acceptance
    scale = if case .near = acceptance { value.largestMagnitude } else { 0 }
  }

  /// A part of an answer, as it stands.
  package init(_ part: Part, acceptance: Acceptance = .near()) {
    self.init(part.name, part.value, axes: part.axes, acceptance: acceptance)
    isList = part.isList
  }

  /// A list of numbers.
  package init(_ name: String, _ values: [Double], acceptance: Acceptance = .near()) {
    self.init(
      name, Matrix(rows: 1, columns: values.count, elements: values), acceptance: acceptance)
    isList = true
  }

  package init(_ name: String, _ value: Double, acceptance: Acceptance = .near()) {
    self.init(name, Matrix(rows: 1, columns: 1, elements: [value]), acceptance: acceptance)
  }
}

extension Block {
  /// The nearest values that the block's own range takes: what to compare it to where no truth is
  /// drawn. A block that is not judged by a range has none, and stays as it is, but for what is no number.
  package var nearestAccepted: Block {
    guard case .between(let range, _) = acceptance else {
      // What could not be judged is no number, and is as wrong as can be.
      return Block(
        name, value.map { $0.isNaN ? 0 : $0 }, axes: axes, acceptance: acceptance)
    }
    let accepted = value.map {
      range.contains($0) ? $0 : $0 > range.upperBound ? range.upperBound : range.lowerBound
    }
    return Block(name, accepted, axes: axes, acceptance: acceptance)
  }

  /// The same, held to a finer part of its largest entry: float64 keeps 1e-14 of order 1 by whatever route,
  /// float32 no more than 1e-8.
  package func held(to relative: Double) -> Block {
    if case .between = acceptance { return self }
    var block = Block(
      name, value, axes: axes, acceptance: .near(relative: relative, absolute: relative / 100))
    block.isList = isList
    return block
  }

  /// The flat indices at which `self` differs from `expected`, or nil when the shapes differ.
  package func differences(from expected: Block) -> [Int]? {
    guard value.shape == expected.value.shape else { return nil }
    let largest = expected.scale
    return value.elements.indices.filter {
      !expected.acceptance.same(
        value.elements[$0], expected.value.elements[$0], largest: largest)
    }
  }

  /// Whether its bound is relative to its entries, and so an error of their size would show.
  package var tellsPrecision: Bool {
    guard case .near(let relative, let absolute) = acceptance else { return false }
    return value.largestMagnitude == 0 || relative * value.largestMagnitude >= absolute
  }

  package func agrees(with expected: Block) -> Bool {
    guard value.shape == expected.value.shape else { return false }
    let largest = expected.scale
    return zip(value.elements, expected.value.elements).allSatisfy {
      expected.acceptance.same($0, $1, largest: largest)
    }
  }

  /// The largest |a − b| relative to the largest |b|; zero for blocks that are judged by a range.
  package func relativeError(against expected: Block) -> Double {
    guard case .near = expected.acceptance else { return 0 }
    let largest = expected.value.largestMagnitude
    let worst = zip(value.elements, expected.value.elements).map { abs($0 - $1) }.max() ?? 0
    return largest > 0 ? worst / largest : worst
  }
}

extension [Block] {
  /// Whether every block is there, has the expected shape, and agrees.
  package func agree(with expected: [Block]) -> Bool {
    count == expected.count && zip(self, expected).allSatisfy { $0.agrees(with: $1) }
  }

  /// Whether every entry has the expected six digits, whatever its size and however finely it is judged.
  package func agreesEntryByEntry(with expected: [Block]) -> Bool {
    func byEntry(_ blocks: [Block]) -> [Block] {
      blocks.map { block in
        if case .between = block.acceptance { return block }
        return Block(block.name, block.value, acceptance: .each())
      }
    }
    return byEntry(self).agree(with: byEntry(expected))
  }

  /// Whether both hold exactly the same bits.
  package func isIdentical(to other: [Block]) -> Bool {
    count == other.count
      && zip(self, other).allSatisfy { one, two in
        one.value.shape == two.value.shape
          && zip(one.value.elements, two.value.elements).allSatisfy {
            $0.bitPattern == $1.bitPattern
          }
      }
  }
}

extension Matrix {
  /// The largest finite magnitude; 0 for an empty matrix.
  package var largestMagnitude: Double {
    elements.reduce(0) { $1.isFinite ? Swift.max($0, abs($1)) : $0 }
  }

  /// The smallest magnitude that is larger than `bound`; nil where none is.
  package func smallestMagnitude(above bound: Double) -> Double? {
    elements.reduce(nil) { least, element in
      guard abs(element) > bound else { return least }
      return Swift.min(least ?? .infinity, abs(element))
    }
  }
}

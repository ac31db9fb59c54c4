import KataKit
import Numerics

/// One wrong block of an answer, beside everything of the question that its numbers may come from.
struct Observation {
  let name: String
  let actual: Matrix
  let expected: Matrix
  /// The entries that are right as they are.
  let isRight: [Bool]
  /// Quantities of the fixture.
  let numbers: [(name: String, value: Double)]
  /// Fields of the fixture, then what is expected of other blocks.
  let matrices: [(name: String, value: Matrix)]
  /// How many of them are fields of the fixture.
  let fieldCount: Int
  private let matrixPlaces: [String: Int]

  /// The name of what is expected of the block itself.
  static let itself = "what is expected"

  /// How the names of other blocks' matrices begin.
  static let otherBlock = "\(itself) of "

  /// Larger blocks are not described.
  private static var mostEntries: Int { 4096 }

  /// The block at `place` of an answer; nil where nothing can be compared.
  init?<S: Suite>(_ answered: Answered<S>, at place: Int) {
    let (block, truth) = (answered.blocks[place], answered.truth[place])
    guard case .near = truth.acceptance, (1...Self.mostEntries).contains(truth.value.count),
      (1...Self.mostEntries).contains(block.value.count)
    else { return nil }
    let fields = FixtureFields(of: answered.fixture)
    let others = answered.truth.enumerated().filter {
      $0.offset != place && !$0.element.value.isEmpty
    }
    self.init(
      block, truth, fields: fields,
      others: others.map { (Self.otherBlock + $0.element.name, $0.element.value) },
      quantities: S.quantities(of: answered.fixture))
  }

  init(
    _ block: Block, _ truth: Block, fields: FixtureFields,
    others: [(name: String, value: Matrix)], quantities: [Quantity]
  ) {
    (name, actual, expected) = (truth.name, block.value, truth.value)
    let wrong = Set(block.differences(from: truth) ?? Array(block.value.elements.indices))
    isRight = block.value.elements.indices.map { !wrong.contains($0) }
    matrices = fields.matrices + others
    fieldCount = fields.matrices.count
    matrixPlaces = Dictionary(
      matrices.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { one, _ in one })
    var numbers = quantities.map { (name: $0.name, value: Double($0.count)) } + fields.numbers
    for (name, matrix) in fields.matrices {
      numbers.append(("the number of rows of \(name)", Double(matrix.rows)))
      numbers.append(("the number of columns of \(name)", Double(matrix.columns)))
    }
    numbers.append(("its number of rows", Double(truth.value.rows)))
    numbers.append(("its number of columns", Double(truth.value.columns)))
    numbers.append(("its number of entries", Double(truth.value.count)))
    self.numbers = numbers
  }

  var wrongCount: Int { isRight.count { !$0 } }
  var hasItsShape: Bool { actual.shape == expected.shape }

  /// The field or the other block of this name, or what is expected of the block itself.
  func matrix(_ name: String) -> Matrix? {
    name == Self.itself ? expected : matrixPlaces[name].map { matrices[$0].value }
  }

  /// Whether `value` is as good as the answer's own entry, far more strictly than in a verdict.
  func has(_ value: Double, at index: Int) -> Bool {
    let own = actual.elements[index]
    if own == value || (own.isNaN && value.isNaN) { return true }
    guard own.isFinite, value.isFinite else { return false }
    return abs(own - value) <= 1e-7 * max(abs(own), abs(value)) + 1e-10 * scale
  }

  /// The largest number that is to be told from others.
  var scale: Double { max(expected.largestMagnitude, 1e-6) }
}

extension Quantity {
  /// What is counted: "the number of classes", and n for the rows of a batch.
  fileprivate var name: String {
    if phrase.contains("×") { return "the number of entries" }
    let words = phrase.split(separator: " ").filter { Int($0) == nil }.map(String.init)
    let told = ["there", "are", "the", "they", "have", "batch", "neuron", "has", "is"]
    let counted = words.filter { !told.contains($0) }
    return counted == ["rows"] ? "n" : "the number of " + counted.joined(separator: " ")
  }
}
